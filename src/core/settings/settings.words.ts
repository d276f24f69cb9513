/** English words of the settings. */
export const en = {
  /** Of what is said in both languages. */
  ofBoth: <Text>(both: { readonly en: Text; readonly fr: Text }): Text => both.en,
  refused: (label: string, key: string, why: string) => `${label} (${key}): ${why}`,
  oneOf: (options: readonly string[]) => `Use one of ${options.join(', ')}.`,
  between: (from: number, to: number) => `Use a whole number from ${from} to ${to}.`,
  tooLong: (most: number) => `Use ${most} characters at most.`,
  timeZone: 'Use a time zone such as America/Toronto.',
  openingHours: 'Use days and times such as “Mo-Fr 09:00-17:00; Sa 10:00-14:00”, or nothing for always open.',
  timeSpan: 'Use two times such as 22:00-07:00, or nothing for never.',
  holidays: (typed: string) =>
    `“${typed}” is no holiday. Use days such as 2026-12-24, the two letters of a country, or both.`,
  country: 'Use the two letters of a country, such as CA.',
  number: (typed: string) => `“${typed}” is no phone number. Use +14165550100, with commas between several.`,
  numberTaken: (number: string) => `${number} leads somewhere else already. Take another one.`,
  extensionRange: 'Use the first and the last extension, of one length, such as 200-899.',
  nobody: (typed: string) => `There is nobody with access who has the e-mail address, extension or number “${typed}”.`,
  sipTemplate: 'Use a SIP address with {agentId} in it, such as sip:{agentId}@contact-centre.example.',
  companyOnly: 'This is the company’s alone: leave out the person.',
  notThisEdition: 'This is not part of your company’s edition of Attendant.',
};

/** What refuses a value, and what a switch says. */
export type SettingWords = typeof en;

/** French words of the settings. */
export const fr: SettingWords = {
  ofBoth: (both) => both.fr,
  refused: (label, key, why) => `${label} (${key}) : ${why}`,
  oneOf: (options) => `Utilisez l’une de ces valeurs : ${options.join(', ')}.`,
  between: (from, to) => `Utilisez un nombre entier de ${from} à ${to}.`,
  tooLong: (most) => `Utilisez au plus ${most} caractères.`,
  timeZone: 'Utilisez un fuseau horaire comme America/Toronto.',
  openingHours:
    'Utilisez des jours et des heures comme « Mo-Fr 09:00-17:00; Sa 10:00-14:00 », ou rien pour « toujours ouvert ».',
  timeSpan: 'Utilisez deux heures comme 22:00-07:00, ou rien pour « jamais ».',
  holidays: (typed) =>
    `« ${typed} » n’est pas un jour férié. Utilisez des jours comme 2026-12-24, les deux lettres d’un pays, ou les deux.`,
  country: 'Utilisez les deux lettres d’un pays, comme CA.',
  number: (typed) =>
    `« ${typed} » n’est pas un numéro de téléphone. Écrivez +14165550100, avec des virgules s’il y en a plusieurs.`,
  numberTaken: (number) => `${number} mène déjà ailleurs. Prenez-en un autre.`,
  extensionRange: 'Utilisez le premier et le dernier poste, de même longueur, comme 200-899.',
  nobody: (typed) => `Personne ayant accès n’a l’adresse courriel, le poste ou le numéro « ${typed} ».`,
  sipTemplate: 'Utilisez une adresse SIP qui contient {agentId}, comme sip:{agentId}@centre.example.',
  companyOnly: 'Cela ne vaut que pour l’entreprise : ne nommez personne.',
  notThisEdition: 'Cela ne fait pas partie de l’édition d’Attendant de votre entreprise.',
};

declare module '../chat/words.js' {
  interface Words {
    readonly settings: typeof en;
  }
}
