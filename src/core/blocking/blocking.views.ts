import { formatMoment, type Reader } from '../chat/phrasing.js';
import type { Block, Button, Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { formatNumber } from '../phone-number.js';
import { truncate } from '../text.js';
import { blockingActions } from './blocking.action-ids.js';
import type { BlockedCaller } from './blocking.js';

/** The most callers on a card. */
export const mostShown = 8;

/** Return the button that blocks a caller; none for a caller without a number. */
export function blockButtons(
  locale: Reader['locale'],
  { callerName, ani }: { readonly callerName: string; readonly ani: string },
): Button[] {
  if (ani === '') return [];
  const words = wordsIn(locale).blocking;
  return [
    {
      kind: 'action',
      action: blockingActions.block,
      label: words.block,
      carries: { number: ani, name: truncate(callerName, 80) },
      tone: 'danger',
      confirm: { title: words.blockTitle, text: words.blockText, yes: words.block, no: words.cancel },
    },
  ];
}

/** Return the card after a caller was blocked; an admin may extend it to the company. */
export function blockedCard({ locale }: Reader, caller: BlockedCaller, mayEditCompany: boolean): Card {
  const words = wordsIn(locale).blocking;
  const line = (caller.userId === undefined ? words.isBlockedForCompany : words.isBlocked)(nameOf(caller));
  const forCompany: Button = {
    kind: 'action',
    action: blockingActions.blockForCompany,
    label: words.forCompany,
    carries: { number: caller.number, name: caller.name },
  };
  return {
    title: words.title,
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      {
        kind: 'buttons',
        buttons: [
          unblockButton(locale, caller),
          ...(mayEditCompany && caller.userId !== undefined ? [forCompany] : []),
        ],
      },
    ],
  };
}

/** Return the card after a caller was unblocked. */
export function unblockedCard({ locale }: Reader, caller: BlockedCaller): Card {
  const words = wordsIn(locale).blocking;
  const line = words.isUnblocked(nameOf(caller));
  return { title: words.title, summary: line, blocks: [{ kind: 'text', text: line }] };
}

/** Return the card of the callers whom the reader and the company have blocked. */
export function blockedListCard(
  { locale }: Reader,
  { total, callers }: { readonly total: number; readonly callers: readonly BlockedCaller[] },
  mayEditCompany: boolean,
): Card {
  const words = wordsIn(locale).blocking;
  if (total === 0) return { title: words.title, summary: words.none, blocks: [{ kind: 'text', text: words.none }] };
  const shown = callers.slice(0, mostShown);
  const rows = shown.flatMap((caller): Block[] => {
    const number = formatNumber(caller.number);
    const whose = caller.userId === undefined ? words.byCompany : words.byYou;
    const mayUnblock = caller.userId !== undefined || mayEditCompany;
    return [
      { kind: 'divider' },
      { kind: 'text', text: [nameOf(caller), ...(caller.name ? [number] : []), whose].join(' · ') },
      ...(mayUnblock ? [{ kind: 'buttons', buttons: [unblockButton(locale, caller)] } as const] : []),
    ];
  });
  const more = total - shown.length;
  return {
    title: words.title,
    summary: words.title,
    blocks: [...rows.slice(1), ...(more > 0 ? [{ kind: 'note', text: words.more(more) } as const] : [])],
  };
}

/** Return the facts of a blocked caller, in one line: the number beside a name, by whom, and since when. */
export function blockedLine(reader: Reader, caller: BlockedCaller & { readonly blockedAt: Date }): string {
  const words = wordsIn(reader.locale).blocking;
  return [
    ...(caller.name ? [formatNumber(caller.number)] : []),
    caller.userId === undefined ? words.byCompany : words.byYou,
    formatMoment(reader, caller.blockedAt),
  ].join(' · ');
}

/** Return the button that unblocks a caller. */
export const unblockButton = (locale: Reader['locale'], { id }: BlockedCaller): Button => ({
  kind: 'action',
  action: blockingActions.unblock,
  label: wordsIn(locale).blocking.unblock,
  carries: { blocked: id },
});

/** Return what a blocked caller is called: by name, or by number. */
export const nameOf = ({ name, number }: BlockedCaller): string => truncate(name || formatNumber(number), 80);
