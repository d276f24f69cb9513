/** English words about people: why a change of a person is refused. */
export const en = {
  lastAdmin: (name: string) => `${name} is the last admin. Make somebody else an admin first.`,
  resting: {
    extension: 'Somebody gave this extension back less than 30 days ago. Choose another one.',
    did: 'Somebody gave this number back less than 30 days ago. Choose another one.',
  },
  taken: {
    username: 'Somebody else has this username. Choose another one.',
    email: 'Somebody else has this e-mail address. Choose another one.',
    extension: 'Somebody else has this extension. Choose another one.',
    did: 'This number is in use already. Choose another one.',
    agentId: 'Somebody else has this agent ID. Choose another one, or clear theirs first.',
  },
};

/** French words about people. */
export const fr: typeof en = {
  lastAdmin: (name) => `Sans ${name}, il n’y aurait plus d’admin. Nommez d’abord quelqu’un d’autre.`,
  resting: {
    extension: 'Quelqu’un a rendu ce poste il y a moins de 30 jours. Choisissez-en un autre.',
    did: 'Quelqu’un a rendu ce numéro il y a moins de 30 jours. Choisissez-en un autre.',
  },
  taken: {
    username: 'Quelqu’un d’autre a ce nom d’utilisateur. Choisissez-en un autre.',
    email: 'Quelqu’un d’autre a cette adresse courriel. Choisissez-en une autre.',
    extension: 'Quelqu’un d’autre a ce poste. Choisissez-en un autre.',
    did: 'Ce numéro est déjà utilisé. Choisissez-en un autre.',
    agentId: 'Quelqu’un d’autre a cet identifiant d’agent. Choisissez-en un autre, ou retirez-lui d’abord le sien.',
  },
};

declare module '../chat/words.js' {
  interface Words {
    readonly people: typeof en;
  }
}
