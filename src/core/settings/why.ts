import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId, UserId } from '../ids.js';
import type { Setting, SettingValue } from './setting.js';
import { type SettingKey, settings } from './settings.js';
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
  readonly kind: Setting['kind'];
  readonly value: SettingValue;
  /** The value as CONTRACT.md §8 writes it. */
  readonly text: string;
  /** `default`: nobody chose; `company`: the company's; `own`: the person's. */
  readonly source: 'default' | 'company' | 'own';
  /** Who chose it; undefined: nobody, or it was not kept. */
  readonly origin: Origin | undefined;
  /** The company's gate is off, so that the person's own side changes nothing. */
  readonly lockedBy: 'company' | undefined;
}

/** The value that counts. Refuses (UserError, 404) nobody of this company. */
export const effective = async (deps: Deps, subject: Subject, key: SettingKey): Promise<SettingValue> =>
  (await why(deps, subject, key)).value;

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
  { tenant, own, origins, emails }: FoundSettings,
): SettingWhy {
  const { key, kind, column, type } = setting;
  const companys = tenant[column] ?? null;
  const owns = kind === 'tenant' ? undefined : own?.[column];
  const companyOrigin = origins.get(originKey(tenantId, key));
  const ownOrigin = userId === undefined ? undefined : origins.get(originKey(userId, key));
  const isLocked = kind === 'gate' && own !== undefined && companys === false;
  const isOwn =
    !isLocked &&
    (kind === 'override' ? owns != null : owns !== undefined && (owns === false || ownOrigin !== undefined));
  const value = isOwn ? (owns ?? null) : companys;
  const chosen = companyOrigin !== undefined || !isSame(companys, setting.default);
  return {
    ...{ key, kind, value },
    text: type.show(value, (id) => emails.get(id) ?? ''),
    source: isOwn ? 'own' : chosen ? 'company' : 'default',
    origin: isOwn ? ownOrigin : companyOrigin,
    lockedBy: isLocked ? 'company' : undefined,
  };
}

export const isSame = (a: SettingValue, b: SettingValue): boolean => JSON.stringify(a) === JSON.stringify(b);
