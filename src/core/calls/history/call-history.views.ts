import { blockButtons } from '../../blocking/blocking.views.js';
import { formatLabelled, formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Block, Button, Card } from '../../chat/view.js';
import { type Words, wordsIn } from '../../chat/words.js';
import type { UserId } from '../../ids.js';
import { formatNumber } from '../../phone-number.js';
import { truncate } from '../../text.js';
import { callActions } from '../calls.action-ids.js';
import { type CallFilter, type CallsPage, callFilters, type PastCall } from './call-history.js';

type HistoryWords = Words['calls']['history'];

/** A page of calls in chat, with its filters and the way to the others; `webUrl` leads to the list in the browser. */
export function callsCard(reader: Reader, page: CallsPage, viewer: UserId, webUrl: string): Card {
  const words = wordsIn(reader.locale).calls.history;
  const title = words.titles[page.show];
  const first = page.calls[0];
  return {
    title,
    summary: first ? formatLabelled(reader.locale, title, callLine(reader, first, viewer)) : words.none[page.show],
    blocks: [
      ...(first ? callBlocks(reader, page.calls, viewer) : [{ kind: 'text', text: words.none[page.show] } as const]),
      { kind: 'divider' },
      { kind: 'buttons', buttons: listButtons(words, page, webUrl) },
    ],
  };
}

const callBlocks = (reader: Reader, calls: readonly PastCall[], viewer: UserId): Block[] => [
  {
    kind: 'facts',
    facts: calls.map((call) => ({ label: callerOf(reader, call), value: stateLine(reader, call, viewer) })),
  },
];

/** The filters that are not on, then the pages: six buttons at most, as a Teams card holds. */
function listButtons(words: HistoryWords, { show, before, isLater }: CallsPage, webUrl: string): Button[] {
  const to = (label: string, carries: Readonly<Record<string, string>>): Button => ({
    kind: 'action',
    action: callActions.list,
    label,
    carries,
  });
  const filters = callFilters.filter((filter) => filter !== 'company' && filter !== show);
  return [
    ...filters.map((filter) => to(words.filters[filter], { show: filter })),
    ...(before === undefined ? [] : [to(words.older, { show, before })]),
    ...(before === undefined && isLater ? [to(words.latest, { show })] : []),
    { kind: 'link', action: callActions.all, label: words.onTheWeb, url: webUrl },
  ];
}

/** Who called, when, and what came of it, in one line. */
const callLine = (reader: Reader, call: PastCall, viewer: UserId): string =>
  `${callerOf(reader, call)} · ${stateLine(reader, call, viewer)}`;

const stateLine = (reader: Reader, call: PastCall, viewer: UserId): string =>
  [
    callState(reader, call, viewer),
    formatMoment(reader, call.startedAt),
    // The number says more only where a name stands before it.
    ...(call.callerName && call.ani ? [formatNumber(call.ani)] : []),
  ].join(' · ');

/** What came of a call, as this viewer sees it; in a list of the company's, whose it was. */
export function callState(reader: Reader, call: PastCall, viewer: UserId): string {
  const { state } = wordsIn(reader.locale).calls.history;
  const { disposition, askedFor, answeredBy } = call;
  const isOthers = askedFor !== undefined && askedFor.id !== viewer;
  switch (disposition) {
    case 'answered':
      if (answeredBy?.id === viewer) return isOthers ? state.covered(askedFor.name) : state.answered;
      return answeredBy ? state.answeredBy(answeredBy.name) : state.answeredElsewhere;
    case 'missed':
      return isOthers ? state.missedBy(askedFor.name) : state.missed;
    case 'voicemail':
    case 'abandoned':
    case 'blocked':
    case 'open':
      return state[disposition];
    default:
      return disposition satisfies never;
  }
}

/** The caller's name, else their number, else that we know neither. */
export const callerOf = ({ locale }: Reader, caller: Pick<PastCall, 'callerName' | 'ani'>): string =>
  knownCaller(caller) ?? wordsIn(locale).calls.history.unknown;

const knownCaller = ({ callerName, ani }: Pick<PastCall, 'callerName' | 'ani'>): string | undefined =>
  truncate(callerName || formatNumber(ani), 80) || undefined;

/** The notice of a call that its person missed, or that somebody else took; or what became of it since. */
export function missedCallCard(reader: Reader, call: PastCall, viewer: UserId, webUrl: string): Card {
  const words = wordsIn(reader.locale).calls.history;
  const caller = knownCaller(call);
  const isMissed = call.disposition === 'missed';
  const title = isMissed ? words.missedTitle(caller) : words.takenTitle(caller);
  const outcome = isMissed ? words.noAnswer : callState(reader, call, viewer);
  return {
    title,
    summary: isMissed ? title : `${title} · ${outcome}`,
    blocks: [
      {
        kind: 'facts',
        facts: [
          ...(call.callerName && caller ? [{ label: words.caller, value: caller }] : []),
          { label: words.number, value: formatNumber(call.ani) || words.withheld },
          { label: words.when, value: formatMoment(reader, call.startedAt) },
          { label: words.outcome, value: outcome },
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          ...callBackButton(words, call, isMissed),
          ...blockButtons(reader.locale, call),
          { kind: 'link', action: callActions.all, label: words.allCalls, url: webUrl },
        ],
      },
    ],
  };
}

function callBackButton(words: HistoryWords, { ani, callerName }: PastCall, isMain: boolean): Button[] {
  if (ani === '') return [];
  const carries = { number: ani, name: callerName };
  const tone = isMain ? ({ tone: 'main' } as const) : {};
  return [{ kind: 'action', action: callActions.back, label: words.callBack, carries, ...tone }];
}

/** The number to dial, as something that a telephone can be made to dial. */
export function callBackCard(
  reader: Reader,
  caller: Pick<PastCall, 'callerName' | 'ani'>,
  /** The system can ring the reader and connect them. */
  mayConnect: boolean,
): Card {
  const words = wordsIn(reader.locale).calls.history;
  const title = words.callBackTitle(callerOf(reader, caller));
  const line = caller.ani === '' ? words.noNumber : words.dial(formatNumber(caller.ani));
  return {
    title,
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      ...(mayConnect ? [{ kind: 'buttons', buttons: [connectMeButton(reader, caller)] } as const] : []),
    ],
  };
}

/** A button: the system rings the reader, then connects them with the caller. */
export const connectMeButton = ({ locale }: Reader, { ani }: Pick<PastCall, 'ani'>): Button => ({
  kind: 'action',
  action: callActions.connect,
  label: wordsIn(locale).calls.outgoing.connectMe,
  carries: { number: ani },
});

/** The filter that somebody typed after `calls`, in either language; undefined: none of them. */
export function filterNamed(typed: string): CallFilter | undefined {
  const word = typed.trim().toLowerCase();
  return callFilters.find(
    (filter) =>
      filter !== 'company' &&
      (filter === word ||
        ['en', 'fr'].some(
          (locale) => wordsIn(locale as 'en' | 'fr').calls.history.filters[filter].toLowerCase() === word,
        )),
  );
}
