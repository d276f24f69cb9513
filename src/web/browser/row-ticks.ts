/**
 * The ticks of a list: a click with Shift ticks all rows up to the one ticked before, and so do the arrow keys with Shift;
 * Space ticks the row in focus, Ctrl+A all of the page, Escape none. The bar says how many, and its button needs one.
 */
export function tickRows(form: HTMLElement): void {
  const ticks = [...form.querySelectorAll<HTMLInputElement>('[data-tick]')];
  const all = form.querySelector<HTMLInputElement>('[data-tick-all]');
  const count = form.querySelector<HTMLOutputElement>('[data-ticked]');
  const button = form.querySelector<HTMLButtonElement>('[data-needs-ticks]');
  /** The row that a range begins at. */
  let start = 0;

  form.addEventListener('click', (event) => {
    const at = ticks.indexOf(event.target as HTMLInputElement);
    if (at < 0) return;
    if (event.shiftKey) tick(start, at, ticks[at]?.checked ?? true);
    start = at;
    show();
  });
  all?.addEventListener('change', () => tick(0, ticks.length - 1, all.checked));
  form.addEventListener('keydown', (event) => {
    const row = document.activeElement?.closest('tr');
    const at = ticks.findIndex((one) => one.closest('tr') === row);
    if (event.key === 'Escape') return tick(0, ticks.length - 1, false);
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return tick(0, ticks.length - 1, true);
    }
    if (at < 0) return;
    if (event.key === ' ' && document.activeElement !== ticks[at]) {
      // Otherwise the page scrolls.
      event.preventDefault();
      start = at;
      tick(at, at, !ticks[at]?.checked);
    }
    // `moveBetweenRows` has moved the focus already: the row that it left, and this one.
    if (event.shiftKey && event.key === 'ArrowDown') tick(Math.max(at - 1, 0), at, true);
    if (event.shiftKey && event.key === 'ArrowUp') tick(at, Math.min(at + 1, ticks.length - 1), true);
  });
  // What the browser kept of a page that was left.
  show();

  function tick(one: number, other: number, checked: boolean): void {
    for (const box of ticks.slice(Math.min(one, other), Math.max(one, other) + 1)) box.checked = checked;
    show();
  }

  function show(): void {
    const ticked = ticks.filter(({ checked }) => checked).length;
    if (count) count.textContent = ticked === 0 ? '' : (count.dataset.ticked ?? '').replace('#', String(ticked));
    if (button) button.disabled = ticked === 0;
    if (all) {
      all.checked = ticked > 0 && ticked === ticks.length;
      all.indeterminate = ticked > 0 && ticked < ticks.length;
    }
  }
}
