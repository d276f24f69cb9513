import { createHash } from 'node:crypto';
import type { SettingValue } from './setting.js';
import { type SettingKey, settingOf } from './settings.js';

/*
 * A form carries fingerprints of the values it showed, so that a save finds out which of them somebody else has changed
 * since. Values themselves would not fit into what a platform carries.
 */

/** The fingerprints of the values that were shown, by key. */
export type SeenValues = ReadonlyMap<SettingKey, string>;

/** Equal for equal values; too short to be anything but a comparison. */
export const fingerprintOf = (value: SettingValue): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 8);

/** As a form carries it: `hours=Xk3f9a0B language=…`. */
export const seenText = (values: readonly (readonly [SettingKey, SettingValue])[]): string =>
  values.map(([key, value]) => `${key}=${fingerprintOf(value)}`).join(' ');

/** What a form carried. Whatever is no fingerprint of a setting is left out: then nothing was seen of it. */
export function readSeen(carried: string | undefined): SeenValues {
  const seen = new Map<SettingKey, string>();
  for (const part of (carried ?? '').split(' ')) {
    const [name = '', fingerprint = ''] = part.split('=');
    const setting = settingOf(name);
    if (setting && /^[\w-]{8}$/.test(fingerprint)) seen.set(setting.key, fingerprint);
  }
  return seen;
}
