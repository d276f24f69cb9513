/** English texts of the notices that come by themselves during an absence. */
export const en = {
  remindedTitle: (name: string) => `${name} still waits for your answer`,
  remindedLine: (name: string, from: string, until: string) =>
    `${name} is out of office from ${from}, ${until}, and asked you to take their calls.`,
  unansweredTitle: (name: string) => `${name} has not answered`,
  unansweredLine: (name: string, counts: boolean) =>
    counts
      ? `${name} has not said yet whether they cover for you. Until they do, your calls ring them.`
      : `${name} has not said yet whether they cover for you. Until they do, your calls do not ring them.`,
  beganTitle: 'You are out of office now',
  beganLine: (until: string) => `Your absence has begun, ${until}. When you are back earlier, say “back”.`,
  coverBeganTitle: (name: string) => `You take the calls of ${name} now`,
  coverBeganLine: (name: string, until: string) => `${name} is out of office, ${until}. Their calls ring you.`,
  coverBeganAsked: (name: string, until: string) =>
    `${name} is out of office, ${until}, and asked you to take their calls. Please answer.`,
  coverEndedTitle: (name: string) => `${name} is back`,
  coverEndedLine: (name: string) => `Calls for ${name} no longer ring you. Thank you for covering.`,
  returnedTitle: 'Welcome back',
  returnedLine: 'Your calls ring you again. While you were away:',
  nothingHappened: 'Nobody called while you were away. Your calls ring you again.',
  factAnswered: 'Calls taken for you',
  takenBy: (name: string, count: number) => `${name}: ${count}`,
  factMissed: 'Calls missed',
  factVoicemails: 'Voicemails to deal with',
  handleAll: 'Mark all handled',
  showMessages: 'Show messages',
  allHandled: (count: number) =>
    count === 1 ? '1 voicemail is marked handled.' : `${count} voicemails are marked handled.`,
  noneToHandle: 'Every voicemail of your absence was dealt with already.',
  reasonTitle: 'Say why',
  reasonField: 'Why you cannot',
  reasonHint: 'Only the person who asked reads it.',
  addReason: 'Say why',
  reasonSaved: (name: string) => `${name} can read why.`,
  theirReason: (reason: string) => `They say: ${reason}`,
};

/** French texts of the notices that come by themselves during an absence. */
export const fr: typeof en = {
  remindedTitle: (name) => `${name} attend encore votre réponse`,
  remindedLine: (name, from, until) =>
    `${name} est absent du bureau à partir de ${from}, ${until}, et vous a demandé de prendre ses appels.`,
  unansweredTitle: (name) => `${name} n’a pas répondu`,
  unansweredLine: (name, counts) =>
    counts
      ? `${name} n’a pas encore dit si la suppléance lui convient. D’ici là, vos appels sonnent chez cette personne.`
      : `${name} n’a pas encore dit si la suppléance lui convient. D’ici là, vos appels ne sonnent pas chez cette personne.`,
  beganTitle: 'Vous êtes maintenant absent du bureau',
  beganLine: (until) => `Votre absence a commencé, ${until}. Si vous revenez plus tôt, dites « retour ».`,
  coverBeganTitle: (name) => `Vous prenez maintenant les appels de ${name}`,
  coverBeganLine: (name, until) => `${name} est absent du bureau, ${until}. Ses appels sonnent chez vous.`,
  coverBeganAsked: (name, until) =>
    `${name} est absent du bureau, ${until}, et vous a demandé de prendre ses appels. Merci de répondre.`,
  coverEndedTitle: (name) => `${name} est de retour`,
  coverEndedLine: (name) => `Les appels pour ${name} ne sonnent plus chez vous. Merci pour la suppléance.`,
  returnedTitle: 'Bon retour',
  returnedLine: 'Vos appels sonnent de nouveau chez vous. Pendant votre absence :',
  nothingHappened: 'Personne n’a appelé pendant votre absence. Vos appels sonnent de nouveau chez vous.',
  factAnswered: 'Appels pris pour vous',
  takenBy: (name, count) => `${name} : ${count}`,
  factMissed: 'Appels manqués',
  factVoicemails: 'Messages vocaux à traiter',
  handleAll: 'Marquer tout comme traité',
  showMessages: 'Voir les messages',
  allHandled: (count) =>
    count === 1 ? '1 message vocal est marqué comme traité.' : `${count} messages vocaux sont marqués comme traités.`,
  noneToHandle: 'Tous les messages vocaux de votre absence étaient déjà traités.',
  reasonTitle: 'Dire pourquoi',
  reasonField: 'Pourquoi vous ne pouvez pas',
  reasonHint: 'Seule la personne qui vous l’a demandé la lit.',
  addReason: 'Dire pourquoi',
  reasonSaved: (name) => `${name} peut lire pourquoi.`,
  theirReason: (reason) => `La raison donnée : ${reason}`,
};

declare module '../chat/words.js' {
  interface Words {
    readonly milestones: typeof en;
  }
}
