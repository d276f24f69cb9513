/** The sections of the settings forms, in their order. A section with `plus` is shown only in the edition with voicemail. */
export const settingGroups = {
  company: { plus: false, title: { en: 'Company', fr: 'Entreprise' } },
  off: { plus: false, title: { en: 'Calls while off', fr: 'Appels si inactif' } },
  numbers: { plus: false, title: { en: 'Numbers and languages', fr: 'Numéros et langues' } },
  calls: { plus: false, title: { en: 'Calls', fr: 'Appels' } },
  outOfOffice: { plus: false, title: { en: 'Out of office', fr: 'Absence du bureau' } },
  notifications: { plus: false, title: { en: 'Notifications', fr: 'Notifications' } },
  voicemail: { plus: true, title: { en: 'Voicemail management', fr: 'Gestion de la messagerie vocale' } },
  privacy: { plus: false, title: { en: 'Privacy and record', fr: 'Confidentialité et journal' } },
} as const;

export type SettingGroup = keyof typeof settingGroups;
