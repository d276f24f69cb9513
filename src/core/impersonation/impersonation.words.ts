/** English words of acting as another user. */
export const en = {
  help: 'Act as somebody else, with a reason, for 30 minutes',
  helpStop: 'Stop acting as somebody else',
  title: 'Act as somebody',
  start: 'Start',
  intro:
    'For at most 30 minutes you do what this person may do. All of it is kept on the record under both names, and the person is told.',
  introUntold:
    'For at most 30 minutes you do what this person may do. All of it is kept on the record under both names.',
  notFound: (typed: string) => `I found nobody for “${typed}”. Search for the person below.`,
  user: 'Person',
  reason: 'Reason',
  reasonHint: 'What you do this for, in 10 to 500 characters. The person reads it.',
  reasonTooShort: 'Say what for in at least 10 characters.',
  reasonTooLong: 'Use at most 500 characters.',
  reasonSaysNothing: 'Say what you do this for, in words.',
  personMissing: 'Choose a person.',
  notYourself: 'You are that person already. Choose somebody else.',
  notAnAdmin: (name: string) => `${name} is an admin: admins cannot act as each other.`,
  personWithoutAccess: (name: string) => `${name} has no access to Attendant, so there is nothing to do as them.`,
  nested: (name: string) => `You are acting as ${name}. Stop that first.`,
  notAllowedAs: (name: string) =>
    `You are acting as ${name}, who may not do this. Stop first if you want to do it as yourself.`,
  started: (name: string, until: string) => `You are acting as ${name} now, and until ${until} unless you stop before.`,
  startedHow: 'Everything you do from here is done as this person, and is on the record under both names.',
  stopped: (name: string) => `You are no longer acting as ${name}.`,
  notRunning: 'You are not acting as anybody else.',
  bar: (admin: string, name: string, until: string) => `${admin}, until ${until} you are acting as ${name}.`,
  stop: 'Stop',
  noticeStarted: (admin: string) => `${admin} acts as you in Attendant`,
  noticeEnded: (admin: string) => `${admin} no longer acts as you`,
  ended: 'Why it ended',
  endedForPerson: {
    expired: (_admin: string) => 'The 30 minutes were over.',
    'app-switched-off': (_admin: string) => 'Attendant was switched off for your company.',
    'admin-lost-access': (admin: string) => `${admin} no longer has access to Attendant.`,
    'admin-lost-role': (admin: string) => `${admin} is no longer an Attendant admin.`,
    'person-lost-access': (_admin: string) => 'You no longer have access to Attendant.',
    'person-became-admin': (_admin: string) => 'You are an Attendant admin now, and nobody acts as an admin.',
  },
  endedForAdmin: {
    'app-switched-off': (_person: string) => 'It ended because Attendant was switched off for your company.',
    'admin-lost-access': (_person: string) => 'It ended because you no longer have access to Attendant.',
    'admin-lost-role': (_person: string) => 'It ended because you are no longer an Attendant admin.',
    'person-lost-access': (person: string) => `It ended because ${person} no longer has access to Attendant.`,
    'person-became-admin': (person: string) => `It ended because ${person} is an Attendant admin now.`,
  },
  yourselfAgain: 'What you do from here is done as yourself.',
  why: 'Reason',
  from: 'From',
  until: 'Until',
  atMost: (until: string) => `${until} at the latest`,
  done: 'What was done as you',
  doneNothing: 'Nothing was done as you.',
  andMore: (count: number) => `and ${count} more; ask an admin for the full list`,
  ask: (admin: string) => `If you did not expect this, ask ${admin} or another Attendant admin.`,
};

