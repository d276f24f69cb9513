/**
 * The dialog above the page in which forms open: it shows itself when content is swapped in, and empties when it
 * closes.
 */
export function initSheet(): void {
  const sheet = document.getElementById('sheet');
  if (!(sheet instanceof HTMLDialogElement)) return;

  // After it has settled: until then a quick Enter would send the form as a page of its own.
  document.addEventListener('htmx:afterSettle', ({ target }) => {
    if (!(target instanceof Node) || !sheet.contains(target) || sheet.childElementCount === 0) return;
    if (!sheet.open) sheet.showModal();
    firstToFill(sheet)?.focus();
  });
  document.addEventListener('attendant:settled', () => sheet.close());
  sheet.addEventListener('close', () => sheet.replaceChildren());
  sheet.addEventListener('click', (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const cancelled = target.closest('[data-close]') !== null;
    if (cancelled) event.preventDefault();
    // The dialog is the click's target only outside its content.
    if (cancelled || target === sheet) sheet.close();
  });
}

/** The first problem, else the first field. */
const firstToFill = (sheet: HTMLElement): HTMLElement | null =>
  sheet.querySelector<HTMLElement>('[data-focus]') ??
  sheet.querySelector<HTMLElement>('.field input:not([type="hidden"]), .field select, .field textarea');
