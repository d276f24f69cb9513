/** English words of accounts and the people behind them. */
export const en = {
  notInAttendant: (name: string | undefined) =>
    `${name ?? 'The person you mentioned'} is not in Attendant yet. An Attendant admin can add them.`,
  welcomeTitle: 'Attendant looks after your calls',
  welcome:
    'While you are away, your callers reach a colleague or your mailbox, and their messages arrive here. Two things to try:',
  welcomeExamples: ['ooo until Friday 5pm', 'find Bo'],
  welcomeButton: 'Set out of office',

  linkedTitle: 'You are connected',
  linked: (name: string) => `An Attendant admin connected this account with ${name}. Say “help” to see what I can do.`,
  waiting: (company: string) =>
    `I do not know yet who you are at ${company}. I have asked an Attendant admin to connect this account; you need not do anything.`,
  seenEmail: (email: string) => `Your account here shows ${email}, which is nobody’s address in Attendant.`,
  seenNoEmail: 'Your account here shows no e-mail address that I could go by.',
  refused: 'An Attendant admin decided not to connect this account. If that is a mistake, please talk to them.',
  workspaceUnknown:
    'This workspace is not connected with a company in Attendant. An Attendant admin types “connect” where they are connected already, and gets a code to type here.',
  codeWrong: 'This code is wrong, used, or too old. An Attendant admin gets a new one by typing “connect”.',
  connectHelp: 'Connect another chat workspace',
  connectTitle: 'Connect another chat workspace',
  connectLine: (minutes: number) =>
    `Somebody in the other workspace types this to Attendant there, once, within ${minutes} minutes. The workspace is then your company’s.`,
  connectWord: 'connect',
  connectNote: 'Give the code to nobody else: it lets a workspace into your company.',
  connectedNow: (company: string) =>
    `This workspace is now connected with ${company}. Say “help” to see what I can do.`,
  connectedAlready: 'This workspace is connected already. Type the code in the workspace that is to be added.',
  platformAway: 'I could not find out who you are just now. Try again in a moment.',
  notSetUp: 'Attendant is not set up yet. Whoever installed it can do so: attendant seed, or attendant import.',

  unknownTitle: 'Who is this?',
  unknownLine: (name: string) => `${name} writes to Attendant, and I do not know who they are.`,
  factAccount: 'Account',
  factEmail: 'E-mail',
  noEmail: 'none shown',
  confirm: 'Say who it is',
  refuse: 'Do not connect',
  refuseTitle: 'Leave this account unconnected?',
  refuseText: 'They are told that an admin decided so.',
  keep: 'Go back',
  confirmTitle: 'Who is this?',
  confirmIntro: (name: string) => `Choose the employee to whom the account “${name}” belongs.`,
  user: 'Employee',
  confirmSubmit: 'Connect',
  confirmed: (account: string, person: string) => `The account “${account}” now belongs to ${person}.`,
  confirmedByEmail: (account: string) => `The account “${account}” is connected by now.`,
  refusedLine: (account: string) => `The account “${account}” stays unconnected.`,
  decided: 'This is decided already.',

  linkNobody: (email: string) => `Nobody in Attendant has the e-mail address ${email}.`,
  linkOtherCompany: 'This workspace belongs to another company.',
};

/** French words of accounts and the people behind them. */
export const fr: typeof en = {
  notInAttendant: (name) =>
    `${name ?? 'La personne mentionnée'} n’est pas encore dans Attendant. Un admin Attendant peut l’ajouter.`,
  welcomeTitle: 'Attendant s’occupe de vos appels',
  welcome:
    'En votre absence, vos appelants joignent un collègue ou votre messagerie, et leurs messages arrivent ici. Deux choses à essayer :',
  welcomeExamples: ['absent jusqu’à vendredi 17 h', 'trouver Bo'],
  welcomeButton: 'Activer l’absence',

  linkedTitle: 'Votre compte est relié',
  linked: (name) => `Un admin Attendant a relié ce compte à ${name}. Dites « aide » pour voir ce que je sais faire.`,
  waiting: (company) =>
    `Je ne sais pas encore qui vous êtes chez ${company}. J’ai demandé à un admin Attendant de relier ce compte ; vous n’avez rien à faire.`,
  seenEmail: (email) => `Votre compte ici montre ${email}, qui n’est l’adresse de personne dans Attendant.`,
  seenNoEmail: 'Votre compte ici ne montre aucune adresse de courriel sur laquelle m’appuyer.',
  refused: 'Un admin Attendant a décidé de ne pas relier ce compte. Si c’est une erreur, parlez-lui.',
  workspaceUnknown:
    'Cet espace n’est relié à aucune entreprise dans Attendant. Un admin Attendant écrit « relier » là où il est déjà relié et reçoit un code à écrire ici.',
  codeWrong:
    'Ce code est erroné, déjà utilisé ou expiré. Un admin Attendant en obtient un autre en écrivant « relier ».',
  connectHelp: 'Relier un autre espace de travail',
  connectTitle: 'Relier un autre espace de travail',
  connectLine: (minutes) =>
    `Une personne de l’autre espace écrit ceci à Attendant, une seule fois, dans les ${minutes} minutes. L’espace fait alors partie de votre entreprise.`,
  connectWord: 'relier',
  connectNote: 'Ne donnez ce code à personne d’autre : il fait entrer un espace dans votre entreprise.',
  connectedNow: (company) =>
    `Cet espace est maintenant relié à ${company}. Dites « aide » pour voir ce que je sais faire.`,
  connectedAlready: 'Cet espace est déjà relié. Écrivez le code dans l’espace à ajouter.',
  platformAway: 'Je n’ai pas pu savoir qui vous êtes pour l’instant. Réessayez dans un moment.',
  notSetUp:
    'Attendant n’est pas encore configuré. La personne qui l’a installé peut le faire : attendant seed, ou attendant import.',

  unknownTitle: 'Qui est-ce ?',
  unknownLine: (name) => `${name} écrit à Attendant, et je ne sais pas qui c’est.`,
  factAccount: 'Compte',
  factEmail: 'Courriel',
  noEmail: 'aucun',
  confirm: 'Dire qui c’est',
  refuse: 'Ne pas relier',
  refuseTitle: 'Laisser ce compte sans lien ?',
  refuseText: 'La personne apprend qu’un admin en a décidé ainsi.',
  keep: 'Revenir',
  confirmTitle: 'Qui est-ce ?',
  confirmIntro: (name) => `Choisissez l’employé à qui appartient le compte « ${name} ».`,
  user: 'Employé',
  confirmSubmit: 'Relier',
  confirmed: (account, person) => `Le compte « ${account} » appartient maintenant à ${person}.`,
  confirmedByEmail: (account) => `Le compte « ${account} » est relié entre-temps.`,
  refusedLine: (account) => `Le compte « ${account} » reste sans lien.`,
  decided: 'C’est déjà décidé.',

  linkNobody: (email) => `Personne dans Attendant n’a l’adresse de courriel ${email}.`,
  linkOtherCompany: 'Cet espace appartient à une autre entreprise.',
};

declare module '../chat/words.js' {
  interface Words {
    readonly users: typeof en;
  }
}
