import { frenchUntil } from '../../chat/phrasing.js';

/** English words of a company that is closed now. */
export const en = {
  what: 'Close the company for now; callers hear it',
  example: 'closed until 14:00 snow',
  openWhat: 'Open the company again',
  openExample: 'open',
  title: 'The company is closed',
  openTitle: 'The company is open',
  isOpen: 'Calls go their usual way.',
  howTo: 'Type how long and why: “closed until 14:00 snow”. Callers hear it, and it ends by itself.',
  closedUntil: (until: string) => `Closed until ${until}`,
  closedOpenEnded: 'Closed until somebody opens it',
  callersHear: 'Callers hear',
  since: 'Since',
  closeOpenEnded: 'Close until opened',
  closeToday: 'Close for today',
  open: 'Open again',
  opened: 'The company is open again.',
  wasOpen: 'The company was not closed.',
  mailboxes: 'Nothing rings. Callers may leave a message.',
  hangsUp: 'Nothing rings, and the call ends after that.',

  // What callers hear.
  announce: (company: string) => `${company} is closed at the moment.`,
  announceUntil: (company: string, until: string) => `${company} is closed until ${until}.`,
  announceAsk: 'You may leave somebody a message.',
  goodbye: 'Please call again later. Goodbye.',

  // Refusals.
  noteTooLong: (most: number) => `Say it in at most ${most} characters: callers listen to all of it.`,
  notInFuture: 'This time is over. Say until when the company is closed: “closed until 14:00”.',
  notLater: 'This closes the company from now on. For a day to come, add it to the holidays in the company’s settings.',
};

/** French words of the same. */
export const fr: typeof en = {
  what: 'Fermer l’entreprise pour le moment ; on l’entend au téléphone',
  example: 'fermé jusqu’à 14 h neige',
  openWhat: 'Rouvrir l’entreprise',
  openExample: 'ouvert',
  title: 'L’entreprise est fermée',
  openTitle: 'L’entreprise est ouverte',
  isOpen: 'Les appels suivent leur chemin habituel.',
  howTo:
    'Écrivez jusqu’à quand et pourquoi : « fermé jusqu’à 14 h neige ». On l’entend au téléphone, et cela se termine tout seul.',
  closedUntil: (until) => `Fermée ${frenchUntil(until)}`,
  closedOpenEnded: 'Fermée jusqu’à la réouverture',
  callersHear: 'Au téléphone on entend',
  since: 'Depuis',
  closeOpenEnded: 'Fermer sans fin',
  closeToday: 'Fermer aujourd’hui',
  open: 'Rouvrir',
  opened: 'L’entreprise est de nouveau ouverte.',
  wasOpen: 'L’entreprise n’était pas fermée.',
  mailboxes: 'Rien ne sonne. On peut laisser un message.',
  hangsUp: 'Rien ne sonne, et l’appel se termine ensuite.',

  announce: (company) => `Les bureaux de ${company} sont fermés pour le moment.`,
  // “Jusqu’au mardi” includes Tuesday, on whose morning they are open.
  announceUntil: (company, until) => `Les bureaux de ${company} sont fermés. Ils rouvrent le ${until}.`,
  announceAsk: 'Vous pouvez laisser un message à quelqu’un.',
  goodbye: 'Veuillez rappeler plus tard. Au revoir.',

  noteTooLong: (most) => `Dites-le en ${most} caractères au plus : au téléphone, on l’écoute en entier.`,
  notInFuture: 'Cette heure est passée. Dites jusqu’à quand l’entreprise est fermée : « fermé jusqu’à 14 h ».',
  notLater:
    'Ceci ferme l’entreprise dès maintenant. Pour un jour à venir, ajoutez-le aux jours fériés dans les réglages de l’entreprise.',
};

declare module '../../chat/words.js' {
  interface Words {
    readonly closure: typeof en;
  }
}
