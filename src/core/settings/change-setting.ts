import type { AuditEvent } from '../audit-chain/audit-event.js';
import { type Change, change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId, UserId } from '../ids.js';
import { endLostAccessOfCompany } from '../people/end-access.js';
import { findPersonBy } from '../people/people.js';
import { hasAccess } from '../people/person.js';
import { findTakenNumbers } from '../people/taken-numbers.js';
import { lockPerson, updatePerson } from '../people/update-person.js';
import type { Setting, SettingValue } from './setting.js';
import { type SettingKey, settings } from './settings.js';
import { findSettings, lockTenant, type Noted, writeOrigins, writeTenantValue } from './settings.store.js';
import { isSame } from './why.js';

/**
 * Sets the company's value, or a person's own; `-` clears a person's own, and gives the company the default back. The
 * change is on record with what it was before. The same value again writes nothing: false. Refuses (UserError) what is no
 * value of the setting, what a person cannot have of their own, and what is not part of the edition.
 */
export async function changeSetting(
  deps: Deps,
  actor: Actor,
  { userId, key }: { readonly userId: UserId | undefined; readonly key: SettingKey },
  text: string,
): Promise<boolean> {
  const setting: Setting & { readonly key: SettingKey } = mustBeSetting(key);
  if (userId !== undefined && setting.kind === 'tenant')
    throw new UserError((words) => words.settings.companyOnly(key));
  return change(deps, actor, async (change) => {
    const person = userId === undefined ? undefined : await lockPerson(change, userId);
    if (userId === undefined) await lockTenant(change);
    const found = await findSettings(change.db, actor.tenantId, userId);
    if (!found) throw new UserError((words) => words.chat.noSuchPerson, 404);
    if (setting.plus && found.tenant.edition !== 'attendant_plus')
      throw new UserError((words) => words.settings.notThisEdition(key), 403);

    const before = (userId === undefined ? found.tenant : found.own)?.[setting.column] ?? null;
    const after = await readValue(change, setting, userId, text.trim(), String(found.tenant.country));
    if (isSame(before, after)) return false;
    await noteSettings(change, [{ subjectId: userId ?? change.tenantId, key }]);
    const event: AuditEvent = {
      event: 'setting.changed',
      subjectId: userId ?? change.tenantId,
      before: { [key]: factOf(setting, before) },
      after: { [key]: factOf(setting, after) },
    };
    if (person) await updatePerson(change, person, { [setting.column]: after }, event);
    else await setForCompany(change, setting, after, event);
    return true;
  });
}

/** Inside a change that wrote settings by another door (an import): keeps who set them and when. */
export const noteSettings = (change: Change, noted: readonly Noted[]): Promise<void> => writeOrigins(change, noted);

function mustBeSetting(key: SettingKey): Setting & { readonly key: SettingKey } {
  const setting = settings.find((one) => one.key === key);
  if (!setting) throw new Error(`no setting ${key}`);
  return setting;
}

async function readValue(
  change: Change,
  setting: Setting,
  userId: UserId | undefined,
  text: string,
  country: string,
): Promise<SettingValue> {
  if (text === '-') return userId !== undefined && setting.kind === 'override' ? null : setting.default;
  const { db, tenantId }: { db: Change['db']; tenantId: TenantId } = change;
  const read = await setting.type.read(text, {
    country,
    findUser: async (email) => {
      const person = await findPersonBy(db, tenantId, { email });
      return person && hasAccess(person) ? person.id : undefined;
    },
    takenNumbers: async (numbers) => (await findTakenNumbers(db, tenantId, numbers)).map(({ number }) => number),
  });
  if ('value' in read) return read.value;
  throw new UserError((words) => words.settings.refused(setting.key, read.why(words.settings)));
}

/** Words as in forms and exports; of a user the id, since addresses change. */
const factOf = ({ type }: Setting, value: SettingValue): string | null =>
  value === null ? null : type.show(value, (id) => id);

/** The switch and the gate end what they no longer allow, everywhere at once. */
async function setForCompany(change: Change, setting: Setting, value: SettingValue, event: AuditEvent): Promise<void> {
  await writeTenantValue(change, setting, value);
  change.record(event);
  if (setting.key === 'enabled' || setting.key === 'appAccess') await endLostAccessOfCompany(change);
}
