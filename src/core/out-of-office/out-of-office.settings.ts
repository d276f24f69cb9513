import { defineSetting } from '../settings/setting.js';
import { yesNo } from '../settings/value-types.js';

/** Settings of absences. */
export const outOfOfficeSettings = [
  defineSetting({
    key: 'outOfOffice',
    kind: 'tenant',
    group: 'outOfOffice',
    type: yesNo,
    default: true,
    column: 'outOfOfficeEnabled',
    words: {
      en: { label: 'Out of office', hint: 'May people set themselves out of office? Off, no absence counts.' },
      fr: {
        label: 'Absence du bureau',
        hint: 'Peut-on se déclarer absent du bureau ? Sinon, aucune absence ne compte.',
      },
    },
  }),
  defineSetting({
    key: 'backupCountsAtOnce',
    kind: 'tenant',
    group: 'outOfOffice',
    type: yesNo,
    default: true,
    words: {
      en: { label: 'A backup counts at once', hint: 'Off, calls go to a backup only after they accepted.' },
      fr: {
        label: 'Le suppléant compte tout de suite',
        hint: 'Sinon, les appels ne vont au suppléant qu’une fois son accord donné.',
      },
    },
  }),
] as const;
