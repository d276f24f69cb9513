import { change } from '../../change.js';
import { actingPersonId, type PersonActor } from '../../chat/actor.js';
import type { Requester } from '../../chat/requester.js';
import { wordsIn } from '../../chat/words.js';
import type { Db, Deps, Transaction } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { UserId } from '../../ids.js';
import { raiseNoticeFor } from '../../notices/notice.js';
import { allFreeExtensions } from '../../people/free-numbers.js';
import { displayNameOf, hasAccess } from '../../people/person.js';
import { filterContext } from '../people-list.js';
import { countPeople, findIdsAfter } from '../people-list.store.js';
import type { PeopleFilter } from '../people-list.types.js';
import { judgeWish } from '../save-person.js';
import { type FormTenant, findFormTenant } from '../save-person.store.js';
import { findChange, findValuesOf, insertChange, lockChange } from './people-change.store.js';
import type { BulkValues, PeopleChangeState } from './people-change.types.js';
import { wishCells } from './wish-cells.js';

/** What a change would come to, before it is made. */
export interface PeopleChangePreview {
  readonly total: number;
  readonly willChange: number;
  readonly unchanged: number;
  readonly refused: number;
  /** The first who are refused, with the reason. */
  readonly examples: readonly { readonly name: string; readonly why: string }[];
}

const pageSize = 500;
const mostExamples = 5;

/** How long a change can be reverted. */
const revertHours = 24;

/** Counts what a change would come to for everybody whom the filter means, by the rules of the form; writes nothing. */
export async function previewChange(
  deps: Deps,
  { actor, tenant, reader }: Requester,
  filter: PeopleFilter,
  values: BulkValues,
): Promise<PeopleChangePreview> {
  const context = await filterContext(deps, tenant.id, filter);
  const company = await findFormTenant(deps.db, tenant.id);
  const extensions = await freeExtensionsFor(deps.db, company, context.now, values);
  const reads = { db: deps.db, tenantId: tenant.id, now: context.now, ...extensions };
  const words = wordsIn(reader.locale);
  const wish = { cells: wishCells(values) };
  const counts = { total: 0, willChange: 0, unchanged: 0, refused: 0 };
  const examples: { name: string; why: string }[] = [];
  for (let after: UserId | null = null; ; ) {
    const ids: readonly UserId[] = await findIdsAfter(deps.db, filter, context, { after, most: pageSize });
    if (ids.length === 0) break;
    after = ids.at(-1) ?? null;
    for (const person of await findValuesOf(deps.db, tenant.id, ids)) {
      const read = await judgeWish(reads, company, person, wish);
      const why = refusalOf(actor, person.id, values) ?? (read.kind === 'refused' ? read.say : undefined);
      const isOther = values.defaultBackup !== undefined && backupIn(values) !== person.defaultBackupId;
      counts.total += 1;
      if (why) {
        counts.refused += 1;
        if (examples.length < mostExamples) examples.push({ name: displayNameOf(person), why: why(words) });
      } else if (isOther || (read.kind === 'values' && Object.keys(read.values).length > 0)) counts.willChange += 1;
      else counts.unchanged += 1;
    }
  }
  return { ...counts, examples };
}

/** The free extensions, where the change gives them out. */
export const freeExtensionsFor = async (
  db: Db | Transaction,
  company: FormTenant,
  now: Date,
  { extension }: BulkValues,
): Promise<{ readonly extensions?: Iterator<string, undefined> }> =>
  extension === 'AUTO' ? { extensions: await allFreeExtensions(db, company, now) } : {};

/** A user id; null: nobody. */
export const backupIn = ({ defaultBackup }: BulkValues): string | null =>
  defaultBackup === undefined || defaultBackup === '-' ? null : defaultBackup;

/** Why this is not for a change of many: an admin takes from what they may do by their own form alone. */
export function refusalOf(actor: PersonActor, id: UserId, values: BulkValues): UserError['say'] | undefined {
  if (backupIn(values) === id) return ({ bulk }) => bulk.ownBackup;
  const own =
    (values.access !== undefined && !hasAccess({ access: values.access })) ||
    values.role !== undefined ||
    values.appAccess !== undefined;
  return own && id === actingPersonId(actor) ? ({ peopleChange }) => peopleChange.notYourself : undefined;
}

/** Asks for the change; a task makes it. Returns its id. Refuses (UserError) one that changes nothing or nobody. */
export async function askForChange(
  deps: Deps,
  { actor, tenant, reader }: Requester,
  filter: PeopleFilter,
  values: BulkValues,
): Promise<string> {
  if (Object.keys(values).length === 0) throw new UserError((words) => words.peopleChange.nothing);
  const total = await countPeople(deps.db, filter, await filterContext(deps, tenant.id, filter));
  if (total === 0) throw new UserError((words) => words.peopleAdmin.nobody);
  return change(deps, actor, async (change) => {
    const asked = { language: reader.locale, filter, values, revertsId: null, total };
    const id = await insertChange(change, deps.clock, actor, asked);
    change.record({
      event: 'people.change-asked',
      subjectId: id,
      after: { total, filter: pairsOf(filter), values: pairsOf(values) },
    });
    change.enqueue({ name: 'people.change', payload: { changeId: id } });
    await raiseNoticeFor(change, { kind: 'people.changed', subjectId: id, userId: actingPersonId(actor) });
    return id;
  });
}

/** `type=agent`, as the record shows it. */
const pairsOf = (facts: PeopleFilter | BulkValues): readonly string[] =>
  Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`));

/** Asks to have the replaced values back, once, within 24 hours. Refuses (UserError, 409) later, and what is not done. */
export function askForRevert(deps: Deps, { actor, reader }: Requester, changeId: string): Promise<string> {
  return change(deps, actor, async (change) => {
    const state = await lockChange(change, changeId);
    if (!state) throw new UserError((words) => words.peopleChange.gone, 404);
    if (!mayRevert(state, change.now)) throw new UserError((words) => words.peopleChange.tooLate, 409);
    const { filter, values, counts } = state;
    const asked = { language: reader.locale, filter, values, revertsId: changeId, total: counts.updated };
    const id = await insertChange(change, deps.clock, actor, asked);
    change.record({ event: 'people.revert-asked', subjectId: id, after: { reverts: changeId, total: counts.updated } });
    change.enqueue({ name: 'people.change', payload: { changeId: id } });
    await raiseNoticeFor(change, { kind: 'people.changed', subjectId: id, userId: actingPersonId(actor) });
    return id;
  });
}

/** Can this be reverted now? Over, something was written, it is no revert itself, and nobody asked before. */
export const mayRevert = ({ status, doneAt, revertsId, isReverted, counts }: PeopleChangeState, now: Date): boolean =>
  status !== 'waiting' &&
  revertsId === null &&
  !isReverted &&
  counts.updated > 0 &&
  doneAt !== null &&
  now < revertEnds({ doneAt });

/** Until when a change that is over can be reverted. */
export const revertEnds = ({ doneAt }: Pick<PeopleChangeState, 'doneAt'>): Date =>
  new Date((doneAt?.getTime() ?? 0) + revertHours * 60 * 60 * 1000);

export { findChange };