/** French words of acting as another user. */
export const fr: typeof en = {
  help: 'Agir au nom de quelqu’un, avec un motif, pendant 30 minutes',
  helpStop: 'Cesser d’agir au nom de quelqu’un',
  title: 'Agir au nom de…',
  start: 'Commencer',
  intro:
    'Pendant 30 minutes au plus, vous faites ce que cette personne peut faire. Tout est consigné sous vos deux noms, et la personne en est avertie.',
  introUntold:
    'Pendant 30 minutes au plus, vous faites ce que cette personne peut faire. Tout est consigné sous vos deux noms.',
  notFound: (typed) => `Je n’ai trouvé personne pour « ${typed} ». Cherchez la personne ci-dessous.`,
  user: 'Personne',
  reason: 'Motif',
  reasonHint: 'Pourquoi vous le faites, en 10 à 500 caractères. La personne le lira.',
  reasonTooShort: 'Dites pourquoi en 10 caractères au moins.',
  reasonTooLong: 'Au plus 500 caractères.',
  reasonSaysNothing: 'Dites avec des mots pourquoi vous le faites.',
  personMissing: 'Choisissez une personne.',
  notYourself: 'Vous êtes déjà cette personne. Choisissez quelqu’un d’autre.',
  notAnAdmin: (name) => `${name} est admin : les admins ne peuvent pas agir au nom l’un de l’autre.`,
  personWithoutAccess: (name) => `${name} n’a pas accès à Attendant : il n’y a rien à faire en son nom.`,
  nested: (name) => `Vous agissez au nom de ${name}. Arrêtez d’abord.`,
  notAllowedAs: (name) =>
    `Vous agissez au nom de ${name}, qui n’a pas ce droit. Arrêtez d’abord si vous voulez le faire en votre nom.`,
  started: (name, until) => `Vous agissez maintenant au nom de ${name}, jusqu’à ${until}.`,
  startedHow:
    'Tout ce que vous faites à partir d’ici est fait au nom de cette personne et consigné sous vos deux noms.',
  stopped: (name) => `Vous n’agissez plus au nom de ${name}.`,
  notRunning: 'Vous n’agissez au nom de personne d’autre.',
  bar: (admin, name, until) => `${admin}, vous agissez au nom de ${name} jusqu’à ${until}.`,
  stop: 'Arrêter',
  noticeStarted: (admin) => `${admin} agit en votre nom dans Attendant`,
  noticeEnded: (admin) => `${admin} n’agit plus en votre nom`,
  ended: 'Pourquoi c’est terminé',
  endedForPerson: {
    expired: () => 'Les 30 minutes étaient écoulées.',
    'app-switched-off': () => 'Attendant a été désactivé pour votre entreprise.',
    'admin-lost-access': (admin) => `${admin} n’a plus accès à Attendant.`,
    'admin-lost-role': (admin) => `${admin} n’est plus admin Attendant.`,
    'person-lost-access': () => 'Vous n’avez plus accès à Attendant.',
    'person-became-admin': () => 'Vous êtes maintenant admin Attendant, et personne n’agit au nom d’un admin.',
  },
  endedForAdmin: {
    'app-switched-off': () => 'C’est terminé, car Attendant a été désactivé pour votre entreprise.',
    'admin-lost-access': () => 'C’est terminé, car vous n’avez plus accès à Attendant.',
    'admin-lost-role': () => 'C’est terminé, car vous n’êtes plus admin Attendant.',
    'person-lost-access': (person) => `C’est terminé, car ${person} n’a plus accès à Attendant.`,
    'person-became-admin': (person) => `C’est terminé, car ${person} est maintenant admin Attendant.`,
  },
  yourselfAgain: 'Ce que vous faites à partir d’ici est fait en votre nom.',
  why: 'Motif',
  from: 'De',
  until: 'À',
  atMost: (until) => `${until} au plus tard`,
  done: 'Ce qui a été fait en votre nom',
  doneNothing: 'Rien n’a été fait en votre nom.',
  andMore: (count) => `et ${count} de plus ; demandez la liste complète à un admin`,
  ask: (admin) => `Si vous ne vous y attendiez pas, demandez à ${admin} ou à un autre admin Attendant.`,
};

declare module '../chat/words.js' {
  interface Words {
    readonly impersonation: typeof en;
  }
}
