import { defineSetting } from '../settings/setting.js';
import { choice, timeSpan, yesNo } from '../settings/value-types.js';

/** Settings of notifications: about what, where and when. */
export const noticeSettings = [
  defineSetting({
    key: 'notificationType',
    kind: 'override',
    group: 'notifications',
    type: choice({
      email_only: { en: 'By e-mail', fr: 'Par courriel' },
      email_with_attachment: {
        en: 'By e-mail, with attachments',
        fr: 'Par courriel, avec pièces jointes',
      },
      app_only: { en: 'In the app only', fr: 'Dans l’application seulement' },
    }),
    default: 'app_only',
    words: {
      en: { label: 'Notices', hint: 'How somebody gets notices, beside the card in chat.' },
      fr: { label: 'Avis', hint: 'Comment les avis arrivent, outre la carte dans le clavardage.' },
    },
  }),
  defineSetting({
    key: 'chatCards',
    kind: 'override',
    group: 'notifications',
    type: yesNo,
    default: true,
    words: {
      en: { label: 'Cards in chat', hint: 'Should a card arrive in every linked chat account?' },
      fr: {
        label: 'Cartes dans le clavardage',
        hint: 'Une carte doit-elle arriver dans chaque compte de clavardage relié ?',
      },
    },
  }),
  defineSetting({
    key: 'missedCalls',
    kind: 'tenant',
    group: 'notifications',
    type: yesNo,
    default: true,
    words: {
      en: {
        label: 'Missed calls are told',
        hint: 'Should people be told of calls that nobody answered?',
      },
      fr: { label: 'Avis d’appels manqués', hint: 'Faut-il annoncer les appels restés sans réponse ?' },
    },
  }),
  defineSetting({
    key: 'missedCallNotification',
    kind: 'override',
    group: 'notifications',
    type: choice({
      chat: { en: 'In chat', fr: 'Dans le clavardage' },
      email: { en: 'By e-mail', fr: 'Par courriel' },
      both: { en: 'In both', fr: 'Les deux' },
      none: { en: 'Not at all', fr: 'Pas du tout' },
    }),
    default: 'chat',
    words: {
      en: { label: 'Missed calls', hint: 'Where somebody is told of their missed calls.' },
      fr: { label: 'Appels manqués', hint: 'Où les appels manqués sont annoncés.' },
    },
  }),
  defineSetting({
    key: 'quietHours',
    kind: 'override',
    group: 'notifications',
    type: timeSpan,
    default: '',
    words: {
      en: {
        label: 'Quiet hours',
        hint: 'Notices that can wait come after this time, urgent ones at once.',
      },
      fr: {
        label: 'Heures calmes',
        hint: 'Les avis qui peuvent attendre arrivent après, les urgents aussitôt.',
      },
    },
  }),
  defineSetting({
    key: 'digest',
    kind: 'override',
    group: 'notifications',
    type: choice({
      none: { en: 'None', fr: 'Aucun' },
      daily: { en: 'Every day', fr: 'Chaque jour' },
      weekly: { en: 'Every week', fr: 'Chaque semaine' },
    }),
    default: 'none',
    words: {
      en: { label: 'Digest', hint: 'A summary of what happened, sent from time to time.' },
      fr: { label: 'Résumé', hint: 'Un résumé de ce qui s’est passé, envoyé de temps en temps.' },
    },
  }),
] as const;
