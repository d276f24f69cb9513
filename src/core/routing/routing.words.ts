import { frenchAt } from '../chat/phrasing.js';

import type { Greeting } from './decision-reason.js';

/** English words of why a call goes where it goes, in plain steps. */
export const en = {
  noAccess: (name: string) => `${name} has no access to Attendant: no backup and no mailbox.`,
  isAway: (name: string) => `${name} is out of office.`,
  generalMailbox: (name: string) => `${name} is not one person: nothing rings.`,
  periodBackup: (name: string, backup: string) => `${name} named ${backup} as the backup for this absence.`,
  periodNumber: (name: string, number: string) => `${name} sends calls to ${number} during this absence.`,
  periodNumberRefused: (name: string, number: string) =>
    `${name} sends calls to ${number} during this absence, and calls may not be sent to this number, so it is not dialled.`,
  backupNotAccepted: (backup: string) => `${backup} has not agreed to be the backup.`,
  defaultBackup: (name: string, backup: string) => `Then ${backup}, the default backup of ${name}.`,
  hadItBefore: (name: string) => `${name} had the call before and is not tried again.`,
  chainEnds: (most: number) => `No more than ${most} backups are tried.`,
  noAgentId: (name: string) => `${name} has no agent id.`,
  agentSignedOut: (name: string) => `${name} is signed out of the contact centre.`,
  presenceStale: (name: string) =>
    `Nothing was heard of the presence of ${name} for too long, so they count as signed out of the contact centre.`,
  agentBusy: (name: string) => `${name} is busy on a contact.`,
  ringsAgent: (name: string) => `${name} is signed in and free: the agent’s phone rings.`,
  ringsAgentNumber: (name: string, number: string) =>
    `${name} is signed in and free: the agent’s phone rings at ${number}.`,
  agentNumberRefused: (name: string, number: string) =>
    `The agent id of ${name} makes the number ${number}, which calls may not go to, so it is not dialled.`,
  agentNumberComesBack: (name: string) =>
    `The number that the agent id of ${name} makes is one of our own and would bring the call back: it is not rung.`,
  noNumber: (name: string) => `${name} has no phone number to ring.`,
  numberComesBack: (name: string) =>
    `The number of ${name} is one of our own and would bring the call back: it is not rung.`,
  periodNumberComesBack: (name: string, number: string) =>
    `${name} sends calls to ${number} during this absence, which is one of our own and would bring the call back: it is not rung.`,
  rangBefore: (name: string) => `The phone of ${name} has rung before and is not rung again.`,
  takesNoCalls: (name: string) => `${name} has no access to Attendant and takes no calls for others.`,
  numberRefused: (name: string, number: string) =>
    `The number of ${name}, ${number}, is one that calls may not be sent to, so it is not dialled.`,
  ringsNumber: (name: string, number: string) => `${name} is rung at ${number}.`,
  companyClosed: (company: string, until: string | undefined, note: string) =>
    `${company} is closed${until === undefined ? '' : ` until ${until}`}${note === '' ? '' : ` (${note})`}: nothing rings.`,
  outsideHours: (name: string, opens: string | undefined) =>
    opens === undefined
      ? `It is outside the opening hours of ${name}.`
      : `It is outside the opening hours of ${name}, which begin again on ${opens}.`,
  mayWait: (name: string, time: string) => `${name} is on a call: the caller may wait up to ${time}.`,
  mayWaitIfBusy: (name: string, time: string) => `If ${name} is on a call, the caller may wait up to ${time}.`,
  waitedLongEnough: (name: string) => `The caller has waited for ${name} as long as callers may.`,
  callerBlocked: (name: string) => `${name} takes no calls from this caller.`,
  callerWantsMailbox: (name: string) => `The caller would rather leave a message for ${name} than wait.`,
  sentToMailbox: (name: string) => `The caller is sent straight to the mailbox of ${name}.`,
  notSentToMailbox: (name: string) =>
    `${name} is signed out and does not let callers be sent straight to the mailbox: the call takes its usual way.`,
  leavesMessage: (name: string, greeting: Greeting) =>
    `The mailbox of ${name}, with the ${greeting.replaceAll('-', ' ')} greeting.`,
  endsInMailbox: (name: string, greeting: Greeting) =>
    `Nobody answered: the mailbox of ${name}, with the ${greeting.replaceAll('-', ' ')} greeting.`,
  endsMissedNoPlus: (name: string) => `Nobody answered: a missed call for ${name}.`,
  endsMissedNoAccess: (name: string) => `Nobody answered: a missed call for ${name}, who has no mailbox.`,

  // A call to the company’s own number.
  asksForName: 'The caller names a person, or keys an extension.',
  inVain: (name: string) => `Three times without a match: ${name}.`,
  callEnds: 'The call ends.',

  // `explain`, and its page.
  what: 'Say what would happen to a call, and why',
  example: 'explain Bo tomorrow 9:00',
  title: (name: string, when: string) => `A call to ${name}, ${when}`,
  numberTitle: (number: string, when: string) => `A call to ${number}, ${when}`,
  nothingRang: 'Worked out by the code that routes calls. Nothing rang.',
  showDays: 'Show 14 days',
  pageTitle: (name: string) => `Where calls to ${name} go`,
  notYours: 'Only managers and admins see where the calls of others go.',
  noSuchNumber: (typed: string) => `Nobody here has the number ${typed}.`,
};

