/** English words of an agent's presence, as set in chat. */
export const en = {
  availableWhat: 'Agents: take calls from now on',
  availableExample: 'available',
  awayWhat: 'Agents: take no calls until you are available again',
  awayExample: 'away',
  busyWhat: 'Agents: on a contact; calls go on to whoever covers',
  busyExample: 'busy',
  set: {
    available: 'You are available: calls ring your agent phone.',
    busy: 'You are busy: calls go on as if you were on a contact.',
    'signed-out': 'You are signed out: calls pass your agent phone by. Say “available” when you are back.',
  },
  noAgent: 'You have no agent id, so calls do not ring by your presence. For time off, say “ooo”.',
};

/** French words of an agent's presence. */
export const fr: typeof en = {
  availableWhat: 'Agents : prendre les appels dès maintenant',
  availableExample: 'disponible',
  awayWhat: 'Agents : ne plus prendre d’appels jusqu’à nouvel ordre',
  awayExample: 'indisponible',
  busyWhat: 'Agents : en communication ; les appels passent à qui supplée',
  busyExample: 'occupé',
  set: {
    available: 'Vous êtes disponible : les appels sonnent à votre poste d’agent.',
    busy: 'C’est noté : les appels continuent comme si vous étiez en communication.',
    'signed-out':
      'Vous êtes indisponible : les appels ne sonnent plus à votre poste d’agent. Dites « disponible » à votre retour.',
  },
  noAgent:
    'Vous n’avez pas d’identifiant d’agent : votre présence ne change rien aux appels. Pour un congé, dites « absent ».',
};
