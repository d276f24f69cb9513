import type { AuditEvent } from '../audit-chain/audit-event.js';
import { type Change, change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { findPersonByKey } from '../directory/find-person.js';
import { UserError } from '../errors.js';
import type { UserId } from '../ids.js';
import { endLostAccessOfCompany } from '../people/end-access.js';
import { hasAccess } from '../people/person.js';
import { findTakenNumbers } from '../people/taken-numbers.js';
import { lockPerson, updatePerson } from '../people/update-person.js';
import { oneLine } from '../text.js';
import { isSame, type ReadContext, type Setting, type SettingValue, type Why } from './setting.js';
import { type SettingKey, settingNamed } from './settings.js';
import { type FoundSettings, findSettings, lockTenant, writeOrigins, writeTenantValue } from './settings.store.js';

/** Longer than any value; what is longer is not looked at. */
const longestValue = 2000;

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
  const setting = settingNamed(key);
  if (userId !== undefined && setting.kind === 'tenant') throw refused(setting, (words) => words.companyOnly);
  if (text.length > longestValue) throw refused(setting, (words) => words.tooLong(longestValue));
  return change(deps, actor, async (change) => {
    const person = userId === undefined ? undefined : await lockPerson(change, userId);
    if (userId === undefined) await lockTenant(change);
    const found = await findSettings(change.db, actor.tenantId, userId);
    if (!found) throw new UserError((words) => words.chat.noSuchPerson, 404);
    if (setting.plus && found.tenant.edition !== 'attendant_plus')
      throw refused(setting, (words) => words.notThisEdition, 403);

    const before = (userId === undefined ? found.tenant : found.own)?.[setting.column] ?? null;
    const after = await readValue(setting, userId, oneLine(text, longestValue), contextOf(change, setting, found));
    if (isSame(before, after)) return false;
    const subjectId = userId ?? change.tenantId;
    await writeOrigins(change, [{ subjectId, key }]);
    const event: AuditEvent = {
      event: 'setting.changed',
      subjectId,
      before: { [key]: factOf(setting, before) },
      after: { [key]: factOf(setting, after) },
    };
    if (person) await updatePerson(change, person, { [setting.column]: after }, event);
    else await setForCompany(change, setting, after, event);
    return true;
  });
}

/** Names the setting as the reader knows it, and by its key. */
const refused = ({ key, words: own }: Setting, why: Why, status: UserError['status'] = 422): UserError =>
  new UserError(({ settings }) => settings.refused(settings.ofBoth(own).label, key, why(settings)), status);

async function readValue(
  setting: Setting,
  userId: UserId | undefined,
  text: string,
  context: ReadContext,
): Promise<SettingValue> {
  if (text === '-') return userId !== undefined && setting.kind === 'override' ? null : setting.default;
  const read = await setting.type.read(text, context);
  if ('value' in read) return read.value;
  throw refused(setting, read.why);
}

function contextOf({ db, tenantId }: Change, { key }: Setting, { tenant }: FoundSettings): ReadContext {
  const country = String(tenant.country);
  // A number of the company's leads to its greeting or to its mailboxes, not to both.
  const { mainNumbers, accessNumber } = tenant;
  const ownOthers = [key === 'mainNumbers' ? accessNumber : mainNumbers].flat();
  return {
    country,
    async findUser(typed) {
      const person = await findPersonByKey(db, { id: tenantId, country }, typed);
      return person && hasAccess(person) ? person.id : undefined;
    },
    async takenNumbers(numbers) {
      const taken = await findTakenNumbers(db, tenantId, numbers);
      return [...taken.map(({ number }) => number), ...numbers.filter((number) => ownOthers.includes(number))];
    },
  };
}

/** Words as in forms and exports; of a user the id, since addresses change. */
const factOf = ({ type }: Setting, value: SettingValue): string | null =>
  value === null ? null : type.show(value, (id) => id);

/** The switch and the gate end what they no longer allow, everywhere at once. */
async function setForCompany(change: Change, setting: Setting, value: SettingValue, event: AuditEvent): Promise<void> {
  await writeTenantValue(change, setting, value);
  change.record(event);
  if ((setting.key === 'enabled' || setting.key === 'appAccess') && value === false)
    await endLostAccessOfCompany(change);
}
