import { targetOf } from './row-keys.js';

/**
 * The ticked rows of a list. The boxes belong to the form: they stand inside it, or outside (`form="…"`) in a part of the
 * page that reloads itself, and then the ticks are put back after each reload.
 *
 * A click or the space bar with Shift ticks all rows up to the one ticked before; the arrow keys go from box to box. In a
 * table, where the links of the rows have the focus, Space ticks the row, the arrow keys with Shift tick the rows they
 * pass, and Ctrl+A ticks all. Escape unticks all. The form shows how many there are, and its buttons need one.
 */
export function tickRows(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;
  const all = form.querySelector<HTMLInputElement>('[data-tick-all]');
  const count = form.querySelector<HTMLOutputElement>('[data-ticked]');
  /** Offered once all rows are ticked: what is on other pages too. */
  const rest = form.querySelector<HTMLElement>('[data-all-ticked]');
  const ticked = new Set<string>();
  /** The row that a range begins at. */
  let start: string | undefined;
  let isShift = false;

  const boxes = (): HTMLInputElement[] => [...form.elements].filter(isBox);

  function isBox(target: unknown): target is HTMLInputElement {
    return (
      target instanceof HTMLInputElement && target.type === 'checkbox' && target.form === form && target.name !== ''
    );
  }

  function show(): void {
    const shown = boxes();
    for (const box of shown) {
      box.checked = ticked.has(box.value);
      box.closest('li')?.classList.toggle('selected', box.checked);
    }
    const chosen = shown.filter(({ checked }) => checked).length;
    form.classList.toggle('idle', chosen === 0);
    for (const button of form.querySelectorAll<HTMLButtonElement>('button')) button.disabled = chosen === 0;
    if (count) count.textContent = countText(chosen, count.dataset.ticked ?? '');
    if (rest) rest.hidden = chosen === 0 || chosen < shown.length;
    if (!all) return;
    all.checked = chosen > 0 && chosen === shown.length;
    all.indeterminate = chosen > 0 && chosen < shown.length;
    (all.closest('label') ?? all).hidden = shown.length === 0;
  }

  function tick(rows: readonly HTMLInputElement[], checked: boolean): void {
    for (const { value } of rows) {
      if (checked) ticked.add(value);
      else ticked.delete(value);
    }
    show();
  }

  /** What the list no longer shows is forgotten. */
  function reload(): void {
    const shown = new Set(boxes().map(({ value }) => value));
    for (const id of ticked) if (!shown.has(id)) ticked.delete(id);
    show();
  }

  function changed(box: HTMLInputElement): void {
    const shown = boxes();
    const from = shown.findIndex(({ value }) => value === start);
    const to = shown.indexOf(box);
    start = box.value;
    tick(isShift && from >= 0 ? between(shown, from, to) : [box], box.checked);
  }

  function pressed(event: KeyboardEvent): void {
    const shown = boxes();
    if (event.key === 'Escape' && !document.querySelector(':popover-open, dialog[open]')) tick(shown, false);
    if (isBox(event.target)) {
      const to = targetOf(event.key, shown.indexOf(event.target), shown.length);
      if (to === undefined) return;
      event.preventDefault();
      shown[to]?.focus();
      return;
    }
    if (event.target instanceof Node && form.contains(event.target)) pressedInTable(event, shown);
  }

  /** `moveBetweenRows` has moved the focus already: to this row, from the one before or after it. */
  function pressedInTable(event: KeyboardEvent, shown: readonly HTMLInputElement[]): void {
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      tick(shown, true);
      return;
    }
    const row = document.activeElement?.closest('tr');
    const at = row ? shown.findIndex((box) => box.closest('tr') === row) : -1;
    const box = shown[at];
    if (!box) return;
    if (event.key === ' ') {
      // Otherwise the page scrolls.
      event.preventDefault();
      start = box.value;
      tick([box], !box.checked);
    }
    if (event.shiftKey && event.key === 'ArrowDown') tick(between(shown, Math.max(at - 1, 0), at), true);
    if (event.shiftKey && event.key === 'ArrowUp') tick(between(shown, at, at + 1), true);
  }

  // On the document, because the boxes may stand outside the form; until the form is swapped out itself.
  const listening = new AbortController();
  const { signal } = listening;
  const noteShift = ({ shiftKey }: MouseEvent) => {
    isShift = shiftKey;
  };
  document.addEventListener('click', noteShift, { capture: true, signal });
  document.addEventListener(
    'change',
    ({ target }) => {
      if (isBox(target)) changed(target);
      else if (all && target === all) tick(boxes(), all.checked);
    },
    { signal },
  );
  document.addEventListener('keydown', pressed, { signal });
  document.addEventListener('htmx:afterSettle', () => (form.isConnected ? reload() : listening.abort()), { signal });
  // What was done for all of them leaves nothing ticked; what was done to one row leaves the others.
  document.addEventListener(
    'attendant:settled',
    ({ target }) => {
      const { settled } = form.dataset;
      if (settled === undefined || !(target instanceof HTMLFormElement)) return;
      if (target.elements.namedItem(settled) !== null) tick(boxes(), false);
    },
    { signal },
  );
  form.classList.add('live');
  // What the browser kept of a page that was left.
  tick(
    boxes().filter(({ checked }) => checked),
    true,
  );
}

/** The number, or a phrase with it in place of `#`, which is not said of none. */
function countText(chosen: number, phrase: string): string {
  if (phrase === '') return String(chosen);
  return chosen === 0 ? '' : phrase.replace('#', String(chosen));
}

const between = <Row>(rows: readonly Row[], one: number, other: number): readonly Row[] =>
  rows.slice(Math.min(one, other), Math.max(one, other) + 1);
