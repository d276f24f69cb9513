import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId, UserId } from '../ids.js';
import { countingValue, isOwnCounting } from './counting-value.js';
import { isSame, type Setting, type SettingValue } from './setting.js';
import { type SettingKey, settings, type ValueOf } from './settings.js';
import { type FoundSettings, findSettings, type Origin, originKey } from './settings.store.js';

/** Of whom: the company, or a person of it. */
export interface Subject {
  readonly tenantId: TenantId;
  /** Undefined: the company. */
  readonly userId?: UserId | undefined;
}

/** A setting as it counts, and why it does (PRODUCT.md §1, Why is it so). */
export interface SettingWhy {
  readonly key: SettingKey;
  readonly setting: Setting;
  readonly value: SettingValue;
  /** The value as CONTRACT.md §8 writes it. */
  readonly text: string;
  /** `default`: nobody chose; `company`: the company's; `own`: the person's. */
  readonly source: 'default' | 'company' | 'own';
  /** Who chose it; undefined: nobody, or it was not kept. */
  readonly origin: Origin | undefined;
  /** The company's gate is off, so that the person's own side changes nothing. */
  readonly lockedBy: 'company' | undefined;
  readonly company: SettingValue;
  /** The person's own side; null: they chose none; undefined: the company is asked about, or has this alone. */
  readonly own: SettingValue | undefined;
  /** Of a user who is the value. */
  readonly userName: string | undefined;
}

/** The value that counts. Refuses (UserError, 404) nobody of this company. */
export const effective = async <Key extends SettingKey>(
  deps: Deps,
  subject: Subject,
  key: Key,
): Promise<ValueOf<Key>> => (await why(deps, subject, key)).value as ValueOf<Key>;

/** The value that counts, where it comes from, and who set it when. Refuses (UserError, 404) nobody of this company. */
export async function why(deps: Deps, subject: Subject, key: SettingKey): Promise<SettingWhy> {
  const one = (await whyAll(deps, subject)).find((setting) => setting.key === key);
  if (!one) throw new Error(`no setting ${key}`);
  return one;
}

/** Every setting, in the order of CONTRACT.md §8. Refuses (UserError, 404) nobody of this company. */
export async function whyAll(deps: Deps, subject: Subject): Promise<readonly SettingWhy[]> {
  const found = await findSettings(deps.db, subject.tenantId, subject.userId);
  if (!found) throw new UserError((words) => words.chat.noSuchPerson, 404);
  return settings.map((setting) => whyOf(setting, subject, found));
}

function whyOf(
  setting: Setting & { readonly key: SettingKey },
  { tenantId, userId }: Subject,
  { tenant, own, origins, people }: FoundSettings,
): SettingWhy {
  const { key, kind, column, type } = setting;
  const sides = { company: tenant[column] ?? null, own: kind === 'tenant' ? undefined : own?.[column] };
  const companyOrigin = origins.get(originKey(tenantId, key));
  const ownOrigin = userId === undefined ? undefined : origins.get(originKey(userId, key));
  const isLocked = kind === 'gate' && own !== undefined && sides.company === false;
  // An open gate is the person's own choice only where they are known to have chosen.
  const isOwn = isOwnCounting(kind, sides) || (kind === 'gate' && !isLocked && ownOrigin !== undefined);
  const value = countingValue(kind, sides);
  const chosen = companyOrigin !== undefined || !isSame(sides.company, setting.default);
  return {
    ...{ key, setting, value },
    text: type.show(value, (id) => people.get(id)?.email ?? ''),
    source: isOwn ? 'own' : chosen ? 'company' : 'default',
    origin: isOwn ? ownOrigin : companyOrigin,
    lockedBy: isLocked ? 'company' : undefined,
    ...sides,
    userName: type.control.kind === 'person' && value !== null ? (people.get(String(value))?.name ?? '') : undefined,
  };
}
