/**
 * The script of every page: pieces swapped in place (htmx), changes as they happen (server-sent events), the sheet in
 * which forms open. Without it everything works as pages.
 */
import 'htmx-ext-sse';
import htmx from 'htmx.org';
import { attachComboboxes } from './combobox.js';
import { initSheet } from './dialog-sheet.js';
import { forEachElement } from './for-each-element.js';
import { moveBetweenRows } from './row-keys.js';
import { tickRows } from './row-ticks.js';
import { initToast } from './toast.js';

rememberZone();
initSheet();
initToast();
renewNumbers();
catchUp();
forEachElement('[data-combobox]', attachComboboxes);
forEachElement('[data-ticks]', tickRows);
forEachElement('[data-row-keys]', moveBetweenRows);
forEachElement('[data-focus]', (element) => element.focus());
forEachElement('.admin-tabs [aria-current]', showInRow);
closeWhatIsDone();
followSearch();
keepFocus();
waitForMenus();

/** Push a row that is wider than the page so far that this entry stands in its middle. */
function showInRow(entry: HTMLElement): void {
  const row = entry.parentElement;
  if (row) row.scrollLeft = entry.offsetLeft - (row.clientWidth - entry.offsetWidth) / 2;
}

/** The server shows times in the person's zone; without a chosen one, in the browser's. */
function rememberZone(): void {
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `attendant_zone=${zone}; path=/; max-age=31536000; ${cookieScope()}`;
}

/** In another site's frame a browser keeps only cookies that are marked for that. */
function cookieScope(): string {
  return window.top === window.self ? 'samesite=lax' : 'samesite=none; secure; partitioned';
}

/** Give a form that stays on the page a new number after it was sent, so that sending it again is a new action. */
function renewNumbers(): void {
  document.addEventListener('htmx:afterRequest', (event) => {
    const { target, detail } = event as CustomEvent<{ xhr: XMLHttpRequest }>;
    // Without an answer the outcome is unknown: sent again with the same number, it counts once.
    if (!(target instanceof HTMLElement) || detail.xhr.status === 0) return;
    for (const field of target.querySelectorAll<HTMLInputElement>('input[name="_once"]')) field.value = freshNumber();
  });
}

/** `crypto.randomUUID` is missing on plain http outside localhost, so the number is made here. */
const freshNumber = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Reload everything after the stream was broken, because the events meanwhile are lost. */
function catchUp(): void {
  let opened = false;
  document.addEventListener('htmx:sseOpen', () => {
    document.body.classList.remove('offline');
    if (opened) htmx.trigger(document.body, 'attendant:changed', {});
    opened = true;
  });
  document.addEventListener('htmx:sseError', () => document.body.classList.add('offline'));
  // A page restored from the browser's cache is stale, and its numbers are used.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) window.location.reload();
  });
}

function closeWhatIsDone(): void {
  document.addEventListener('attendant:settled', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    // Close the confirmation and the menu it was opened from.
    for (const open of document.querySelectorAll<HTMLElement>(':popover-open')) open.hidePopover();
    if (target instanceof HTMLFormElement && 'clear' in target.dataset) target.reset();
  });
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element) target.closest('[data-dismiss]')?.closest('.answered')?.remove();
  });
  document.addEventListener('htmx:afterSwap', ({ target }) => {
    const summary = target instanceof HTMLElement && target.closest<HTMLElement>('.card')?.dataset.summary;
    const said = document.getElementById('said');
    if (summary && said) said.textContent = summary;
  });
}

/** Keep the search's address in the address bar, so that going back from a person's page returns to it. */
function followSearch(): void {
  document.addEventListener('htmx:afterRequest', (event) => {
    const { target, detail } = event as CustomEvent<{ successful: boolean; pathInfo: { finalRequestPath: string } }>;
    if (!detail.successful || !(target instanceof HTMLElement) || !('address' in target.dataset)) return;
    history.replaceState(null, '', detail.pathInfo.finalRequestPath);
  });
}

/** Delay the reload of a list while one of its menus is open. */
function waitForMenus(): void {
  let waiting = false;
  document.addEventListener('htmx:beforeSwap', (event) => {
    const { target, detail } = event as CustomEvent<{ shouldSwap: boolean }>;
    if (!(target instanceof HTMLElement) || !target.querySelector(':popover-open')) return;
    detail.shouldSwap = false;
    waiting = true;
  });
  document.addEventListener(
    'toggle',
    () => {
      if (!waiting || document.querySelector(':popover-open')) return;
      waiting = false;
      htmx.trigger(document.body, 'attendant:changed', {});
    },
    // This event does not bubble.
    true,
  );
}

/** Give focus back to the element that replaces the focused one. */
function keepFocus(): void {
  let key: string | undefined;
  document.addEventListener('htmx:beforeSwap', () => {
    key = keyOf(document.activeElement);
  });
  document.addEventListener('htmx:afterSettle', () => {
    if (key === undefined || document.activeElement !== document.body) return;
    const like = [...document.querySelectorAll<HTMLElement>('[data-key], a[href]')].find((one) => keyOf(one) === key);
    like?.focus({ preventScroll: true });
  });
}

const keyOf = (element: Element | null): string | undefined =>
  element instanceof HTMLElement ? (element.dataset.key ?? element.getAttribute('href') ?? undefined) : undefined;
