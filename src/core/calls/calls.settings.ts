import { defineSetting } from '../settings/setting.js';
import { agentTemplate, holidays, numbers, openingHours, user, wholeNumber, yesNo } from '../settings/value-types.js';

/** Settings of how calls are answered. */
export const callSettings = [
  defineSetting({
    key: 'hours',
    kind: 'override',
    group: 'calls',
    type: openingHours,
    default: '',
    words: {
      en: {
        label: 'Opening hours',
        hint: 'Outside them phones still ring; who is not answered hears that the company is closed.',
      },
      fr: {
        label: 'Heures d’ouverture',
        hint: 'En dehors, les téléphones sonnent quand même ; sans réponse, on entend que l’entreprise est fermée.',
      },
    },
  }),
  defineSetting({
    key: 'holidays',
    kind: 'tenant',
    group: 'calls',
    type: holidays,
    default: [],
    words: {
      en: {
        label: 'Holidays',
        hint: 'Days on which the company is closed, or a country whose public holidays count, or both.',
      },
      fr: {
        label: 'Jours fériés',
        hint: 'Les jours où l’entreprise est fermée, ou un pays dont les jours fériés comptent, ou les deux.',
      },
    },
  }),
  defineSetting({
    key: 'personalQueue',
    kind: 'override',
    group: 'calls',
    type: yesNo,
    default: false,
    words: {
      en: {
        label: 'Callers may wait',
        hint: 'While the person is on a call, callers may wait instead of going to the backup.',
      },
      fr: {
        label: 'On peut patienter',
        hint: 'Pendant que la personne est en ligne, on peut patienter au lieu d’être transféré au suppléant.',
      },
    },
  }),
  defineSetting({
    key: 'queueSeconds',
    kind: 'override',
    group: 'calls',
    type: wholeNumber(10, 600),
    default: 120,
    words: {
      en: { label: 'Longest wait, in seconds', hint: 'After that the call goes on, as if nobody had answered.' },
      fr: { label: 'Attente maximale, en secondes', hint: 'Ensuite, l’appel continue comme sans réponse.' },
    },
  }),
  defineSetting({
    key: 'speech',
    kind: 'tenant',
    group: 'calls',
    type: yesNo,
    default: true,
    column: 'speechEnabled',
    words: {
      en: { label: 'Callers may speak', hint: 'Callers may say a name or a number; keys always work too.' },
      fr: {
        label: 'Reconnaissance vocale',
        hint: 'On peut dire un nom ou un numéro ; les touches fonctionnent toujours.',
      },
    },
  }),
  defineSetting({
    key: 'ringSeconds',
    kind: 'tenant',
    group: 'calls',
    type: wholeNumber(5, 60),
    default: 20,
    words: {
      en: { label: 'Ringing, in seconds', hint: 'How long a phone rings before the call goes on.' },
      fr: { label: 'Sonnerie, en secondes', hint: 'Combien de temps un téléphone sonne avant que l’appel continue.' },
    },
  }),
  defineSetting({
    key: 'stalePresenceMinutes',
    kind: 'tenant',
    group: 'calls',
    type: wholeNumber(5, 1440),
    default: 480,
    words: {
      en: { label: 'Presence counts for, in minutes', hint: 'An agent whose presence is older counts as signed out.' },
      fr: {
        label: 'Validité de la présence, en minutes',
        hint: 'Un agent dont la présence est plus ancienne compte comme déconnecté.',
      },
    },
  }),
  defineSetting({
    key: 'operator',
    kind: 'tenant',
    group: 'calls',
    type: user,
    default: null,
    column: 'operatorId',
    words: {
      en: { label: 'Operator', hint: 'Who gets callers that could not be understood three times.' },
      fr: { label: 'Réception', hint: 'La personne qui reçoit les appels restés incompris trois fois.' },
    },
  }),
  defineSetting({
    key: 'generalMailbox',
    kind: 'tenant',
    group: 'voicemail',
    type: user,
    default: null,
    column: 'generalMailboxId',
    words: {
      en: { label: 'General mailbox', hint: 'Gets callers where there is no operator.' },
      fr: { label: 'Messagerie vocale générale', hint: 'Elle reçoit les appels s’il n’y a pas de réception.' },
    },
  }),
  defineSetting({
    key: 'deskPhones',
    kind: 'tenant',
    group: 'calls',
    type: yesNo,
    default: false,
    words: {
      en: {
        label: 'Desk phones',
        hint: 'Extensions are phones that the company’s own switch can ring: that of somebody without a personal number rings.',
      },
      fr: {
        label: 'Téléphones de bureau',
        hint: 'Les postes sont des téléphones que le central de l’entreprise peut faire sonner : celui d’une personne sans numéro personnel sonne.',
      },
    },
  }),
  defineSetting({
    key: 'otherLanguageNumbers',
    kind: 'tenant',
    group: 'calls',
    type: numbers,
    default: [],
    words: {
      en: {
        label: 'Numbers in the other language',
        hint: 'Main numbers at which callers are greeted in French where the company speaks English, and the other way round.',
      },
      fr: {
        label: 'Numéros dans l’autre langue',
        hint: 'Les numéros principaux où l’accueil est en anglais si l’entreprise parle français, et inversement.',
      },
    },
  }),
  defineSetting({
    key: 'blockWithheldNumbers',
    kind: 'tenant',
    group: 'calls',
    type: yesNo,
    default: false,
    words: {
      en: {
        label: 'Refuse withheld numbers',
        hint: 'Callers who hide their number are told that they cannot be put through.',
      },
      fr: {
        label: 'Refuser les numéros masqués',
        hint: 'Une personne qui masque son numéro entend que son appel ne peut pas aboutir.',
      },
    },
  }),
  defineSetting({
    key: 'languageKey',
    kind: 'tenant',
    group: 'calls',
    type: yesNo,
    default: false,
    words: {
      en: { label: 'Language by key', hint: 'Callers are told that 9 changes the language.' },
      fr: { label: 'Langue par touche', hint: 'On annonce que le 9 change de langue.' },
    },
  }),
  defineSetting({
    key: 'agentSipTemplate',
    kind: 'tenant',
    group: 'calls',
    type: agentTemplate,
    default: 'sip:{agentId}@agents.invalid',
    words: {
      en: {
        label: 'Address of agents',
        hint: 'Where the contact centre takes calls: a SIP address, or a number such as +1514555{agentId}. {agentId} stands for the agent’s id.',
      },
      fr: {
        label: 'Adresse des agents',
        hint: 'Où le centre de contact prend les appels : une adresse SIP, ou un numéro comme +1514555{agentId}. {agentId} tient lieu de l’identifiant de l’agent.',
      },
    },
  }),
] as const;
