import { sentence } from '../../text.js';

/** English questions of a call, as callers hear them: read them aloud before changing them. */
export const en = {
  welcome: (company: string) =>
    `${sentence(`Thank you for calling ${company}`)} Say the name of the person you are calling, or enter their extension. You can also enter the first letters of their last name.`,
  welcomeKeysOnly: (company: string) =>
    `${sentence(`Thank you for calling ${company}`)} Enter the extension of the person you are calling, or the first letters of their last name, then press pound.`,
  again:
    'Sorry, I did not understand. Enter the last name and then the first name, one key for each letter, then press pound. Or say the first and last name.',
  again2: 'Sorry, I still did not understand. Spell the last name, or enter it.',
  nobodyKeysOnly: 'Sorry, I found nobody. Enter an extension, or the first letters of the last name, then press pound.',
  nobodyKeysOnly2: 'Sorry, I found nobody. Enter the last name, one key for each letter, then press pound.',
  silence: 'I heard no name. Say the first and last name, or enter an extension.',
  silenceKeysOnly: 'Nothing was entered. Enter an extension, or the first letters of the last name.',
  other: 'All right. Say the first and last name, or spell the last name.',
  otherKeysOnly: 'All right. Enter an extension, or the last name, one key for each letter, then press pound.',
  moreName: 'There are many people of that name. Say the first and the last name, or enter an extension.',
  moreTeam: 'There are many people of that name. Say their team or their title, or enter an extension.',
  moreTeamKeysOnly: 'There are many people of that name. Enter an extension.',
  moreKeys: 'Many names begin like that. Enter the whole last name, then the first name, then press pound.',
  keyLastName: 'enter the last name',
  keyWholeName: 'enter the last name, then the first name',
  confirm: (label: string, keyName: string) =>
    `${label}? Say yes, or press 1. For somebody else, say no, press 2, or ${keyName}.`,
  confirmKeysOnly: (label: string, keyName: string) => `${label}? For yes, press 1. For no, press 2, or ${keyName}.`,
  perhaps: (question: string) => `Then perhaps: ${question}`,
  operator: 'For the operator, press 0.',
  notUnderstood: 'Sorry, I did not understand.',
  notAChoice: 'That is not one of the choices.',
  choose: 'Which one do you mean?',
  orKey: (keyName: string) => `For somebody else, ${keyName}.`,
  choice: (digit: string, label: string) => `For ${label}, press ${digit}.`,
  star: 'To hear this again, press star.',
  languageOffer: (key: string) => `For English, press ${key}.`,
  missed: (name: string) => `${name} cannot take your call now. Say or enter the name of somebody else, or hang up.`,
  missedKeysOnly: (name: string) =>
    `${name} cannot take your call now. Enter the extension or the last name of somebody else, or hang up.`,
};

/** French questions of a call. */
export const fr: typeof en = {
  welcome: (company) =>
    `${sentence(`Merci d’appeler ${company}`)} Dites le nom de la personne à joindre, ou composez son numéro de poste. Vous pouvez aussi composer les premières lettres de son nom de famille.`,
  welcomeKeysOnly: (company) =>
    `${sentence(`Merci d’appeler ${company}`)} Composez le numéro de poste de la personne à joindre, ou les premières lettres de son nom de famille, puis appuyez sur le carré.`,
  again:
    'Pardon, je n’ai pas compris. Composez le nom de famille puis le prénom, une touche par lettre, puis appuyez sur le carré. Ou dites le prénom et le nom.',
  again2: 'Pardon, je n’ai toujours pas compris. Épelez le nom de famille, ou composez-le.',
  nobodyKeysOnly:
    'Pardon, je n’ai trouvé personne. Composez un numéro de poste, ou les premières lettres du nom de famille, puis appuyez sur le carré.',
  nobodyKeysOnly2:
    'Pardon, je n’ai trouvé personne. Composez le nom de famille, une touche par lettre, puis appuyez sur le carré.',
  silence: 'Je n’ai entendu aucun nom. Dites le prénom et le nom, ou composez un numéro de poste.',
  silenceKeysOnly: 'Rien n’a été composé. Composez un numéro de poste, ou les premières lettres du nom de famille.',
  other: 'D’accord. Dites le prénom et le nom, ou épelez le nom de famille.',
  otherKeysOnly:
    'D’accord. Composez un numéro de poste, ou le nom de famille, une touche par lettre, puis appuyez sur le carré.',
  moreName: 'Plusieurs personnes portent ce nom. Dites le prénom et le nom, ou composez un numéro de poste.',
  moreTeam: 'Plusieurs personnes portent ce nom. Dites leur équipe ou leur titre, ou composez un numéro de poste.',
  moreTeamKeysOnly: 'Plusieurs personnes portent ce nom. Composez un numéro de poste.',
  moreKeys:
    'Plusieurs noms commencent ainsi. Composez le nom de famille en entier, puis le prénom, puis appuyez sur le carré.',
  keyLastName: 'composez le nom de famille',
  keyWholeName: 'composez le nom de famille, puis le prénom',
  confirm: (label, keyName) =>
    `${label} ? Dites oui, ou faites le 1. Pour une autre personne, dites non, faites le 2, ou ${keyName}.`,
  confirmKeysOnly: (label, keyName) => `${label} ? Pour oui, faites le 1. Pour non, faites le 2, ou ${keyName}.`,
  perhaps: (question) => `Alors peut-être : ${question}`,
  orKey: (keyName) => `Pour une autre personne, ${keyName}.`,
  operator: 'Pour le standard, faites le 0.',
  notUnderstood: 'Pardon, je n’ai pas compris.',
  notAChoice: 'Ce choix n’est pas offert.',
  choose: 'De qui s’agit-il ?',
  choice: (digit, label) => `Pour ${label}, faites le ${digit}.`,
  star: 'Pour réentendre les choix, appuyez sur l’étoile.',
  languageOffer: (key) => `Pour le français, faites le ${key}.`,
  missed: (name) =>
    `${name} ne peut pas prendre votre appel. Dites ou composez le nom d’une autre personne, ou raccrochez.`,
  missedKeysOnly: (name) =>
    `${name} ne peut pas prendre votre appel. Composez le poste ou le nom d’une autre personne, ou raccrochez.`,
};
