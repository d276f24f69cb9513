/** English words of signing in to the browser. */
export const en = {
  what: 'Open Attendant in your browser',
  title: 'Attendant in your browser',
  line: (minutes: number) => `This link signs you in. It works once, within ${minutes} minutes, and only for you.`,
  open: 'Open Attendant',
  note: 'Do not pass it on: whoever opens it is signed in as you.',
  linkIsOver: 'This sign-in link was used or is too old. Ask for a new one in your chat: /attendant app',
  tokenRefused: 'This sign-in could not be verified. Close the tab and open it again.',
  accountNotLinked: 'Attendant does not know your account yet. Write “help” to it in its chat, then open this again.',
};

/** French words of signing in to the browser. */
export const fr: typeof en = {
  what: 'Ouvrir Attendant dans votre navigateur',
  title: 'Attendant dans le navigateur',
  line: (minutes) =>
    `Ce lien vous connecte, vous et personne d’autre. Il sert une seule fois, dans les ${minutes} minutes.`,
  open: 'Ouvrir Attendant',
  note: 'Ne le transmettez pas : quiconque l’ouvre se connecte à votre place.',
  linkIsOver:
    'Ce lien de connexion a déjà servi ou a expiré. Demandez-en un nouveau dans votre clavardage : /attendant app',
  tokenRefused: 'Cette connexion n’a pas pu être vérifiée. Fermez l’onglet et rouvrez-le.',
  accountNotLinked:
    'Attendant ne connaît pas encore votre compte. Écrivez-lui « aide » dans sa conversation, puis rouvrez cette page.',
};

declare module '../chat/words.js' {
  interface Words {
    readonly signIn: typeof en;
  }
}
