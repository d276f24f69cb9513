import { defineSetting } from '../settings/setting.js';
import { number, wholeNumber, yesNo } from '../settings/value-types.js';

/** Settings of voicemail. */
export const voicemailSettings = [
  defineSetting({
    key: 'directVoicemailTransfer',
    kind: 'override',
    group: 'voicemail',
    type: yesNo,
    default: false,
    words: {
      en: {
        label: 'Direct transfer to voicemail',
        hint: 'May callers be sent straight to the mailbox of an agent who is signed out?',
      },
      fr: {
        label: 'Transfert direct à la messagerie',
        hint: 'Peut-on envoyer un appel directement à la boîte vocale d’un agent déconnecté ?',
      },
    },
  }),
  defineSetting({
    key: 'urgentAllowed',
    kind: 'override',
    group: 'voicemail',
    type: yesNo,
    default: true,
    words: {
      en: { label: 'Urgent messages', hint: 'May callers mark a message as urgent? It breaks quiet hours.' },
      fr: {
        label: 'Messages urgents',
        hint: 'Peut-on marquer un message comme urgent ? Il passe outre les heures calmes.',
      },
    },
  }),
  defineSetting({
    key: 'muteSilentMessages',
    kind: 'tenant',
    group: 'voicemail',
    type: yesNo,
    default: true,
    words: {
      en: {
        label: 'Hang-ups and silent messages come without a notice',
        hint: 'A caller who hangs up within 3 seconds of the tone, or leaves a message without sound, is only listed.',
      },
      fr: {
        label: 'Raccrochés et messages silencieux sans avis',
        hint: 'Un appel raccroché dans les 3 secondes après le signal, ou un message sans son, figure seulement dans la liste.',
      },
    },
  }),
  defineSetting({
    key: 'transcripts',
    kind: 'gate',
    group: 'voicemail',
    type: yesNo,
    default: true,
    words: {
      en: { label: 'Transcripts', hint: 'Are messages written down by a machine?' },
      fr: { label: 'Transcriptions', hint: 'Les messages sont-ils transcrits par une machine ?' },
    },
  }),
  defineSetting({
    key: 'forwarding',
    kind: 'gate',
    group: 'voicemail',
    type: yesNo,
    default: true,
    column: 'forwardingAllowed',
    words: {
      en: { label: 'Forwarding', hint: 'May messages be forwarded to colleagues?' },
      fr: { label: 'Transfert', hint: 'Peut-on transférer les messages à des collègues ?' },
    },
  }),
  defineSetting({
    key: 'downloads',
    kind: 'tenant',
    group: 'voicemail',
    type: yesNo,
    default: true,
    column: 'downloadsAllowed',
    words: {
      en: { label: 'Downloads', hint: 'May people download their messages?' },
      fr: { label: 'Téléchargement', hint: 'Peut-on télécharger ses messages ?' },
    },
  }),
  defineSetting({
    key: 'openLinks',
    kind: 'tenant',
    group: 'voicemail',
    type: yesNo,
    default: true,
    words: {
      en: {
        label: 'Links play without sign-in',
        hint: 'Does a personal link to a message play at once, or only after signing in?',
      },
      fr: {
        label: 'Écoute par lien sans connexion',
        hint: 'Un lien personnel vers un message le lit-il tout de suite, ou seulement après connexion ?',
      },
    },
  }),
  defineSetting({
    key: 'linkDays',
    kind: 'tenant',
    group: 'voicemail',
    type: wholeNumber(1, 365),
    default: 30,
    words: {
      en: {
        label: 'Links to messages open, in days',
        hint: 'A link is renewed while its message is shown. A shorter time ends older links at once.',
      },
      fr: {
        label: 'Validité des liens vers les messages, en jours',
        hint: 'Un lien est renouvelé quand son message s’affiche. Une durée plus courte met fin aussitôt aux anciens liens.',
      },
    },
  }),
  defineSetting({
    key: 'retentionDays',
    kind: 'tenant',
    group: 'voicemail',
    type: wholeNumber(1, 365),
    default: 30,
    words: {
      en: {
        label: 'Messages are kept, in days',
        hint: 'After that a message is deleted; an unheard one is announced 3 days before.',
      },
      fr: {
        label: 'Conservation des messages, en jours',
        hint: 'Ensuite, un message est supprimé ; s’il n’a pas été écouté, un avis arrive 3 jours avant.',
      },
    },
  }),
  defineSetting({
    key: 'maxMessageSeconds',
    kind: 'tenant',
    group: 'voicemail',
    type: wholeNumber(3, 600),
    default: 180,
    words: {
      en: { label: 'Longest message, in seconds', hint: 'How long a caller may speak.' },
      fr: { label: 'Durée d’un message, en secondes', hint: 'Combien de temps on peut parler.' },
    },
  }),
  defineSetting({
    key: 'maxBoxMinutes',
    kind: 'tenant',
    group: 'voicemail',
    type: wholeNumber(5, 6000),
    default: 300,
    words: {
      en: { label: 'Size of a mailbox, in minutes', hint: 'How much a mailbox holds. Its owner is warned at 80 %.' },
      fr: {
        label: 'Taille d’une boîte vocale, en minutes',
        hint: 'Ce que contient une boîte vocale. Un avis arrive à 80 %.',
      },
    },
  }),
  defineSetting({
    key: 'accessNumber',
    kind: 'tenant',
    group: 'voicemail',
    type: number,
    default: null,
    words: {
      en: { label: 'Access number', hint: 'The number to call in order to hear messages by phone.' },
      fr: { label: 'Numéro d’accès', hint: 'Le numéro à appeler pour écouter ses messages par téléphone.' },
    },
  }),
  defineSetting({
    key: 'greetingKey',
    kind: 'tenant',
    group: 'voicemail',
    type: yesNo,
    default: false,
    words: {
      en: {
        label: 'Star key in the greeting',
        hint: 'May people press star in their own greeting to hear their messages? They still need their PIN.',
      },
      fr: {
        label: 'Étoile pendant l’accueil',
        hint: 'Peut-on appuyer sur l’étoile pendant son propre accueil pour écouter ses messages ? Le NIP reste exigé.',
      },
    },
  }),
] as const;
