import * as outOfOffice from '../out-of-office/out-of-office.words.js';
import * as people from '../people/people.words.js';

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
    `“${typed}” is no holiday. Use days such as 2026-12-24, a country such as CA, a province such as CA-QC, or several.`,
  country: 'Use the two letters of a country, such as CA.',
  number: (typed: string) => `“${typed}” is no phone number. Use +14165550100, with commas between several.`,
  numberTaken: (number: string) => `${number} leads somewhere else already. Take another one.`,
  extensionRange: 'Use the first and the last extension, of one length, such as 200-899.',
  nobody: (typed: string) => `There is nobody with access who has the e-mail address, extension or number “${typed}”.`,
  agentTemplate:
    'Use a SIP address or an international number with {agentId} in it, such as sip:{agentId}@contact-centre.example or +1514555{agentId}.',
  agentNumber: (id: string, number: string) =>
    `The agent id ${id} makes the number ${number}, which calls may not go to. Correct the number, or the agent’s id first.`,
  companyOnly: 'This is the company’s alone: leave out the person.',
  adminsOnly: 'Only an Attendant admin can change this.',
  deadMailbox: people.en.deadMailbox,
  deadMailboxes: people.en.deadMailboxes,
  destination: outOfOffice.en.problems,
  lockedByCompany: 'Your company has locked this.',
  notThisEdition: 'This is not part of your company’s edition of Attendant.',

  help: 'Your settings: calls, notices, language',
  helpExample: 'settings',
  title: 'Your settings',
  titleCompany: 'Company settings',
  button: 'Settings',
  change: (group: string) => `Change ${group.toLowerCase()}`,
  yes: 'Yes',
  no: 'No',
  nothing: 'None',
  companyValue: (value: string) => `As the company has it (${value})`,
  emptyIsCompanys: (value: string) => `Empty: as the company has it (${value}).`,
  emptyMeans: (word: string, means: string) => `${word}: ${means}.`,
  empty: 'Empty',
  example: (value: string) => `For example “${value}”.`,
  sourceLabel: 'Where it comes from',
  source: { default: 'Default', company: 'Company’s choice', own: 'Your own choice', locked: 'Locked by the company' },
  actedAs: (admin: string, person: string) => `${admin} as ${person}`,
  onCommandLine: 'command line',
  byInstallation: 'Attendant itself',
  saved: (values: string) => `Saved. ${values}`,
  unchanged: 'It was so already. Nothing was changed.',
  stale: 'While you had this open, others changed it. Nothing is saved yet. Look at it, then save again.',
  changedMeanwhile: (value: string, by: string) => `Meanwhile changed to ${value} (${by}).`,
  keepYours: 'Save again to replace it with yours.',
  mustHaveAccess: (name: string) => `${name} has no access to Attendant. Choose somebody who has.`,
  companyOff: 'Attendant is switched off for your company. Nobody can use it, and nothing is lost.',
  appClosed: 'Your company has closed the app to everybody. Calls and e-mail go on without it.',
  switchOn: 'Switch Attendant on',
  openApp: 'Open the app again',
  isOnAgain: 'Attendant is on.',
  isOpenAgain: 'The app is open.',
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
    `« ${typed} » n’est pas un jour férié. Utilisez des jours comme 2026-12-24, un pays comme CA, une province comme CA-QC, ou plusieurs.`,
  country: 'Utilisez les deux lettres d’un pays, comme CA.',
  number: (typed) =>
    `« ${typed} » n’est pas un numéro de téléphone. Écrivez +14165550100, avec des virgules s’il y en a plusieurs.`,
  numberTaken: (number) => `${number} mène déjà ailleurs. Prenez-en un autre.`,
  extensionRange: 'Utilisez le premier et le dernier poste, de même longueur, comme 200-899.',
  nobody: (typed) => `Personne ayant accès n’a l’adresse courriel, le poste ou le numéro « ${typed} ».`,
  agentTemplate:
    'Utilisez une adresse SIP ou un numéro international qui contient {agentId}, comme sip:{agentId}@centre.example ou +1514555{agentId}.',
  agentNumber: (id, number) =>
    `L’identifiant d’agent ${id} donne le numéro ${number}, qui est exclu. Corrigez le numéro, ou d’abord l’identifiant de l’agent.`,
  companyOnly: 'Cela ne vaut que pour l’entreprise : ne nommez personne.',
  adminsOnly: 'Seul un admin Attendant peut modifier cela.',
  deadMailbox: people.fr.deadMailbox,
  deadMailboxes: people.fr.deadMailboxes,
  destination: outOfOffice.fr.problems,
  lockedByCompany: 'Votre entreprise a verrouillé ce réglage.',
  notThisEdition: 'Cela ne fait pas partie de l’édition d’Attendant de votre entreprise.',

  help: 'Vos réglages : appels, avis, langue',
  helpExample: 'réglages',
  title: 'Vos réglages',
  titleCompany: 'Réglages d’entreprise',
  button: 'Réglages',
  change: (group) => `Modifier : ${group}`,
  yes: 'Oui',
  no: 'Non',
  nothing: 'Rien',
  companyValue: (value) => `Comme l’entreprise (${value})`,
  emptyIsCompanys: (value) => `Vide : comme l’entreprise (${value}).`,
  emptyMeans: (word, means) => `${word} : ${means}.`,
  empty: 'Vide',
  example: (value) => `Par exemple « ${value} ».`,
  sourceLabel: 'D’où cela vient',
  source: {
    default: 'Par défaut',
    company: 'Choix de l’entreprise',
    own: 'Votre choix',
    locked: 'Verrouillé par l’entreprise',
  },
  actedAs: (admin, person) => `${admin} pour ${person}`,
  onCommandLine: 'ligne de commande',
  byInstallation: 'Attendant',
  saved: (values) => `Enregistré. ${values}`,
  unchanged: 'C’était déjà ainsi. Rien n’a été modifié.',
  stale:
    'D’autres l’ont modifié pendant que ce formulaire était ouvert. Rien n’est encore enregistré. Vérifiez, puis enregistrez de nouveau.',
  changedMeanwhile: (value, by) => `Modifié entre-temps : ${value} (${by}).`,
  keepYours: 'Enregistrez de nouveau pour imposer votre choix.',
  mustHaveAccess: (name) => `${name} n’a pas accès à Attendant. Choisissez quelqu’un qui y a accès.`,
  companyOff: 'Attendant est désactivé pour votre entreprise. Personne ne peut l’utiliser, et rien n’est perdu.',
  appClosed:
    'Votre entreprise a fermé l’application à tout le monde. Les appels et les courriels continuent sans elle.',
  switchOn: 'Activer Attendant',
  openApp: 'Rouvrir l’application',
  isOnAgain: 'Attendant est actif.',
  isOpenAgain: 'L’application est ouverte.',
};

declare module '../chat/words.js' {
  interface Words {
    readonly settings: typeof en;
  }
}
