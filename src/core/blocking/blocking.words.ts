/** English texts of blocked callers. */
export const en = {
  what: 'The callers whom you have blocked',
  example: 'blocked',
  block: 'Block caller',
  blockTitle: 'Block this caller?',
  blockText: 'Their calls to you are refused with a polite word, and nobody is told of them.',
  cancel: 'Cancel',
  unblock: 'Unblock',
  forCompany: 'Block for the whole company',
  title: 'Blocked callers',
  none: 'No caller is blocked. “Block caller” stands on each message and missed call.',
  hint: 'Their calls are refused with a polite word. To block another, use “Block caller” on a message or missed call, or type “blocked” with the number in the chat.',
  byYou: 'You',
  byCompany: 'Company',
  isBlocked: (caller: string) => `${caller} is blocked.`,
  isBlockedForCompany: (caller: string) => `${caller} is blocked for the whole company.`,
  isUnblocked: (caller: string) => `${caller} can call again.`,
  more: (count: number) => `${count} more are not shown.`,
  noNumber: 'This caller showed no number, so there is nothing to block. An admin can refuse withheld numbers.',
  tooMany: (most: number) => `You have blocked ${most} callers already. Unblock some first.`,
  gone: 'This caller is not blocked.',
};

/** French texts of blocked callers. */
export const fr: typeof en = {
  what: 'Les numéros que vous avez bloqués',
  example: 'bloqués',
  block: 'Bloquer',
  blockTitle: 'Bloquer ce numéro ?',
  blockText: 'Ses appels vers vous sont refusés poliment, et personne n’en est avisé.',
  cancel: 'Annuler',
  unblock: 'Débloquer',
  forCompany: 'Bloquer pour toute l’entreprise',
  title: 'Numéros bloqués',
  none: 'Aucun numéro n’est bloqué. « Bloquer » figure sur chaque message et chaque appel manqué.',
  hint: 'Leurs appels sont refusés poliment. Pour en bloquer un autre, utilisez « Bloquer » sur un message ou un appel manqué, ou tapez « bloqués » suivi du numéro dans la conversation.',
  byYou: 'Vous',
  byCompany: 'Entreprise',
  isBlocked: (caller) => `${caller} est bloqué.`,
  isBlockedForCompany: (caller) => `${caller} est bloqué pour toute l’entreprise.`,
  isUnblocked: (caller) => `${caller} peut de nouveau appeler.`,
  more: (count) => `${count} autres ne sont pas affichés.`,
  noNumber:
    'Cette personne a masqué son numéro : il n’y a rien à bloquer. Un administrateur peut refuser les numéros masqués.',
  tooMany: (most) => `Vous avez déjà bloqué ${most} numéros. Débloquez-en d’abord.`,
  gone: 'Ce numéro n’est pas bloqué.',
};

declare module '../chat/words.js' {
  interface Words {
    readonly blocking: typeof en;
  }
}
