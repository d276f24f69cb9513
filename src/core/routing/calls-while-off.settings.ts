import { defineSetting } from '../settings/setting.js';
import { destinationNumber, spokenText } from '../settings/value-types.js';

/** Callers listen to no more. */
const longestAnnouncement = 500;

const usualSentence = {
  en: { word: 'none', means: 'that the number is not in service' },
  fr: { word: 'aucun', means: 'que le numéro n’est pas en service' },
};

/** Settings of calls while Attendant is off for the company (PRODUCT.md §1, Tenant switch). */
export const callsWhileOffSettings = [
  defineSetting({
    key: 'offNumber',
    kind: 'tenant',
    group: 'off',
    type: destinationNumber,
    default: null,
    words: {
      en: {
        label: 'Number that takes the calls',
        hint: 'Rings for every call while Attendant is off. Without one, callers hear the words below.',
      },
      fr: {
        label: 'Numéro qui prend les appels',
        hint: 'Il sonne pour chaque appel pendant qu’Attendant est inactif. Sans numéro, on entend le texte ci-dessous.',
      },
    },
  }),
  defineSetting({
    key: 'offAnnouncementEn',
    kind: 'tenant',
    group: 'off',
    type: spokenText(longestAnnouncement, 'Our office has moved. Please call 416-555-0100.', usualSentence),
    default: '',
    words: {
      en: {
        label: 'What callers hear in English',
        hint: 'Said while Attendant is off and nobody takes the call, before it ends.',
      },
      fr: {
        label: 'Ce qu’on entend en anglais',
        hint: 'Pendant qu’Attendant est inactif et que personne ne prend l’appel, avant la fin de celui-ci.',
      },
    },
  }),
  defineSetting({
    key: 'offAnnouncementFr',
    kind: 'tenant',
    group: 'off',
    type: spokenText(longestAnnouncement, 'Nous avons déménagé. Veuillez appeler le 514 555-0100.', usualSentence),
    default: '',
    words: {
      en: {
        label: 'What callers hear in French',
        hint: 'The same for callers who are spoken to in French.',
      },
      fr: {
        label: 'Ce qu’on entend en français',
        hint: 'De même pour les appels en français.',
      },
    },
  }),
] as const;
