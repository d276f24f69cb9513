import type { Locale } from '../core/chat/phrasing.js';

const en = {
  noFiles: 'Files cannot be sent from Teams. Open the Attendant app in your browser: type “app” to me for a link.',
  typeName: 'Name, extension or e-mail address',
  select: 'Select',
  done: 'Done.',
  notForUs: 'I cannot act on this. Type “help” to me to see what I can do.',
  answeredPrivately: 'I answered you in our private chat.',
  writeToMeFirst: 'I cannot write to you yet. Add Attendant in Teams, then ask me in our private chat.',
};

const fr: typeof en = {
  noFiles:
    'Teams ne permet pas d’envoyer de fichier. Ouvrez l’application Attendant dans votre navigateur : écrivez-moi « app » pour recevoir un lien.',
  typeName: 'Nom, poste ou adresse courriel',
  select: 'Sélectionner',
  done: 'C’est fait.',
  notForUs: 'Je ne peux rien en faire. Écrivez-moi « aide » pour voir ce que je sais faire.',
  answeredPrivately: 'Je vous ai répondu dans notre conversation privée.',
  writeToMeFirst:
    'Je ne peux pas encore vous écrire. Ajoutez Attendant dans Teams, puis posez-moi votre question dans notre conversation privée.',
};

/** Texts that only Teams shows. */
export const teamsWords = (locale: Locale): typeof en => (locale === 'fr' ? fr : en);