/** French words of the same. */
export const fr: typeof en = {
  noAccess: (name) => `${name} n’a pas accès à Attendant : ni suppléant ni messagerie.`,
  isAway: (name) => `Absence du bureau : ${name}.`,
  generalMailbox: (name) => `${name} n’est pas une personne : rien ne sonne.`,
  periodBackup: (name, backup) => `${name} a nommé ${backup} comme utilisateur suppléant pour cette absence.`,
  periodNumber: (name, number) => `${name} envoie ses appels au ${number} pendant cette absence.`,
  periodNumberRefused: (name, number) =>
    `${name} envoie ses appels au ${number} pendant cette absence, et ce genre de numéro est exclu : il n’est pas composé.`,
  backupNotAccepted: (backup) => `${backup} n’a pas accepté cette suppléance.`,
  defaultBackup: (name, backup) => `Ensuite ${backup}, utilisateur suppléant par défaut de ${name}.`,
  hadItBefore: (name) => `${name} a déjà eu l’appel et ne le reçoit pas de nouveau.`,
  chainEnds: (most) => `Pas plus de ${most} suppléants sont essayés.`,
  noAgentId: (name) => `${name} n’a pas d’identifiant d’agent.`,
  agentSignedOut: (name) => `${name} n’est pas en ligne au centre de contacts.`,
  presenceStale: (name) =>
    `La présence de ${name} n’a pas été confirmée depuis trop longtemps : considérée comme hors ligne au centre de contacts.`,
  agentBusy: (name) => `${name} est en communication.`,
  ringsAgent: (name) => `${name} est en ligne et libre : le poste de l’agent sonne.`,
  ringsAgentNumber: (name, number) => `${name} est en ligne et libre : le poste de l’agent sonne au ${number}.`,
  agentNumberRefused: (name, number) =>
    `L’identifiant d’agent de ${name} donne le numéro ${number}, qui est exclu : il n’est pas composé.`,
  agentNumberComesBack: (name) =>
    `Le numéro que donne l’identifiant d’agent de ${name} est l’un des nôtres et ramènerait l’appel : il n’est pas composé.`,
  noNumber: (name) => `${name} n’a pas de numéro à appeler.`,
  numberComesBack: (name) => `Le numéro de ${name} est l’un des nôtres et ramènerait l’appel : il n’est pas composé.`,
  periodNumberComesBack: (name, number) =>
    `${name} envoie ses appels au ${number} pendant cette absence ; c’est l’un des nôtres et il ramènerait l’appel : il n’est pas composé.`,
  rangBefore: (name) => `Le téléphone de ${name} a déjà sonné et ne sonne pas de nouveau.`,
  takesNoCalls: (name) => `${name} n’a pas accès à Attendant et ne prend pas d’appels pour les autres.`,
  numberRefused: (name, number) =>
    `Le numéro de ${name}, ${number}, ne peut pas recevoir d’appels transférés : il n’est pas composé.`,
  ringsNumber: (name, number) => `L’appel sonne chez ${name}, au ${number}.`,
  companyClosed: (company, until, note) =>
    [
      `Les bureaux de ${company} sont fermés`,
      until && `et rouvrent ${frenchAt(until)}`,
      note && `(${note})`,
      ': rien ne sonne.',
    ]
      .filter(Boolean)
      .join(' '),
  outsideHours: (name, opens) =>
    opens === undefined
      ? `C’est en dehors des heures d’ouverture de ${name}.`
      : `C’est en dehors des heures d’ouverture de ${name}, qui reprennent ${frenchAt(opens)}.`,
  mayWait: (name, time) => `${name} est en ligne : on peut patienter jusqu’à ${time}.`,
  mayWaitIfBusy: (name, time) => `Si ${name} est en ligne, on peut patienter jusqu’à ${time}.`,
  waitedLongEnough: (name) => `La personne qui appelle a attendu ${name} aussi longtemps que permis.`,
  callerBlocked: (name) => `${name} ne prend pas les appels de cette personne.`,
  callerWantsMailbox: (name) => `La personne qui appelle préfère laisser un message à ${name}.`,
  sentToMailbox: (name) => `L’appel est envoyé directement à la messagerie de ${name}.`,
  notSentToMailbox: (name) =>
    `${name} n’est pas en ligne au centre de contacts et n’accepte pas le transfert direct à la messagerie : l’appel suit son chemin habituel.`,
  leavesMessage: (name, greeting) => `La messagerie de ${name}, avec le message ${accueil[greeting]}.`,
  endsInMailbox: (name, greeting) =>
    `Personne n’a répondu : la messagerie de ${name}, avec le message ${accueil[greeting]}.`,
  endsMissedNoPlus: (name) => `Personne n’a répondu : appel manqué pour ${name}.`,
  endsMissedNoAccess: (name) => `Personne n’a répondu : appel manqué pour ${name}, qui n’a pas de messagerie.`,

  asksForName: 'La personne qui appelle nomme quelqu’un ou compose un poste.',
  inVain: (name) => `Trois fois sans résultat : ${name}.`,
  callEnds: 'L’appel se termine.',

  what: 'Dire ce qui arriverait à un appel, et pourquoi',
  example: 'expliquer Bo demain 9 h',
  title: (name, when) => `Un appel à ${name}, ${when}`,
  numberTitle: (number, when) => `Un appel au ${number}, ${when}`,
  nothingRang: 'Calculé par le code qui achemine les appels. Rien n’a sonné.',
  showDays: 'Voir 14 jours',
  pageTitle: (name) => `Où vont les appels à ${name}`,
  notYours: 'Seuls les gestionnaires et les administrateurs voient où vont les appels des autres.',
  noSuchNumber: (typed) => `Personne ici n’a le numéro ${typed}.`,
};

const accueil: Record<Greeting, string> = {
  'out-of-office': 'd’absence',
  'after-hours': 'de fermeture',
  unavailable: 'd’indisponibilité',
};

declare module '../chat/words.js' {
  interface Words {
    readonly routing: typeof en;
  }
}
