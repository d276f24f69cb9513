/** English texts of e-mails' own links. */
export const en = {
  footer: 'Stop these e-mails',
  titles: {
    notificationType: 'Stop e-mails about new messages?',
    missedCallNotification: 'Stop e-mails about missed calls?',
    digest: 'Stop the digest?',
  },
  line: (email: string) =>
    `Nothing more of this kind is sent to ${email}. You can change it back at any time in your settings.`,
  stop: 'Stop them',
  doneTitle: 'Done',
  done: 'These e-mails have stopped. You can change it back at any time in your settings.',
  settings: 'Settings',
  badLink: 'This link is not complete. Please open it from the e-mail again, or change “Notices” in your settings.',
};

/** French texts of e-mails' own links. */
export const fr: typeof en = {
  footer: 'Ne plus recevoir ces courriels',
  titles: {
    notificationType: 'Ne plus recevoir de courriels sur les nouveaux messages ?',
    missedCallNotification: 'Ne plus recevoir de courriels sur les appels manqués ?',
    digest: 'Ne plus recevoir le résumé ?',
  },
  line: (email) =>
    `Plus rien de ce genre n’est envoyé à ${email}. Vous pouvez revenir en arrière à tout moment dans vos réglages.`,
  stop: 'Ne plus les recevoir',
  doneTitle: 'C’est fait',
  done: 'Ces courriels ne vous sont plus envoyés. Vous pouvez revenir en arrière à tout moment dans vos réglages.',
  settings: 'Réglages',
  badLink: 'Ce lien est incomplet. Rouvrez-le depuis le courriel, ou changez « Avis » dans vos réglages.',
};

declare module '../chat/words.js' {
  interface Words {
    readonly unsubscribe: typeof en;
  }
}
