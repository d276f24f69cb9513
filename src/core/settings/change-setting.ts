import { type Change, change } from '../change.js';
import type { Actor, Role } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId, UserId } from '../ids.js';
import { endLapsedSessions } from '../impersonation/impersonation.js';
import { endLostAccess } from '../people/end-access.js';
import type { Setting, SettingValue } from './setting.js';
import { type SettingKey, settings } from './settings.js';
import {
  type FoundSettings,
  findSettings,
  findTakenNumbers,
  findUserWithAccess,
  lockSubject,
  type Noted,
  writeOrigins,
  writeValue,
} from './settings.store.js';
import { isSame, type Subject } from './why.js';

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
    await lockSubject(change, userId);
    const found = await findSettings(change.db, actor.tenantId, userId);
    if (!found) throw new UserError((words) => words.chat.noSuchPerson, 404);
    if (setting.plus && found.tenant.edition !== 'attendant_plus')
      throw new UserError((words) => words.settings.notThisEdition(key), 403);

    const before = (userId === undefined ? found.tenant : found.own)?.[setting.column] ?? null;
    const after = await readValue(change, setting, userId, text.trim(), String(found.tenant.country));
    if (isSame(before, after)) return false;
    await writeValue(change, userId, setting, after);
    await noteSettings(change, [{ subjectId: userId ?? change.tenantId, key }]);
    change.record({
      event: 'setting.changed',
      subjectId: userId ?? change.tenantId,
      before: { [key]: factOf(setting, before) },
      after: { [key]: factOf(setting, after) },
    });
    await endWhatItCloses(change, { tenantId: change.tenantId, userId }, key, found);
    if (userId !== undefined) change.touch(userId);
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
    findUser: (email) => findUserWithAccess(db, tenantId, email),
    takenNumbers: (numbers) => findTakenNumbers(db, tenantId, numbers),
  });
  if ('value' in read) return read.value;
  throw new UserError((words) => words.settings.refused(setting.key, read.why(words.settings)));
}

/** Words as in forms and exports; of a user the id, since addresses change. */
const factOf = ({ type }: Setting, value: SettingValue): string | null =>
  value === null ? null : type.show(value, (id) => id);

/** The switch and the gate end what they no longer allow, everywhere at once. */
async function endWhatItCloses(
  change: Change,
  { userId }: Subject,
  key: SettingKey,
  { own }: FoundSettings,
): Promise<void> {
  if (key !== 'enabled' && key !== 'appAccess') return;
  if (userId === undefined) return endLapsedSessions(change);
  const before = { access: String(own?.access), role: own?.role as Role, appAllowed: own?.appAllowed === true };
  await endLostAccess(change, userId, before, { appAllowed: !before.appAllowed });
}
