/** English words of the conversation itself: help, refusals, and what every form has. */
export const en = {
  help: 'What I can do',
  helpExample: 'help',
  didYouMean: (typed: string, word: string) => `I don’t know “${typed}”. Did you mean “${word}”?`,
  unknownWord: (typed: string) => `I don’t know “${typed}”.`,
  notAllowed: 'You may not do this. Ask an Attendant admin of your company for the permission.',
  noAccess: 'Attendant is not switched on for you. Ask an Attendant admin of your company.',
  tenantOff: 'Attendant is switched off for your company. An Attendant admin can switch it on.',
  notThisEdition: 'Voicemail is not part of your company’s edition of Attendant.',
  somethingBroke: (reference: string) =>
    `That did not work, and it is our fault. Try again; if it stays so, tell your admin this reference: ${reference}`,
  tryAgain: 'Attendant cannot reach its data just now. Nothing was changed. Try again in a moment.',
  tooFast: 'That was too fast. Wait a moment, and try again.',
  underWay: 'I am still working on that. You will see the result in a moment.',
  outdated: (example: string) =>
    `This is from an older message, and I can no longer act on it. Type “/attendant ${example}” to see what stands there now.`,
  interrupted: (what: string) =>
    what === ''
      ? 'I was interrupted before I could do what you asked. Nothing was changed. Please try again.'
      : `I was interrupted before I could do “${what}”. Nothing was changed. Please try again.`,
  interruptedDone: (what: string) =>
    what === ''
      ? 'What you asked for is done. I was interrupted before I could tell you.'
      : `“${what}” is done. I was interrupted before I could tell you.`,
  interruptedLate: (what: string) =>
    what === ''
      ? 'I was interrupted, so this answer comes late.'
      : `I was interrupted, so this answer to “${what}” comes late.`,
  required: 'Fill this in.',
  tooLong: (most: number) => `Use at most ${most} characters.`,
  tooLongToRead: (most: number) => `That is too long. Use at most ${most} characters.`,
  tooManyMentions: (most: number) => `You mentioned too many people. Mention at most ${most}.`,
  tooMuch: 'Attendant cannot read that much at once. Nothing was changed.',
  noSuchPerson: 'Choose somebody from the list.',
  save: 'Save',
  cancel: 'Cancel',
};

/** French words of the conversation itself. */
export const fr: typeof en = {
  help: 'Ce que je sais faire',
  helpExample: 'aide',
  didYouMean: (typed, word) => `Je ne connais pas « ${typed} ». Vouliez-vous dire « ${word} » ?`,
  unknownWord: (typed) => `Je ne connais pas « ${typed} ».`,
  notAllowed: 'Vous n’avez pas ce droit. Demandez-le à un admin Attendant de votre entreprise.',
  noAccess: 'Attendant n’est pas activé pour vous. Demandez-le à un admin Attendant de votre entreprise.',
  tenantOff: 'Attendant est désactivé pour votre entreprise. Un admin Attendant peut l’activer.',
  notThisEdition: 'La messagerie vocale ne fait pas partie de l’édition d’Attendant de votre entreprise.',
  somethingBroke: (reference) =>
    `Cela n’a pas fonctionné, et c’est notre faute. Réessayez ; si cela persiste, donnez cette référence à votre admin : ${reference}`,
  tryAgain: 'Attendant n’atteint pas ses données en ce moment. Rien n’a été modifié. Réessayez dans un instant.',
  tooFast: 'C’était trop rapide. Attendez un instant, puis réessayez.',
  underWay: 'J’y travaille encore. Vous verrez le résultat dans un instant.',
  outdated: (example) =>
    `Ceci vient d’un ancien message et ne fonctionne plus. Tapez « /attendant ${example} » pour voir où en sont les choses.`,
  interrupted: (what) =>
    what === ''
      ? 'J’ai été interrompu avant de faire ce que vous demandiez. Rien n’a changé. Veuillez réessayer.'
      : `J’ai été interrompu avant de faire « ${what} ». Rien n’a changé. Veuillez réessayer.`,
  interruptedDone: (what) =>
    what === ''
      ? 'Ce que vous demandiez est fait. J’ai été interrompu avant de pouvoir vous le dire.'
      : `« ${what} » : c’est fait. J’ai été interrompu avant de pouvoir vous le dire.`,
  interruptedLate: (what) =>
    what === ''
      ? 'J’ai été interrompu : cette réponse arrive en retard.'
      : `J’ai été interrompu : cette réponse à « ${what} » arrive en retard.`,
  required: 'Remplissez ce champ.',
  tooLong: (most) => `Au plus ${most} caractères.`,
  tooLongToRead: (most) => `C’est trop long. Utilisez au plus ${most} caractères.`,
  tooManyMentions: (most) => `Vous mentionnez trop de personnes. Mentionnez-en au plus ${most}.`,
  tooMuch: 'Attendant ne peut pas lire autant à la fois. Rien n’a été modifié.',
  noSuchPerson: 'Choisissez quelqu’un dans la liste.',
  save: 'Enregistrer',
  cancel: 'Annuler',
};

declare module './words.js' {
  interface Words {
    readonly chat: typeof en;
  }
}
