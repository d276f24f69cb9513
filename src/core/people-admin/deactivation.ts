import { change } from '../change.js';
import { actingPersonId, type PersonActor } from '../chat/actor.js';
import type { Words } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId, UserId } from '../ids.js';
import { replaceBackupOfAbsences } from '../out-of-office/out-of-office.js';
import { findAccessBefore, findUser, findWithDefaultBackup, replaceDefaultBackup } from '../people/index.js';
import { LastAdmin } from '../people/last-admin.js';
import { displayNameOf, hasAccess, type Person, takesCalls } from '../people/person.js';
import { lockPerson, updatePerson } from '../people/update-person.js';
import { findCircle, lockGraph } from '../routing/load-rows.js';
import { countOpen, handOverOpen } from '../voicemail/mailbox/hand-over.js';
import { findCoveredBy, findReleaseSetting } from './deactivation.store.js';

/** What hangs on somebody, before they are deactivated. */
export interface DeactivationOutlook {
  readonly person: Person;
  /** Extension and DID as the setting `releaseOnDeactivation` sorts them. */
  readonly kept: readonly string[];
  readonly released: readonly string[];
  /** Who has them as default backup: the first by name, and how many in all. */
  readonly backupOf: { readonly names: readonly string[]; readonly total: number };
  /** The people whose absences name them as backup. */
  readonly covers: readonly string[];
  readonly openVoicemails: number;
}

const mostNames = 10;

/** What an admin must know before they deactivate somebody. Refuses (UserError, 404) an id of nobody here. */
export async function deactivationOutlook(
  { db, clock }: Deps,
  tenantId: TenantId,
  id: UserId,
): Promise<DeactivationOutlook> {
  const person = await findUser(db, tenantId, id);
  if (!person) throw new UserError((words) => words.directory.gone, 404);
  const { people, total } = await findWithDefaultBackup(db, tenantId, id, mostNames);
  const release = await findReleaseSetting(db, tenantId);
  const numbers = (is: (kind: 'extension' | 'did') => boolean) =>
    (['extension', 'did'] as const).flatMap((kind) => (person[kind] !== undefined && is(kind) ? person[kind] : []));
  const isReleased = (kind: string) => release === 'both' || release === kind;
  return {
    person,
    kept: numbers((kind) => !isReleased(kind)),
    released: numbers(isReleased),
    backupOf: { names: people.map(({ displayName }) => displayName), total },
    covers: await findCoveredBy(db, tenantId, id, clock.now(), mostNames),
    openVoicemails: await countOpen(db, tenantId, id),
  };
}

export interface DeactivationWish {
  /** Takes the place of the person as default backup of others, and as backup of their absences. */
  readonly replacement?: UserId | undefined;
  /** Gets the open voicemails. */
  readonly voicemailsTo?: UserId | undefined;
}

export type Deactivated =
  | { readonly kind: 'done'; readonly replaced: number; readonly moved: number }
  | {
      readonly kind: 'refused';
      readonly field: 'replacement' | 'voicemailsTo' | '';
      readonly say: (words: Words) => string;
    };

class Refused extends Error {
  constructor(
    readonly field: 'replacement' | 'voicemailsTo',
    readonly say: (words: Words) => string,
  ) {
    super('refused');
  }
}

/**
 * Takes somebody's access, with what hangs on it: numbers go as the company says (`updatePerson`), the people whose default
 * backup they are, or whose absences name them, get another one, open voicemails go to another box. One change: all of it or nothing. Refuses oneself,
 * the last admin, who has no access already, and at its field a replacement that cannot be one.
 */
export async function deactivate(
  deps: Deps,
  actor: PersonActor,
  id: UserId,
  { replacement, voicemailsTo }: DeactivationWish,
): Promise<Deactivated> {
  if (id === actingPersonId(actor)) throw new UserError((words) => words.peopleAdmin.notYourself);
  try {
    return await change(deps, actor, async (change) => {
      await lockGraph(change);
      const person = await lockPerson(change, id);
      if (!person) throw new UserError((words) => words.directory.gone, 404);
      const name = displayNameOf(person);
      if (!hasAccess(person)) throw new UserError((words) => words.peopleAdmin.isInactive(name), 409);
      await updatePerson(change, person, { access: 'none' });
      const replaced = replacement === undefined ? 0 : await replace(replacement);
      const moved = voicemailsTo === undefined ? 0 : await handOver(voicemailsTo);
      return { kind: 'done', replaced, moved } as const;

      async function replace(toId: UserId): Promise<number> {
        const to = await findUser(change.db, change.tenantId, toId);
        if (!to || !takesCalls(to))
          throw new Refused('replacement', ({ directory }) => directory.backupTakesNoCalls(to?.displayName ?? '?'));
        const replaced =
          (await replaceDefaultBackup(change, id, to.id)) + (await replaceBackupOfAbsences(change, id, to.id));
        const circle = await findCircle(change, to.id);
        if (circle) throw new Refused('replacement', ({ bulk }) => bulk.circle(circle));
        return replaced;
      }

      async function handOver(toId: UserId): Promise<number> {
        const to = await findUser(change.db, change.tenantId, toId);
        if (!to || !hasAccess(to)) throw new Refused('voicemailsTo', ({ peopleAdmin }) => peopleAdmin.noVoicemails);
        return handOverOpen(change, id, to.id);
      }
    });
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', field: error.field, say: error.say };
    if (error instanceof LastAdmin) return { kind: 'refused', field: '', say: error.say };
    throw error;
  }
}

/**
 * Gives somebody the access that they had, and the numbers they gave back that nobody else has (`updatePerson`). Returns
 * those numbers, and whether others are gone. Refuses (409) who has access.
 */
export function restore(
  deps: Deps,
  actor: PersonActor,
  id: UserId,
): Promise<{ readonly name: string; readonly numbers: readonly string[] }> {
  return change(deps, actor, async (change) => {
    await lockGraph(change);
    const person = await lockPerson(change, id);
    if (!person) throw new UserError((words) => words.directory.gone, 404);
    const name = displayNameOf(person);
    if (hasAccess(person)) throw new UserError((words) => words.peopleAdmin.isActive(name), 409);
    await updatePerson(change, person, { access: await findAccessBefore(change, id) });
    const circle = await findCircle(change, id);
    if (circle) throw new UserError((words) => words.bulk.circle(circle), 409);
    const after = await findUser(change.db, change.tenantId, id);
    const back = (['extension', 'did'] as const).flatMap((kind) =>
      person[kind] === null && after?.[kind] !== undefined ? after[kind] : [],
    );
    return { name, numbers: back };
  });
}
