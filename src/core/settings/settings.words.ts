/** English words of the settings. */
export const en = {
  refused: (key: string, why: string) => `${key}: ${why}`,
  oneOf: (options: readonly string[]) => `Use one of ${options.join(', ')}.`,
  between: (from: number, to: number) => `Use a whole number from ${from} to ${to}.`,
  timeZone: 'Use a time zone such as America/Toronto.',
  country: 'Use the two letters of a country, such as CA.',
  number: (typed: string) => `“${typed}” is no phone number. Use +14165550100, with commas between several.`,
  numberTaken: (number: string) => `${number} belongs to somebody else. Take another one.`,
  nobody: (typed: string) => `There is nobody with access who has the e-mail address ${typed}.`,
  sipTemplate: 'Use a SIP address with {agentId} in it, such as sip:{agentId}@contact-centre.example.',
  companyOnly: (key: string) => `${key} is the company’s alone: leave out the person.`,
  notThisEdition: (key: string) => `${key} is not part of your company’s edition of Attendant.`,
};

/** French words of the settings. */
export const fr: typeof en = {
  refused: (key, why) => `${key} : ${why}`,
  oneOf: (options) => `Utilisez l’une de ces valeurs : ${options.join(', ')}.`,
  between: (from, to) => `Utilisez un nombre entier de ${from} à ${to}.`,
  timeZone: 'Utilisez un fuseau horaire comme America/Toronto.',
  country: 'Utilisez les deux lettres d’un pays, comme CA.',
  number: (typed) =>
    `« ${typed} » n’est pas un numéro de téléphone. Écrivez +14165550100, avec des virgules s’il y en a plusieurs.`,
  numberTaken: (number) => `${number} appartient déjà à quelqu’un. Prenez-en un autre.`,
  nobody: (typed) => `Personne ayant accès n’a l’adresse courriel ${typed}.`,
  sipTemplate: 'Utilisez une adresse SIP qui contient {agentId}, comme sip:{agentId}@centre.example.',
  companyOnly: (key) => `${key} ne vaut que pour l’entreprise : ne nommez personne.`,
  notThisEdition: (key) => `${key} ne fait pas partie de l’édition d’Attendant de votre entreprise.`,
};

declare module '../chat/words.js' {
  interface Words {
    readonly settings: typeof en;
  }
}
