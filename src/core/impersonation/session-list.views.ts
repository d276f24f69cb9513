import { auditActions } from '../audit/audit.action-ids.js';
import { formatMoment, type Reader } from '../chat/phrasing.js';
import type { Block, Button, Card } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import { truncate } from '../text.js';
import { impersonationActions } from './impersonation.action-ids.js';
import type { SessionsPage, ShownSession } from './session-list.js';

type SessionWords = Words['impersonation'];

/** As many running sessions as one card shows. */
const mostRunning = 4;
/** As many past sessions as one card shows. */
export const sessionsOnCard = 4;

/** Return the card of the company’s impersonations: the running ones, or else the newest that are over. */
export function sessionsCard(reader: Reader, page: SessionsPage, show: 'running' | 'past', webUrl: string): Card {
  const words = wordsIn(reader.locale).impersonation;
  const isRunning = show === 'running' && page.running.length > 0;
  const sessions = isRunning ? page.running.slice(0, mostRunning) : page.past;
  const hidden = isRunning ? page.running.length - sessions.length : 0;
  const title = `${words.sessions} · ${isRunning ? words.running : words.past}`;
  const none = words.nonePast;
  return {
    title,
    summary: sessions.length === 0 ? none : title,
    blocks: [
      ...(page.running.length === 0 ? [{ kind: 'note', text: words.noneRunning } as const] : []),
      ...(sessions.length === 0 ? [{ kind: 'text', text: none } as const] : []),
      ...sessions.flatMap((session) => sessionBlocks(reader, session)),
      ...(hidden > 0 ? [{ kind: 'note', text: words.moreRunning(hidden) } as const] : []),
      { kind: 'divider' },
      { kind: 'buttons', buttons: pageButtons(words, page, isRunning, webUrl) },
    ],
  };
}

function sessionBlocks(reader: Reader, session: ShownSession): Block[] {
  const words = wordsIn(reader.locale).impersonation;
  return [
    {
      kind: 'facts',
      facts: [
        { label: words.actsAs(session.admin, session.person), value: truncate(session.reason, 200) },
        { label: words.from, value: formatMoment(reader, session.startedAt) },
        { label: words.outcome, value: outcomeText(reader, session) },
        { label: words.acts, value: words.actCount(session.acts) },
      ],
    },
    {
      kind: 'buttons',
      buttons: [detailsButton(words, session), ...(session.endedAt ? [] : [endButton(words, session)])],
    },
  ];
}

/** What was done in a session: the record, narrowed to it. */
const detailsButton = (words: SessionWords, { id }: ShownSession): Button => ({
  kind: 'action',
  action: auditActions.list,
  label: words.details,
  carries: { session: id },
});

/** Ends a running session of another admin. */
export const endButton = (words: SessionWords, { id, admin, person }: ShownSession): Button => ({
  kind: 'action',
  action: impersonationActions.end,
  label: words.end,
  tone: 'danger',
  carries: { session: id },
  confirm: {
    title: words.endConfirmTitle,
    text: words.endConfirm(admin, person),
    yes: words.end,
    no: words.keep,
  },
});

/** Ends a session in the person’s own name. */
export const endMineButton = (words: SessionWords, { id }: { readonly id: string }): Button => ({
  kind: 'action',
  action: impersonationActions.endMine,
  label: words.endMine,
  tone: 'danger',
  carries: { session: id },
});

function pageButtons(words: SessionWords, page: SessionsPage, isRunning: boolean, webUrl: string): Button[] {
  const to = (label: string, carries: Readonly<Record<string, string>>): Button => ({
    kind: 'action',
    action: impersonationActions.sessions,
    label,
    carries,
  });
  const { before, isLater } = page;
  const others = isRunning
    ? [to(words.past, { show: 'past' })]
    : [
        ...(before === undefined ? [] : [to(words.older, { show: 'past', before })]),
        ...(isLater && before === undefined ? [to(words.latest, { show: 'past' })] : []),
        ...(page.running.length > 0 ? [to(words.running, { show: 'running' })] : []),
      ];
  return [...others, { kind: 'link', action: auditActions.all, label: words.onTheWeb, url: webUrl }];
}

/** How a session ended and when, or until when it runs: `Ended by Ann Baker, 2:05 pm`. */
export function outcomeText(reader: Reader, session: ShownSession): string {
  const words = wordsIn(reader.locale).impersonation;
  if (session.endedAt === undefined) return words.runsUntil(formatMoment(reader, session.expiresAt));
  const outcomes: Readonly<Record<string, (admin: string, person: string, by: string) => string>> = words.outcomes;
  const how = session.endedHow === null ? undefined : outcomes[session.endedHow];
  const text = how ? how(session.admin, session.person, session.endedBy) : words.outcomeUnknown;
  return words.endedSo(text, formatMoment(reader, session.endedAt));
}
