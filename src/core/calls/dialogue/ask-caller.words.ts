/** English questions of a call, as callers hear them: read them aloud before changing them. */
export const en = {
  welcome: (company: string) =>
    `Thank you for calling ${company}. Say the name of the person you are calling. Or key their extension, or the first letters of their last name.`,
  welcomeKeysOnly: (company: string) =>
    `Thank you for calling ${company}. Key the extension of the person you are calling, or the first letters of their last name, then the pound key.`,
  again:
    'Sorry, I did not understand. Key the last name and then the first name, one key for each letter, then the pound key. Or say the first and last name.',
  again2: 'Sorry, I still did not understand. Spell the last name, or key it. For the operator, press 0.',
  nobodyKeysOnly: 'Sorry, I found nobody. Key an extension, or the first letters of the last name, then the pound key.',
  nobodyKeysOnly2:
    'Sorry, I found nobody. Key the last name, one key for each letter, then the pound key. For the operator, press 0.',
  silence: 'I heard no name. Say the first and last name, or key an extension. For the operator, press 0.',
  silenceKeysOnly:
    'I heard no key. Key an extension, or the first letters of the last name. For the operator, press 0.',
  other: 'All right. Say the first and last name, or spell the last name.',
  otherKeysOnly: 'All right. Key an extension, or the last name, one key for each letter, then the pound key.',
  moreName: 'There are many people of that name. Say the first and the last name, or key an extension.',
  moreTeam: 'There are many people of that name. Say their team or their title, or key an extension.',
  moreTeamKeysOnly: 'There are many people of that name. Key an extension. For the operator, press 0.',
  moreKeys: 'Many names begin like that. Key the whole last name, then the first name, then the pound key.',
  keyLastName: 'key the last name',
  keyWholeName: 'key the last name, then the first name',
  confirm: (label: string, keyName: string) =>
    `${label}? Press 1 or say yes. For somebody else, press 2, say no, or ${keyName}.`,
  confirmKeysOnly: (label: string, keyName: string) => `${label}? For yes, press 1. For no, press 2, or ${keyName}.`,
  perhaps: (question: string) => `Then perhaps: ${question}`,
  choose: 'Which one do you mean?',
  orKey: (keyName: string) => `For somebody else, ${keyName}.`,
  choice: (digit: string, label: string) => `For ${label}, press ${digit}.`,
  star: 'To hear this again, press star.',
  languageOffer: (key: string) => `For English, press ${key}.`,
  missed: (name: string) => `${name} cannot take your call now. Say or key the name of somebody else, or hang up.`,
  missedKeysOnly: (name: string) =>
    `${name} cannot take your call now. Key the extension or the last name of somebody else, or hang up.`,
};

/** French questions of a call. */
export const fr: typeof en = {
  welcome: (company) =>
    `Merci d’appeler ${company}. Dites le nom de la personne que vous appelez. Ou composez son poste, ou les premières lettres de son nom de famille.`,
  welcomeKeysOnly: (company) =>
    `Merci d’appeler ${company}. Composez le poste de la personne que vous appelez, ou les premières lettres de son nom de famille, puis le carré.`,
  again:
    'Pardon, je n’ai pas compris. Composez le nom de famille puis le prénom, une touche par lettre, puis le carré. Ou dites le prénom et le nom.',
  again2:
    'Pardon, je n’ai toujours pas compris. Épelez le nom de famille, ou composez-le. Pour le standard, faites le 0.',
  nobodyKeysOnly:
    'Pardon, je n’ai trouvé personne. Composez un poste, ou les premières lettres du nom de famille, puis le carré.',
  nobodyKeysOnly2:
    'Pardon, je n’ai trouvé personne. Composez le nom de famille, une touche par lettre, puis le carré. Pour le standard, faites le 0.',
  silence: 'Je n’ai entendu aucun nom. Dites le prénom et le nom, ou composez un poste. Pour le standard, faites le 0.',
  silenceKeysOnly:
    'Vous n’avez rien composé. Composez un poste, ou les premières lettres du nom de famille. Pour le standard, faites le 0.',
  other: 'D’accord. Dites le prénom et le nom, ou épelez le nom de famille.',
  otherKeysOnly: 'D’accord. Composez un poste, ou le nom de famille, une touche par lettre, puis le carré.',
  moreName: 'Plusieurs personnes portent ce nom. Dites le prénom et le nom, ou composez un poste.',
  moreTeam: 'Plusieurs personnes portent ce nom. Dites leur équipe ou leur titre, ou composez un poste.',
  moreTeamKeysOnly: 'Plusieurs personnes portent ce nom. Composez un poste. Pour le standard, faites le 0.',
  moreKeys: 'Plusieurs noms commencent ainsi. Composez le nom de famille en entier, puis le prénom, puis le carré.',
  keyLastName: 'composez le nom de famille',
  keyWholeName: 'composez le nom de famille, puis le prénom',
  confirm: (label, keyName) =>
    `${label} ? Faites le 1 ou dites oui. Pour une autre personne, faites le 2, dites non, ou ${keyName}.`,
  confirmKeysOnly: (label, keyName) => `${label} ? Pour oui, faites le 1. Pour non, faites le 2, ou ${keyName}.`,
  perhaps: (question) => `Alors peut-être : ${question}`,
  orKey: (keyName) => `Pour une autre personne, ${keyName}.`,
  choose: 'De qui s’agit-il ?',
  choice: (digit, label) => `Pour ${label}, faites le ${digit}.`,
  star: 'Pour réentendre, faites l’étoile.',
  languageOffer: (key) => `Pour le français, faites le ${key}.`,
  missed: (name) =>
    `${name} ne peut pas prendre votre appel. Dites ou composez le nom d’une autre personne, ou raccrochez.`,
  missedKeysOnly: (name) =>
    `${name} ne peut pas prendre votre appel. Composez le poste ou le nom d’une autre personne, ou raccrochez.`,
};
