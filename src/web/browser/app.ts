/**
 * The script of every page: pieces swapped in place (htmx), changes heard as they happen (server-sent events), the
 * sheet that forms open in. Everything works without it, by pages.
 */
import 'htmx-ext-sse';
import htmx from 'htmx.org';
import { comboboxes } from './combobox.js';
import { keepSheet } from './dialog-sheet.js';
import { forEachElement } from './for-each-element.js';
import { moveBetweenRows } from './row-keys.js';
import { keepToast } from './toast.js';

rememberZone();
keepSheet();
keepToast();
renewNumbers();
catchUp();
forEachElement('[data-combobox]', comboboxes);
forEachElement('[data-row-keys]', moveBetweenRows);
forEachElement('[data-focus]', (element) => element.focus());
closeWhatIsDone();
followSearch();
keepFocus();
waitForMenus();

/** The server shows times in the person's zone; where they have chosen none, the browser's. */
function rememberZone(): void {
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `attendant_zone=${zone}; path=/; max-age=31536000; samesite=lax`;
}

/** A form is sent once. When it stays on the page, sending it again is a new act with a new number. */
function renewNumbers(): void {
  document.addEventListener('htmx:afterRequest', (event) => {
    const { target, detail } = event as CustomEvent<{ xhr: XMLHttpRequest }>;
    // Without an answer nobody knows whether it arrived: sent again, it must count once.
    if (!(target instanceof HTMLElement) || detail.xhr.status === 0) return;
    for (const field of target.querySelectorAll<HTMLInputElement>('input[name="_once"]')) field.value = freshNumber();
  });
}

/** As `crypto.randomUUID`, which is missing on plain http away from this machine. */
const freshNumber = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What happened while the stream was broken is unknown: when it is back, everything is fetched anew. */
function catchUp(): void {
  let opened = false;
  document.addEventListener('htmx:sseOpen', () => {
    document.body.classList.remove('offline');
    if (opened) htmx.trigger(document.body, 'attendant:changed', {});
    opened = true;
  });
  document.addEventListener('htmx:sseError', () => document.body.classList.add('offline'));
  // A page from the browser's memory shows what was, under numbers that were used.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) window.location.reload();
  });
}

function closeWhatIsDone(): void {
  document.addEventListener('attendant:settled', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    // The question, and the menu it was asked from.
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

/** What a search shows has an address of its own, to come back to from a person's page. */
function followSearch(): void {
  document.addEventListener('htmx:afterRequest', (event) => {
    const { target, detail } = event as CustomEvent<{ successful: boolean; pathInfo: { finalRequestPath: string } }>;
    if (!detail.successful || !(target instanceof HTMLElement) || !('address' in target.dataset)) return;
    history.replaceState(null, '', detail.pathInfo.finalRequestPath);
  });
}

/** A list that comes anew would take an open menu with it: it waits until the menu is closed. */
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
    // It does not bubble.
    true,
  );
}

/** What had the focus has it again when it was swapped for its like. */
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
