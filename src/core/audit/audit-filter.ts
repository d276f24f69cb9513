import { z } from 'zod';
import { type AuditEventGroup, type AuditEventName, auditEvents } from '../audit-chain/audit-event.js';
import type { Reader } from '../chat/phrasing.js';
import type { CarriedData } from '../chat/view.js';
import { asId, isUuid, type SessionId, type UserId } from '../ids.js';
import { dayNamed, instantsOfDays } from '../time/named-day.js';
import type { LineFilter } from './audit-lines.store.js';

/**
 * Which lines of the record somebody wants to read, as an address, a button or a form holds it. `event`: one event, or
 * the events of a feature, `voicemail.*`. `from` and `until`: the first and the last day, `2026-11-23`.
 */
export interface AuditFilter {
  readonly user?: UserId | undefined;
  readonly actor?: UserId | undefined;
  readonly event?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly session?: SessionId | undefined;
}

/** The features that have events, in the order of their events, each with its events. */
const auditEventGroups: ReadonlyMap<AuditEventGroup, readonly AuditEventName[]> = groupsOf(auditEvents);

const plusGroups: ReadonlySet<AuditEventGroup> = new Set(['voicemail', 'mailbox', 'greeting', 'phone']);
/** Events of a mailbox in a feature that Attendant without Plus has too. */
const plusEvents: ReadonlySet<AuditEventName> = new Set(['call.transferred']);

/** The features to choose events of. Lines of an edition that the company had before are still in the record. */
export const auditGroupsIn = (isPlus: boolean): readonly (readonly [AuditEventGroup, readonly AuditEventName[]])[] =>
  isPlus
    ? [...auditEventGroups]
    : [...auditEventGroups]
        .filter(([group]) => !plusGroups.has(group))
        .map(([group, events]) => [group, events.filter((event) => !plusEvents.has(event))]);

function groupsOf(events: readonly AuditEventName[]): ReadonlyMap<AuditEventGroup, readonly AuditEventName[]> {
  const groups = new Map<AuditEventGroup, AuditEventName[]>();
  for (const event of events) {
    const group = event.slice(0, event.indexOf('.')) as AuditEventGroup;
    groups.set(group, [...(groups.get(group) ?? []), event]);
  }
  return groups;
}

/** The value that stands for all events of a feature. */
export const wholeGroup = (group: AuditEventGroup): string => `${group}.*`;

/** Read a filter from outside; anything odd in it is left out. */
export const readAuditFilter = (typed: Readonly<Record<string, unknown>>): AuditFilter => Filter.parse(typed);

/** Return a filter as a button carries it. */
export const carriedAuditFilter = (filter: AuditFilter): CarriedData =>
  Object.fromEntries(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

const idText = z.string().max(36).refine(isUuid);
const day = z
  .string()
  .max(10)
  .refine((text) => dayNamed(text) !== undefined);

const Filter = z.object({
  user: idText
    .transform((id) => asId<UserId>(id))
    .optional()
    .catch(undefined),
  actor: idText
    .transform((id) => asId<UserId>(id))
    .optional()
    .catch(undefined),
  event: z
    .string()
    .max(60)
    .refine((event) => eventsNamed(event) !== undefined)
    .optional()
    .catch(undefined),
  from: day.optional().catch(undefined),
  until: day.optional().catch(undefined),
  session: idText
    .transform((id) => asId<SessionId>(id))
    .optional()
    .catch(undefined),
});

/** Return the condition on the lines, with the days in the reader’s zone. */
export function lineFilterOf(
  { timeZone }: Pick<Reader, 'timeZone'>,
  { event, from, until, ...people }: AuditFilter,
): LineFilter {
  return {
    ...people,
    events: event === undefined ? undefined : eventsNamed(event),
    ...instantsOfDays({ from, until }, timeZone),
  };
}

/** The events that a value of the filter stands for; undefined: none. */
function eventsNamed(value: string): readonly AuditEventName[] | undefined {
  if (value.endsWith('.*')) return auditEventGroups.get(value.slice(0, -2) as AuditEventGroup);
  const event = auditEvents.find((one) => one === value);
  return event && [event];
}
