import { locales } from '../chat/phrasing.js';
import { notificationTypes } from '../people/person.js';
import { editions } from '../tenants/edition.js';
import {
  countries,
  country,
  defineSetting,
  numbers,
  oneOf,
  type Setting,
  sipTemplate,
  timeZone,
  user,
  wholeNumber,
  yesNo,
} from './setting.js';

/** Every setting whose feature exists; the keys of CONTRACT.md §8, in its order. A new one is a line here and a column. */
export const settings = [
  defineSetting({ key: 'enabled', kind: 'tenant', type: yesNo, default: true }),
  defineSetting({
    key: 'edition',
    kind: 'tenant',
    type: oneOf(editions),
    default: 'attendant_plus',
  }),
  defineSetting({ key: 'language', kind: 'override', type: oneOf(locales), default: 'en' }),
  defineSetting({ key: 'timeZone', kind: 'override', type: timeZone, default: 'America/Toronto' }),
  defineSetting({
    key: 'notificationType',
    kind: 'override',
    type: oneOf(notificationTypes),
    default: 'app_only',
  }),
  defineSetting({ key: 'directVoicemailTransfer', kind: 'override', type: yesNo, default: false, plus: true }),
  defineSetting({
    key: 'forwarding',
    kind: 'gate',
    type: yesNo,
    default: true,
    plus: true,
    column: 'forwardingAllowed',
  }),
  defineSetting({ key: 'appAccess', kind: 'gate', type: yesNo, default: true, column: 'appAllowed' }),
  defineSetting({
    key: 'downloads',
    kind: 'tenant',
    type: yesNo,
    default: true,
    plus: true,
    column: 'downloadsAllowed',
  }),
  defineSetting({ key: 'outOfOffice', kind: 'tenant', type: yesNo, default: true, column: 'outOfOfficeEnabled' }),
  defineSetting({ key: 'impersonationNotice', kind: 'tenant', type: yesNo, default: true }),
  defineSetting({ key: 'backupCountsAtOnce', kind: 'tenant', type: yesNo, default: true }),
  defineSetting({ key: 'speech', kind: 'tenant', type: yesNo, default: true, column: 'speechEnabled' }),
  defineSetting({ key: 'openLinks', kind: 'tenant', type: yesNo, default: true, plus: true }),
  defineSetting({ key: 'ringSeconds', kind: 'tenant', type: wholeNumber(5, 60), default: 20 }),
  defineSetting({ key: 'stalePresenceMinutes', kind: 'tenant', type: wholeNumber(5, 1440), default: 480 }),
  defineSetting({ key: 'mainNumbers', kind: 'tenant', type: numbers, default: [] }),
  defineSetting({ key: 'country', kind: 'tenant', type: country, default: 'CA' }),
  defineSetting({ key: 'allowedCountries', kind: 'tenant', type: countries, default: [] }),
  defineSetting({ key: 'operator', kind: 'tenant', type: user, default: null, column: 'operatorId' }),
  defineSetting({ key: 'generalMailbox', kind: 'tenant', type: user, default: null, column: 'generalMailboxId' }),
  defineSetting({
    key: 'agentSipTemplate',
    kind: 'tenant',
    type: sipTemplate,
    default: 'sip:{agentId}@agents.invalid',
  }),
] as const satisfies readonly Setting[];

export type SettingKey = (typeof settings)[number]['key'];

/** The setting of this name; undefined: there is none. */
export const settingOf = (key: string): (typeof settings)[number] | undefined =>
  settings.find((setting) => setting.key === key);
