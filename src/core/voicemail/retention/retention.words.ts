import { englishAt, formatCount, frenchAt } from '../../chat/phrasing.js';

/** English words of retention and limits: what is soon deleted, and mailboxes that fill up. */
export const en = {
  expiring: (count: number) =>
    count === 1
      ? 'An unheard message is deleted soon'
      : `${formatCount('en', count)} unheard messages are deleted soon`,
  expiringLine: (count: number, when: string) =>
    count === 1
      ? `It is deleted ${englishAt(when)}. Listen to it before.`
      : `The first is deleted ${englishAt(when)}. Listen to them before.`,
  mailbox: 'Mailbox',
  nearlyFull: 'Your mailbox is nearly full',
  nearlyFullOf: (name: string) => `The mailbox of ${name} is nearly full`,
  full: 'Your mailbox is full',
  fullOf: (name: string) => `The mailbox of ${name} is full`,
  used: (used: number, most: number) => `${used} of ${most} minutes are used.`,
  nearlyFullLine: 'Delete messages that you no longer need. When it is full, callers can leave none.',
  fullLine: 'Callers are told so and can leave no message until some are deleted.',
  openMessages: 'Open messages',
  // What the caller hears, and why.
  callerHears: (name: string) => `The mailbox of ${name} is full. Please call again later. Goodbye.`,
  because: (name: string) => `The mailbox of ${name} is full: no message can be left.`,
};

/** French words of retention and limits. */
export const fr: typeof en = {
  expiring: (count) =>
    count === 1
      ? 'Un message non écouté sera bientôt supprimé'
      : `${formatCount('fr', count)} messages non écoutés seront bientôt supprimés`,
  expiringLine: (count, when) =>
    count === 1
      ? `Il sera supprimé ${frenchAt(when)}. Écoutez-le avant.`
      : `Le premier sera supprimé ${frenchAt(when)}. Écoutez-les avant.`,
  mailbox: 'Messagerie',
  nearlyFull: 'Votre messagerie est presque pleine',
  nearlyFullOf: (name) => `La messagerie de ${name} est presque pleine`,
  full: 'Votre messagerie est pleine',
  fullOf: (name) => `La messagerie de ${name} est pleine`,
  used: (used, most) => `${used} minutes sur ${most} sont occupées.`,
  nearlyFullLine: 'Supprimez les messages devenus inutiles. Une fois pleine, on ne peut plus y laisser de message.',
  fullLine: 'On l’annonce aux appelants, qui ne peuvent y laisser de message avant qu’on en supprime.',
  openMessages: 'Ouvrir les messages',
  callerHears: (name) => `La boîte vocale de ${name} est pleine. Veuillez rappeler plus tard. Au revoir.`,
  because: (name) => `La messagerie de ${name} est pleine : aucun message ne peut y être laissé.`,
};

declare module '../../chat/words.js' {
  interface Words {
    readonly retention: typeof en;
  }
}
