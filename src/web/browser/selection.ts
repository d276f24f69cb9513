import { targetOf } from './row-keys.js';

/**
 * The ticked messages of a list. The form stands outside the part of the page that reloads itself, the boxes inside
 * (`form="…"`), so the ticks are put back after each reload. Shift with a click or the space bar ticks a range, the
 * arrow keys go from box to box, Escape unticks all.
 */
export function keepSelection(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;
  const all = form.querySelector<HTMLInputElement>('[data-select-all]');
  const count = form.querySelector('[data-selected]');
  const ticked = new Set<string>();
  let last: string | undefined;
  let shift = false;

  const boxes = (): HTMLInputElement[] => [
    ...document.querySelectorAll<HTMLInputElement>(`input[type="checkbox"][form="${form.id}"]`),
  ];

  const show = (): void => {
    const shown = boxes();
    for (const box of shown) {
      box.checked = ticked.has(box.value);
      box.closest('li')?.classList.toggle('selected', box.checked);
    }
    const selected = shown.filter(({ checked }) => checked).length;
    form.classList.toggle('idle', selected === 0);
    for (const button of form.querySelectorAll<HTMLButtonElement>('button')) button.disabled = selected === 0;
    if (count) count.textContent = String(selected);
    if (!all) return;
    all.checked = selected > 0 && selected === shown.length;
    all.indeterminate = selected > 0 && selected < shown.length;
    (all.closest('label') ?? all).hidden = shown.length === 0;
  };

  /** Forget messages that the list no longer shows. */
  const reload = (): void => {
    const shown = new Set(boxes().map(({ value }) => value));
    for (const id of ticked) if (!shown.has(id)) ticked.delete(id);
    show();
  };

  const tick = (box: HTMLInputElement): void => {
    const shown = boxes();
    const from = shown.findIndex(({ value }) => value === last);
    const to = shown.indexOf(box);
    const range = shift && from >= 0 ? shown.slice(Math.min(from, to), Math.max(from, to) + 1) : [box];
    for (const { value } of range) {
      if (box.checked) ticked.add(value);
      else ticked.delete(value);
    }
    last = box.value;
    show();
  };

  const isBox = (target: EventTarget | null): target is HTMLInputElement =>
    target instanceof HTMLInputElement && target.form === form && target.name !== '';

  document.addEventListener(
    'click',
    (event) => {
      shift = event.shiftKey;
    },
    true,
  );
  document.addEventListener('change', ({ target }) => {
    if (isBox(target)) tick(target);
    if (target !== all || !all) return;
    for (const { value } of boxes()) {
      if (all.checked) ticked.add(value);
      else ticked.delete(value);
    }
    show();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && ticked.size > 0 && !document.querySelector(':popover-open, dialog[open]')) {
      ticked.clear();
      show();
    }
    if (!isBox(event.target)) return;
    const shown = boxes();
    const to = targetOf(event.key, shown.indexOf(event.target), shown.length);
    if (to === undefined) return;
    event.preventDefault();
    shown[to]?.focus();
  });
  document.addEventListener('htmx:afterSettle', reload);
  // What was done for all of them leaves nothing selected; what was done to one row leaves the others.
  document.addEventListener('attendant:settled', ({ target }) => {
    if (!(target instanceof HTMLFormElement) || target.elements.namedItem('c.voicemails') === null) return;
    ticked.clear();
    show();
  });
  form.classList.add('live');
  if (all) (all.closest('label') ?? all).hidden = false;
  reload();
}
