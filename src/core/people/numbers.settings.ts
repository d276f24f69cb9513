import { defineSetting } from '../settings/setting.js';
import { choice, countries, extensionRange, numbers } from '../settings/value-types.js';

/** Settings of the numbers of a company and of its people. */
export const numberSettings = [
  defineSetting({
    key: 'allowedCountries',
    kind: 'tenant',
    group: 'numbers',
    type: countries,
    default: [],
    words: {
      en: {
        label: 'Countries calls may go to',
        hint: 'Where personal numbers and destinations may be. Canada and the United States stand for each other.',
      },
      fr: {
        label: 'Pays où les appels peuvent aller',
        hint: 'Où peuvent se trouver les numéros personnels et les destinations. Le Canada et les États-Unis valent l’un pour l’autre.',
      },
    },
  }),
  defineSetting({
    key: 'mainNumbers',
    kind: 'tenant',
    group: 'numbers',
    type: numbers,
    default: [],
    words: {
      en: { label: 'Main numbers', hint: 'Numbers that reach the company greeting.' },
      fr: { label: 'Numéros principaux', hint: 'Les numéros qui mènent à l’accueil de l’entreprise.' },
    },
  }),
  defineSetting({
    key: 'extensionRange',
    kind: 'tenant',
    group: 'numbers',
    type: extensionRange,
    default: '200-899',
    words: {
      en: { label: 'Extensions to give out', hint: 'An automatic extension is the lowest free one in this range.' },
      fr: {
        label: 'Postes à attribuer',
        hint: 'Un poste automatique est le plus petit qui est libre dans cette plage.',
      },
    },
  }),
  defineSetting({
    key: 'releaseOnDeactivation',
    kind: 'tenant',
    group: 'numbers',
    type: choice({
      none: { en: 'Neither', fr: 'Ni l’un ni l’autre' },
      extension: { en: 'The extension', fr: 'Le poste' },
      did: { en: 'The direct number', fr: 'Le numéro direct' },
      both: { en: 'Both', fr: 'Les deux' },
    }),
    default: 'none',
    words: {
      en: {
        label: 'Released on deactivation',
        hint: 'What somebody who loses access gives back. A released number rests 30 days.',
      },
      fr: {
        label: 'Libéré à la désactivation',
        hint: 'Ce que rend une personne qui perd son accès. Un numéro libéré repose 30 jours.',
      },
    },
  }),
] as const;
