import type { Locale } from '../core/chat/phrasing.js';

/** What only Slack has to say: about windows that close too soon, and the welcome. */
const en = {
  yes: 'Yes',
  openForm: 'Open the form',
  formReady: (title: string) => `${title}: your form is ready.`,
  working: 'Working on it…',
  done: 'Done.',
  close: 'Close',
  search: 'Type a name',
  welcomeTitle: 'Attendant looks after your calls',
  welcome:
    'While you are away, your callers reach a colleague or your mailbox, and their messages arrive here. Two things to try:',
  welcomeExamples: ['/attendant ooo until Friday 5pm', '/attendant find Bo'],
  welcomeButton: 'Set out of office',
  fileAway: 'That file could not be fetched from Slack. Choose it again.',
  stillLooking: 'This takes a moment. Type one more letter.',
};

const fr: typeof en = {
  yes: 'Oui',
  openForm: 'Ouvrir le formulaire',
  formReady: (title) => `${title} : votre formulaire est prêt.`,
  working: 'Un instant…',
  done: 'C’est fait.',
  close: 'Fermer',
  search: 'Tapez un nom',
  welcomeTitle: 'Attendant s’occupe de vos appels',
  welcome:
    'En votre absence, vos appelants joignent un collègue ou votre messagerie, et leurs messages arrivent ici. Deux choses à essayer :',
  welcomeExamples: ['/attendant absent jusqu’à vendredi 17 h', '/attendant trouver Bo'],
  welcomeButton: 'Activer l’absence',
  fileAway: 'Ce fichier n’a pas pu être lu dans Slack. Choisissez-le de nouveau.',
  stillLooking: 'Un instant. Tapez une lettre de plus.',
};

/** Slack's own words in a language. */
export const slackWords = (locale: Locale): typeof en => (locale === 'fr' ? fr : en);
