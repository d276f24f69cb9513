import { hasPermission } from '../chat/actor.js';
import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { asId, isUuid, type SessionId, type UserId } from '../ids.js';
import { namesOf } from '../people/index.js';
import { type AuditFilter, lineFilterOf } from './audit-filter.js';
import { findLines, type KeptLine } from './audit-lines.store.js';
import type { ToldValue } from './told-values.js';

/** An audit line with names instead of ids. */
export interface TellableLine {
  /** Its number in the chain. */
  readonly seq: number;
  readonly at: Date;
  readonly event: string;
  /** Undefined: the installation itself. */
  readonly who: string | undefined;
  readonly via: string;
  readonly impersonator: string | undefined;
  /** The impersonation that the line belongs to. */
  readonly session: SessionId | undefined;
  readonly reason: string | undefined;
  /** The person whom the line is about, unless it is who acted, or the company. */
  readonly subject: string | undefined;
  readonly changes: readonly ShownChange[];
}

/** A value that changed. */
export interface ShownChange {
  readonly name: string;
  /** Undefined: the line does not say what it was. */
  readonly from: ToldValue | undefined;
  readonly to: ToldValue;
}

/** A page of the record, newest first. */
export interface RecordPage {
  /** As it was applied: whoever may not read about others reads about themselves. */
  readonly filter: AuditFilter;
  /** The names of the people in the filter. */
  readonly names: { readonly user: string | undefined; readonly actor: string | undefined };
  readonly lines: readonly TellableLine[];
  /** Leads to the lines before these; undefined: there are none. */
  readonly before: number | undefined;
  /** The newest lines are not on this page. */
  readonly isLater: boolean;
}

/**
 * Return a page of the record. Throws UserError (403) for what is on record about others if the requester may not read
 * it.
 */
export async function readRecord(
  deps: Deps,
  requester: Requester,
  wanted: AuditFilter,
  { before, size }: { readonly before?: number | undefined; readonly size: number },
): Promise<RecordPage> {
  const { tenant, reader } = requester;
  const filter = allowedFilter(requester, wanted);
  const found = await findLines(deps.db, tenant.id, lineFilterOf(reader, filter), { before }, size + 1);
  const lines = found.slice(0, size);
  const names = await namesOf(deps.db, tenant.id, [filter.user, filter.actor]);
  return {
    filter,
    names: { user: filter.user && names.get(filter.user), actor: filter.actor && names.get(filter.actor) },
    lines: await tellable(deps, tenant, lines),
    before: found.length > size ? lines.at(-1)?.seq : undefined,
    isLater: before !== undefined,
  };
}

/** A person who may not read about others gets a filter on themselves. Throws UserError (403) if they asked for another. */
function allowedFilter({ actor, user }: Requester, filter: AuditFilter): AuditFilter {
  if (hasPermission(actor, 'audit.view')) return filter;
  if (filter.user !== undefined && filter.user !== user.id) throw new UserError((words) => words.audit.notOthers, 403);
  return { ...filter, user: user.id };
}

/** Return the line number that an address or a button holds; undefined: none. */
export const lineNumberIn = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;

async function tellable(
  { db }: Deps,
  tenant: Requester['tenant'],
  lines: readonly KeptLine[],
): Promise<readonly TellableLine[]> {
  const values = lines.flatMap(({ before, after }) =>
    [before, after].flatMap((facts) => Object.values(factsIn(facts))),
  );
  const named = values.flatMap((value) => (typeof value === 'string' && isUuid(value) ? [asId<UserId>(value)] : []));
  const names = await namesOf(db, tenant.id, [...lines.flatMap(peopleOf), ...named]);
  const nameOf = (id: string | null) => (id === null ? undefined : (names.get(asId<UserId>(id)) ?? id));
  return lines.map((line) => ({
    seq: line.seq,
    at: line.at,
    event: line.event,
    via: line.via,
    who: nameOf(line.actorId),
    impersonator: nameOf(line.impersonatorId),
    session: line.sessionId === null ? undefined : asId<SessionId>(line.sessionId),
    reason: line.reason ?? undefined,
    subject: subjectOf(line),
    changes: changesOf(line, names),
  }));

  function subjectOf({ subjectId, actorId }: KeptLine): string | undefined {
    if (subjectId === null || subjectId === actorId) return undefined;
    return subjectId === tenant.id ? tenant.name : names.get(subjectId);
  }
}

const peopleOf = ({ actorId, impersonatorId, subjectId }: KeptLine): readonly UserId[] =>
  [actorId, impersonatorId, subjectId].flatMap((id) => (id === null ? [] : asId<UserId>(id)));

/** What changed, by name. Ids of rows that are not people say nothing to a reader, and are left out. */
function changesOf({ before, after }: KeptLine, names: ReadonlyMap<string, string>): readonly ShownChange[] {
  const [was, is] = [factsIn(before), factsIn(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name) => {
    const [from, to] = [shownValue(was[name], names), shownValue(is[name], names)];
    if (from === null && to === null) return [];
    return { name, from: name in was ? from : undefined, to };
  });
}

const factsIn = (facts: unknown): Readonly<Record<string, unknown>> =>
  typeof facts === 'object' && facts !== null ? (facts as Record<string, unknown>) : {};

function shownValue(value: unknown, names: ReadonlyMap<string, string>): ToldValue {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return Array.isArray(value) ? value.join(', ') || null : String(value);
  if (isUuid(value)) return names.get(value) ?? null;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) ? new Date(value) : value;
}
