import { installationActor } from '../core/chat/actor.js';
import type { Deps } from '../core/deps.js';
import { UserError } from '../core/errors.js';
import type { UserId } from '../core/ids.js';
import { findPersonBy } from '../core/people/index.js';
import { changeSetting } from '../core/settings/change-setting.js';
import { type SettingKey, settingOf, settings } from '../core/settings/settings.js';
import { type SettingWhy, type Subject, whyAll } from '../core/settings/why.js';
import { InvalidUsage } from './arguments.js';
import { printError, printTable } from './print.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

interface SettingsOptions {
  readonly user?: string;
  readonly tenant?: string;
  readonly json: boolean;
}

/** `attendant settings`: list the settings, or one, with its source, author and time; with a value, set it first. */
export async function showSettings(
  key: string | undefined,
  value: string | undefined,
  { user, tenant, json }: SettingsOptions,
): Promise<void> {
  const setting = key === undefined ? undefined : settingOf(key);
  if (key !== undefined && !setting)
    throw new InvalidUsage(`there is no setting “${key}”. There are: ${settings.map((one) => one.key).join(', ')}.`);

  const { all, changed } = await withInstallation(async (deps) => {
    const tenantId = await companyOrFirst(deps, tenant);
    const userId = user === undefined ? undefined : await userIdOf(deps, { tenantId }, user);
    const changed =
      setting && value !== undefined
        ? await changeSetting(deps, installationActor(tenantId, 'cli'), { userId, key: setting.key }, value)
        : undefined;
    return { all: await whyAll(deps, { tenantId, userId }), changed };
  });
  const shown = all.filter((one) => (setting ? one.key === setting.key : isShown(all, one, user !== undefined)));
  printTable(shown.map(rowOf), { columns: ['key', 'value', 'source', 'by', 'at', 'locked'], json });
  if (changed === false) printError('It was so already; nothing was written.');
}

/** For a person, list only settings that can be personal; omit settings that are not part of the edition. */
function isShown(all: readonly SettingWhy[], { setting }: SettingWhy, ofPerson: boolean): boolean {
  const hasPlus = all.some((one) => one.key === 'edition' && one.value === 'attendant_plus');
  return (hasPlus || !setting.plus) && (!ofPerson || setting.kind !== 'tenant');
}

const rowOf = ({ key, text, source, origin, lockedBy }: SettingWhy): Record<string, string> & { key: SettingKey } => ({
  key,
  value: text,
  source,
  by: origin ? changedByText(origin) : '',
  at: origin?.changedAt.toISOString() ?? '',
  locked: lockedBy === undefined ? '' : `by the ${lockedBy}`,
});

function changedByText({ changedBy, impersonator, via }: NonNullable<SettingWhy['origin']>): string {
  if (changedBy === undefined) return via;
  return impersonator === undefined ? changedBy : `${impersonator} as ${changedBy}`;
}

async function userIdOf(deps: Deps, { tenantId }: Subject, email: string): Promise<UserId> {
  const person = await findPersonBy(deps.db, tenantId, { email: email });
  if (!person) throw new UserError((words) => words.users.linkNobody(email), 404);
  return person.id;
}
