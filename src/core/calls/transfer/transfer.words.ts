/** English words of sending a caller to a mailbox while one talks with them. */
export const en = {
  talking: (caller: string) => `You are talking to ${caller}.`,
  send: 'Send to a mailbox',
  mailbox: 'Mailbox of',
  mailboxHint: (caller: string) => `${caller} leaves a message there. Your call ends.`,
  submit: 'Send',
  sent: (caller: string, name: string) => `${caller} goes to the mailbox of ${name}.`,
  callerHears: (name: string) => `You are being connected to the mailbox of ${name}.`,
  over: 'This call is over: the caller cannot be sent anywhere.',
  notReached: 'The voice provider did not answer, so the caller is still with you. Try again.',
  refused: {
    full: (name: string) => `The mailbox of ${name} is full. The caller is still with you.`,
    signedOut: (name: string) =>
      `${name} is signed out, and takes no callers straight to the mailbox then. The caller is still with you.`,
    noMailbox: (name: string) => `${name} has no mailbox. The caller is still with you.`,
  },
};

/** French words of the same. */
export const fr: typeof en = {
  talking: (caller) => `Vous parlez avec ${caller}.`,
  send: 'Envoyer à une messagerie',
  mailbox: 'Messagerie de',
  mailboxHint: (caller) => `${caller} y laisse un message. Votre appel prend fin.`,
  submit: 'Envoyer',
  sent: (caller, name) => `${caller} est envoyé à la messagerie de ${name}.`,
  callerHears: (name) => `Je vous mets en communication avec la boîte vocale de ${name}.`,
  over: 'Cet appel est terminé : l’appelant ne peut plus être envoyé ailleurs.',
  notReached: 'Le fournisseur vocal n’a pas répondu : l’appelant est toujours avec vous. Réessayez.',
  refused: {
    full: (name) => `La messagerie de ${name} est pleine. L’appelant est toujours avec vous.`,
    signedOut: (name) =>
      `${name} n’est pas en ligne au centre de contacts, et n’accepte alors pas le transfert direct à la messagerie. L’appelant est toujours avec vous.`,
    noMailbox: (name) => `${name} n’a pas de messagerie vocale. L’appelant est toujours avec vous.`,
  },
};
