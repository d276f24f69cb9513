import { callSettings } from '../calls/calls.settings.js';
import { impersonationSettings } from '../impersonation/impersonation.settings.js';
import { noticeSettings } from '../notices/notices.settings.js';
import { outOfOfficeSettings } from '../out-of-office/out-of-office.settings.js';
import { numberSettings } from '../people/numbers.settings.js';
import { callsWhileOffSettings } from '../routing/calls-while-off.settings.js';
import { voicemailSettings } from '../voicemail/voicemail.settings.js';
import { companySettings } from './company.settings.js';
import type { Kind, Setting, SettingType } from './setting.js';

/** Every setting: the keys of CONTRACT.md §8, declared beside their features. Each is a column as well. */
export const settings = [
  ...companySettings,
  ...numberSettings,
  ...callsWhileOffSettings,
  ...callSettings,
  ...outOfOfficeSettings,
  ...noticeSettings,
  ...voicemailSettings,
  ...impersonationSettings,
] as const satisfies readonly Setting[];

type Declared = (typeof settings)[number];

export type SettingKey = Declared['key'];

/** The keys of one kind. */
export type KeyOf<HowDecided extends Kind> = Extract<Declared, { readonly kind: HowDecided }>['key'];

/** What a setting's value is. */
export type ValueOf<Key extends SettingKey> =
  Extract<Declared, { readonly key: Key }>['type'] extends SettingType<infer Value> ? Value : never;

const byKey: ReadonlyMap<string, Declared> = new Map(settings.map((setting) => [setting.key, setting]));

/** The setting of this name; undefined: there is none. */
export const settingOf = (key: string): Declared | undefined => byKey.get(key);

/** A declared setting. */
export function settingNamed(key: SettingKey): Setting & { readonly key: SettingKey } {
  const setting = byKey.get(key);
  if (!setting) throw new Error(`no setting ${key}`);
  return setting;
}
