import { auditActions } from '../audit/audit.action-ids.js';
import { formatMoment, type Reader } from '../chat/phrasing.js';
import type { Requester } from '../chat/requester.js';
import type { Banner, Block, Card, Form, Option } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { impersonationActions } from './impersonation.action-ids.js';
import { endMineButton } from './session-list.views.js';

/** Return the banner on every reply while an admin acts as another user. */
export function impersonationBanner(requester: Requester): Banner {
  if (!requester.impersonator) throw new Error('banner without an impersonator');
  return bannerWithNames(
    requester.reader,
    requester.impersonator.displayName,
    requester.user.displayName,
    requester.impersonator.until,
  );
}

/** Return the banner with both names. */
export function bannerWithNames(reader: Reader, admin: string, user: string, until: Date): Banner {
  const words = wordsIn(reader.locale).impersonation;
  return {
    text: words.bar(admin, user, formatMoment(reader, until)),
    stop: { kind: 'action', action: impersonationActions.stop, label: words.stop, tone: 'danger', carries: {} },
  };
}

/** Return the form for the user to act as, and the reason. */
export function startForm(
  reader: Reader,
  { told, user, problem }: { told: boolean; user?: Option; problem?: string },
): Form {
  const { impersonation: words, chat } = wordsIn(reader.locale);
  return {
    id: impersonationActions.start,
    title: words.title,
    submit: words.start,
    cancel: chat.cancel,
    intro: told ? words.intro : words.introUntold,
    fields: [
      {
        kind: 'person',
        name: 'user',
        label: words.user,
        required: true,
        ...(user ? { value: user } : {}),
        ...(problem ? { problem } : {}),
      },
      {
        kind: 'text',
        name: 'reason',
        label: words.reason,
        hint: words.reasonHint,
        required: true,
        multiline: true,
        minLength: 10,
        maxLength: 500,
      },
    ],
    carries: {},
  };
}

/** Return the card for the admin when the session has begun. */
export function startedCard(reader: Reader, user: string, until: Date): Card {
  const words = wordsIn(reader.locale).impersonation;
  const line = words.started(user, formatMoment(reader, until));
  return {
    title: '',
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      { kind: 'note', text: words.startedHow },
    ],
  };
}

/** What the person is shown of a session. */
export interface ToldSession {
  readonly id: string;
  readonly admin: string;
  readonly reason: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

/**
 * Return the card for the person when an admin begins to act as them, with the button that ends it; or, once it has
 * ended, the same card without the button.
 */
export function startedNotice(reader: Reader, session: ToldSession, endedAt?: Date): Card {
  const words = wordsIn(reader.locale).impersonation;
  const title = endedAt ? words.noticeEnded(session.admin) : words.noticeStarted(session.admin);
  const until = endedAt ? formatMoment(reader, endedAt) : words.atMost(formatMoment(reader, session.expiresAt));
  return {
    title,
    summary: title,
    blocks: [
      {
        kind: 'facts',
        facts: [
          { label: words.why, value: session.reason },
          { label: words.from, value: formatMoment(reader, session.startedAt) },
          { label: words.until, value: until },
        ],
      },
      { kind: 'note', text: words.ask(session.admin) },
      ...(endedAt ? [] : [{ kind: 'buttons', buttons: [endMineButton(words, session)] } as const]),
    ],
  };
}

const mostActs = 20;

/** Return the card for the person when the session is over, with every action. `acts` in their order. */
export function endedNotice(
  reader: Reader,
  session: ToldSession & {
    readonly endedAt: Date;
    /** Null: unknown, or it was stopped. */
    readonly endedHow: string | null;
    /** The name of the person or the admin who ended it. */
    readonly endedBy: string;
    /** The page with everything that was done in the person’s name. */
    readonly recordUrl: string;
    readonly acts: readonly { readonly at: Date; readonly event: string }[];
  },
): Card {
  const { impersonation: words, audit } = wordsIn(reader.locale);
  const events: Readonly<Record<string, string>> = audit.events;
  const shown = session.acts.slice(0, mostActs);
  const more = session.acts.length - shown.length;
  const done: Block[] =
    shown.length === 0
      ? [{ kind: 'text', text: words.doneNothing }]
      : [
          {
            kind: 'table',
            columns: [audit.when, words.done],
            rows: shown.map(({ at, event }) => [formatMoment(reader, at), events[event] ?? event]),
          },
          ...(more > 0 ? [{ kind: 'note' as const, text: words.andMore(more) }] : []),
        ];
  return {
    title: words.noticeEnded(session.admin),
    summary: words.noticeEnded(session.admin),
    blocks: [
      {
        kind: 'facts',
        facts: [
          { label: words.why, value: session.reason },
          { label: words.from, value: formatMoment(reader, session.startedAt) },
          { label: words.until, value: formatMoment(reader, session.endedAt) },
          ...endingLine(words.endedForPerson, session.endedHow, session.admin, session.endedBy).map((value) => ({
            label: words.ended,
            value,
          })),
        ],
      },
      ...done,
      { kind: 'note', text: words.ask(session.admin) },
      {
        kind: 'buttons',
        buttons: [{ kind: 'link', action: auditActions.all, label: words.seeAll, url: session.recordUrl }],
      },
    ],
  };
}

/**
 * Return the card for the admin when a session ended that they did not stop. `refused`: it answers a click that came
 * too late, with which nothing was done.
 */
export function endedForAdmin(
  reader: Reader,
  { person, endedHow, endedBy }: { person: string; endedHow: string | null; endedBy: string },
  refused = false,
): Card {
  const words = wordsIn(reader.locale).impersonation;
  const line = words.stopped(person);
  const why = endingLine(words.endedForAdmin, endedHow, person, endedBy);
  return {
    title: line,
    summary: refused ? [line, ...why].join(' ') : line,
    blocks: [
      ...why.map((text) => ({ kind: 'text', text }) as const),
      { kind: 'note', text: refused ? words.refusedAfterEnd : words.yourselfAgain },
    ],
  };
}

/** The line that says why, if the end needs an explanation. */
function endingLine(
  lines: Readonly<Record<string, (name: string, by: string) => string>>,
  endedHow: string | null,
  name: string,
  by: string,
): string[] {
  const line = endedHow === null ? undefined : lines[endedHow];
  return line ? [line(name, by)] : [];
}
