import type { AuditEventGroup, AuditEventName } from '../audit-chain/audit-event.js';
import { formatLabelled, formatMoment, type Reader } from '../chat/phrasing.js';
import type { Block, Button, Card, CarriedData, Form, Option } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import { impersonationActions } from '../impersonation/impersonation.action-ids.js';
import { truncate } from '../text.js';
import { auditActions } from './audit.action-ids.js';
import { type AuditFilter, auditGroupsIn, carriedAuditFilter, wholeGroup } from './audit-filter.js';
import type { RecordPage, ShownChange, TellableLine } from './audit-record.js';
import { valueName, valueText } from './told-values.js';

type AuditWords = Words['audit'];

/** What the buttons of a page of the record need. */
export interface RecordLinks {
  /** The page in the browser. */
  readonly webUrl: string;
  /** The requester may read about everybody. */
  readonly readsAll: boolean;
}

/** Return the card of a page of the record. */
export function auditCard(reader: Reader, page: RecordPage, links: RecordLinks): Card {
  const words = wordsIn(reader.locale).audit;
  const { lines, filter } = page;
  const title = recordTitle(words, page);
  const none = filter.user && !isNarrowed(filter) ? words.nothing(nameOfUser(words, page)) : words.nothingFound;
  const conditions = isNarrowed(filter) ? [{ kind: 'note', text: filterLine(words, page) } as const] : [];
  const found: Block =
    lines.length === 0
      ? { kind: 'text', text: none }
      : {
          kind: 'table',
          columns: [words.when, words.who, words.what],
          rows: lines.map((line) => [
            formatMoment(reader, line.at),
            actorText(words, line),
            lineText(reader, words, line),
          ]),
        };
  return {
    title,
    summary: lines.length === 0 ? none : summaryLine(words, page),
    blocks: [...conditions, found, { kind: 'buttons', buttons: recordButtons(words, page, links) }],
  };
}

/** The title of a page of the record. */
export function recordTitle(words: AuditWords, page: RecordPage): string {
  if (page.filter.session) return words.titleSession;
  return page.filter.user ? words.title(nameOfUser(words, page)) : words.titleAll;
}

function summaryLine(words: AuditWords, page: RecordPage): string {
  const { length } = page.lines;
  return page.filter.user ? words.summary(nameOfUser(words, page), length) : words.summaryAll(length);
}

const nameOfUser = (words: AuditWords, { names }: RecordPage): string => names.user ?? words.somebody;

const isNarrowed = ({ user: _, ...others }: AuditFilter): boolean =>
  Object.values(others).some((value) => value !== undefined);

/** The conditions beside the person, in one line: `by Ada Roy · Voicemail · from 2026-11-01`. */
function filterLine(words: AuditWords, { filter, names }: RecordPage): string {
  const { actor, event, from, until, session } = filter;
  return [
    actor && words.by(names.actor ?? words.somebody),
    event && eventValueText(words, event),
    from && words.since(from),
    until && words.upTo(until),
    session && words.session,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** At most five, as a Teams card holds six. */
function recordButtons(words: AuditWords, { filter, before, isLater }: RecordPage, links: RecordLinks): Button[] {
  const carries = carriedAuditFilter(filter);
  const to = (label: string, more: CarriedData): Button => ({
    kind: 'action',
    action: auditActions.list,
    label,
    carries: { ...carries, ...more },
  });
  const sessions: Button = {
    kind: 'action',
    action: impersonationActions.sessions,
    label: words.sessions,
    carries: {},
  };
  return [
    ...(before === undefined ? [] : [to(words.older, { before: String(before) })]),
    ...(isLater ? [to(words.latest, {})] : []),
    { kind: 'form', action: auditActions.filter, label: words.filter, carries },
    ...(links.readsAll ? [sessions] : []),
    { kind: 'link', action: auditActions.all, label: words.onTheWeb, url: links.webUrl },
  ];
}

/** Return the form of the filter. A person who may read about everybody chooses the people too. */
export function filterForm(
  reader: Reader,
  filter: AuditFilter,
  {
    readsAll,
    isPlus,
    user,
    actor,
  }: { readonly readsAll: boolean; readonly isPlus: boolean; readonly user?: Option; readonly actor?: Option },
): Form {
  const { audit: words, chat } = wordsIn(reader.locale);
  const groups = auditGroupsIn(isPlus).map(([group]) => ({
    value: wholeGroup(group),
    label: words.groups[group],
  }));
  const event = groups.find(({ value }) => value === filter.event)?.value;
  const { session } = filter;
  return {
    id: auditActions.filter,
    title: words.filterTitle,
    submit: words.show,
    cancel: chat.cancel,
    fields: [
      ...(readsAll
        ? ([
            {
              kind: 'person',
              name: 'user',
              label: words.user,
              hint: words.userHint,
              required: false,
              ...(user ? { value: user } : {}),
            },
            { kind: 'person', name: 'actor', label: words.actor, required: false, ...(actor ? { value: actor } : {}) },
          ] as const)
        : []),
      {
        kind: 'choice',
        name: 'event',
        label: words.event,
        required: false,
        options: groups,
        ...(event === undefined ? {} : { value: event }),
      },
      dateField('from', words.from, filter.from),
      { ...dateField('until', words.until, filter.until), hint: words.untilHint },
    ],
    carries: session === undefined ? {} : { session },
  };
}

const dateField = (name: 'from' | 'until', label: string, value: string | undefined) =>
  ({ kind: 'date', name, label, required: false, ...(value === undefined ? {} : { value }) }) as const;

/** `Amara Osei as Marie Gagnon`. */
export function actorText(words: AuditWords, line: Pick<TellableLine, 'who' | 'via' | 'impersonator'>): string {
  if (line.who === undefined) return line.via === 'link' ? words.byLink : words.system(line.via);
  return line.impersonator === undefined ? line.who : words.actingAs(line.impersonator, line.who);
}

const mostChanges = 3;
const longestChange = 80;
const longestReason = 120;

/** What happened, about whom, what changed, and why, in one line. */
function lineText(reader: Reader, words: AuditWords, line: TellableLine): string {
  const shown = line.changes.slice(0, mostChanges).map((change) => truncate(changeText(reader, change), longestChange));
  const more = line.changes.length - shown.length;
  const changes = [...shown, ...(more > 0 ? [words.more(more)] : [])].join(words.between);
  const about = eventLine(reader, line);
  const reason = line.reason === undefined ? '' : ` (${words.because(truncate(line.reason, longestReason))})`;
  return `${about}${changes === '' ? '' : ` · ${changes}`}${reason}`;
}

/** A value that changed: `Title: Clerk → Manager`. */
export function changeText(reader: Reader, { name, from, to }: ShownChange): string {
  const words = wordsIn(reader.locale).audit;
  const [label, now] = [valueName(reader.locale, name), valueText(reader, name, to)];
  return from === undefined ? words.became(label, now) : words.changed(label, valueText(reader, name, from), now);
}

/** What happened, and to whom: `A user was changed: Ann Baker`. */
export function eventLine(reader: Reader, { event, subject }: Pick<TellableLine, 'event' | 'subject'>): string {
  const text = eventText(wordsIn(reader.locale).audit, event);
  return subject === undefined ? text : formatLabelled(reader.locale, text, subject);
}

/** The event in words; an event of a later version by its name. */
const eventText = (words: AuditWords, event: string): string => words.events[event as AuditEventName] ?? event;

/** A value of the filter in words. */
function eventValueText(words: AuditWords, value: string): string {
  return value.endsWith('.*') ? words.groups[value.slice(0, -2) as AuditEventGroup] : eventText(words, value);
}
