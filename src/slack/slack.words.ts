import type { Locale } from '../core/chat/phrasing.js';

/** Texts that only Slack shows, about windows that close too soon. */
const en = {
  yes: 'Yes',
  openForm: 'Open the form',
  formReady: (title: string) => `${title}: your form is ready.`,
  working: 'Working on it…',
  done: 'Done.',
  close: 'Close',
  search: 'Type a name',
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
  fileAway: 'Ce fichier n’a pas pu être lu dans Slack. Choisissez-le de nouveau.',
  stillLooking: 'Un instant. Tapez une lettre de plus.',
};

/** Slack's own texts in a language. */
export const slackWords = (locale: Locale): typeof en => (locale === 'fr' ? fr : en);
