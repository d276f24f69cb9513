import Combobox from '@github/combobox-nav';

/**
 * A person field: offers names while the person types. Keys and roles come from the library, the options from our
 * server.
 */
export function attachComboboxes(box: HTMLElement): void {
  const input = box.querySelector<HTMLInputElement>('input[role="combobox"]');
  const list = box.querySelector<HTMLElement>('[role="listbox"]');
  const id = box.querySelector<HTMLInputElement>('input[name$="~id"]');
  const name = box.querySelector<HTMLInputElement>('input[name$="~name"]');
  const said = box.querySelector<HTMLElement>('.said');
  if (!input || !list || !id || !name || !said) return;

  const keys = new Combobox(input, list, { tabInsertsSuggestions: false, firstOptionSelectionMode: 'selected' });
  let waiting: number | undefined;
  let asking = new AbortController();

  const close = () => {
    clearTimeout(waiting);
    asking.abort();
    keys.stop();
    list.hidden = true;
  };
  const offer = async () => {
    asking.abort();
    asking = new AbortController();
    const query = input.value.trim();
    if (query === '') return close();
    const { without } = box.dataset;
    const asked = new URLSearchParams({ q: query, ...(without === undefined ? {} : { without }) });
    const answer = await fetch(`/suggest?${asked}`, { signal: asking.signal });
    if (!answer.ok) return close();
    // Our own HTML, escaped on the server.
    list.innerHTML = await answer.text();
    list.hidden = false;
    keys.stop();
    keys.start();
    list.scrollIntoView({ block: 'nearest' });
    const { length } = list.querySelectorAll('[role="option"]');
    said.textContent =
      length === 0
        ? (list.textContent ?? '')
        : ((length === 1 ? said.dataset.one : said.dataset.many?.replace('2', String(length))) ?? '');
  };
  // An aborted or failed request leaves the field unchanged: the core resolves the typed text.
  const offerQuietly = () => void offer().catch(() => undefined);

  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(offerQuietly, 150);
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' && list.hidden) offerQuietly();
    if (event.key !== 'Escape' || list.hidden) return;
    // Close only the list, not the sheet around it.
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  // Keep the focus in the field, so that a click reaches the option.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('combobox-commit', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const label = target.dataset.label ?? '';
    input.value = label;
    name.value = label;
    id.value = target.dataset.value ?? '';
    close();
  });

  // The person may have typed before this script was loaded.
  if (document.activeElement === input && id.value === '') offerQuietly();
}
