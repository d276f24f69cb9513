import type { Edition } from '../tenants/edition.js';
import { defineSetting, type InBoth } from './setting.js';
import { choice, country, timeZone, yesNo } from './value-types.js';

/** What a company is, and how its people are spoken to. */
export const companySettings = [
  defineSetting({
    key: 'enabled',
    kind: 'tenant',
    group: 'company',
    type: yesNo,
    default: true,
    words: {
      en: {
        label: 'Attendant is on',
        hint: 'When off, nobody can use Attendant, and calls end as “Calls while off” says. Nothing is lost.',
      },
      fr: {
        label: 'Attendant est actif',
        hint: 'Inactif, personne ne peut utiliser Attendant, et les appels finissent comme le disent les « Appels si inactif ». Rien n’est perdu.',
      },
    },
  }),
  defineSetting({
    key: 'edition',
    kind: 'tenant',
    group: 'company',
    type: choice({
      attendant: { en: 'Attendant', fr: 'Attendant' },
      attendant_plus: { en: 'Attendant Plus, with voicemail', fr: 'Attendant Plus, avec messagerie vocale' },
    } satisfies Readonly<Record<Edition, InBoth>>),
    default: 'attendant_plus',
    words: {
      en: {
        label: 'Edition',
        hint: 'Without Plus a call ends as a missed call. Messages and settings are kept and come back with Plus.',
      },
      fr: {
        label: 'Édition',
        hint: 'Sans Plus, un appel finit en appel manqué. Les messages et les réglages sont conservés et reviennent avec Plus.',
      },
    },
  }),
  defineSetting({
    key: 'appAccess',
    kind: 'gate',
    group: 'company',
    type: yesNo,
    default: true,
    column: 'appAllowed',
    chosenBy: 'admins',
    words: {
      en: {
        label: 'Access to the app',
        hint: 'May people use Attendant in chat and on the web? Calls and e-mail go on without it.',
      },
      fr: {
        label: 'Accès à l’application',
        hint: 'Peut-on utiliser Attendant dans le clavardage et sur le web ? Les appels et les courriels continuent sans cela.',
      },
    },
  }),
  defineSetting({
    key: 'language',
    kind: 'override',
    group: 'numbers',
    type: choice({ en: { en: 'English', fr: 'Anglais' }, fr: { en: 'French', fr: 'Français' } }),
    default: 'en',
    words: {
      en: { label: 'Language', hint: 'For callers, for e-mail, and where the chat platform tells no language.' },
      fr: {
        label: 'Langue',
        hint: 'Pour les appels, les courriels, et là où la plateforme de clavardage n’indique aucune langue.',
      },
    },
  }),
  defineSetting({
    key: 'timeZone',
    kind: 'override',
    group: 'numbers',
    type: timeZone,
    default: 'America/Toronto',
    words: {
      en: { label: 'Time zone', hint: 'In which days begin and end, and times are read.' },
      fr: {
        label: 'Fuseau horaire',
        hint: 'Celui dans lequel les jours commencent et finissent et les heures se lisent.',
      },
    },
  }),
  defineSetting({
    key: 'country',
    kind: 'tenant',
    group: 'numbers',
    type: country,
    default: 'CA',
    words: {
      en: { label: 'Country', hint: 'Whose phone numbers may be written in national form.' },
      fr: { label: 'Pays', hint: 'Celui dont les numéros de téléphone s’écrivent sous leur forme nationale.' },
    },
  }),
] as const;
