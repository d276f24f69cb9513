import type { Greeting } from './call-plan.js';

/** English words of a call: what callers and backups hear, and why a call goes where it goes. */
export const en = {
  // Why, in plain steps.
  noAccess: (name: string) => `${name} has no access to Attendant: no backup and no mailbox.`,
  isAway: (name: string) => `${name} is out of office.`,
  generalMailbox: (name: string) => `${name} is a general mailbox: nothing rings.`,
  periodBackup: (name: string, backup: string) => `${name} named ${backup} as the backup for this absence.`,
  periodNumber: (name: string, number: string) => `${name} sends calls to ${number} during this absence.`,
  backupNotAccepted: (backup: string) => `${backup} has not agreed to be the backup.`,
  defaultBackup: (name: string, backup: string) => `Then ${backup}, the default backup of ${name}.`,
  hadItBefore: (name: string) => `${name} had the call before and is not tried again.`,
  chainEnds: (most: number) => `No more than ${most} backups are tried.`,
  noAgentId: (name: string) => `${name} has no agent id.`,
  agentSignedOut: (name: string) => `${name} is signed out of the contact centre.`,
  agentBusy: (name: string) => `${name} is busy on a contact.`,
  ringsAgent: (name: string) => `${name} is signed in and free: the agent’s phone rings.`,
  noNumber: (name: string) => `${name} has no phone number to ring.`,
  numberComesBack: (name: string) =>
    `The number of ${name} is one of our own and would bring the call back: it is not rung.`,
  ringsNumber: (name: string, number: string) => `${name} is rung at ${number}.`,
  endsInMailbox: (name: string, greeting: Greeting) =>
    `Nobody answered: the mailbox of ${name}, with the ${greeting.replaceAll('-', ' ')} greeting.`,
  endsMissedNoPlus: (name: string) =>
    `Nobody answered. Voicemail is not part of this edition: a missed call for ${name}.`,
  endsMissedNoAccess: (name: string) => `Nobody answered: a missed call for ${name}, who has no mailbox.`,
  dialledDid: (number: string, name: string) => `${number} is the direct number of ${name}.`,
  dialledCompany: (number: string) => `${number} is nobody’s direct number: the company greeting.`,
  keyedExtension: (extension: string, name: string) => `The caller keyed extension ${extension}: ${name}.`,
  chose: (name: string) => `The caller chose ${name}.`,
  oneMatch: (heard: string, name: string) => `“${heard}” fits ${name} alone.`,
  severalMatch: (heard: string, count: number) => `“${heard}” fits ${count} people.`,
  tooManyMatch: (heard: string) => `“${heard}” fits too many people.`,
  nobodyMatches: (heard: string) => `“${heard}” fits nobody.`,
  heardNothing: 'The caller said and keyed nothing.',
  saidNo: 'The caller said that this was not the person.',
  toOperator: (name: string) => `Three times without a match: the operator, ${name}.`,
  askedForOperator: (name: string) => `The caller keyed 0: the operator, ${name}.`,
  toGeneralMailbox: 'Three times without a match: the general mailbox.',
  noOperator: 'There is no operator and no general mailbox.',
  outcome: {
    answered: (leg: number) => `Leg ${leg} was answered.`,
    busy: (leg: number) => `Leg ${leg} was busy.`,
    'no-answer': (leg: number) => `Leg ${leg} was not answered.`,
    refused: (leg: number) => `Leg ${leg} was refused.`,
    failed: (leg: number) => `Leg ${leg} failed.`,
    'signed-out': (leg: number) => `Leg ${leg}: the agent was signed out.`,
  },
  tenantOff: 'Attendant is switched off for this company.',
  tooLong: 'The call has gone on for too many steps.',

  // What the caller hears.
  welcome: (company: string) =>
    `Thank you for calling ${company}. Say the name of the person you are calling, or key their extension.`,
  welcomeKeysOnly: (company: string) =>
    `Thank you for calling ${company}. Key the extension of the person you are calling.`,
  again: 'Sorry, I did not understand. Say the first and last name, or key an extension.',
  again2: 'Sorry, I still did not understand. Say the name slowly, or key an extension. For the operator, press 0.',
  againOther: 'All right. Say the first and last name, or key an extension.',
  sayMore: 'There are many people of that name. Say the first and the last name, or key an extension.',
  confirm: (label: string) => `${label}? Press 1 or say yes. For somebody else, press 2 or say no.`,
  choose: 'Which one do you mean?',
  choice: (digit: string, label: string) => `For ${label}, press ${digit}.`,
  connecting: (name: string) => `I am connecting you with ${name}.`,
  connectingOperator: 'I am connecting you with the operator.',
  tryingColleague: (name: string) => `${name} cannot take your call. I am trying a colleague; one moment, please.`,
  tryingOn: 'One moment, please: I am still trying.',
  missed: (name: string) =>
    `${name} cannot take your call now. Say or key the name or the extension of somebody else, or hang up.`,
  nobodyNow: 'Nobody can take your call now. Please call again later. Goodbye.',
  outOfService: 'This number is not in service at the moment. Please call again later.',
  goodbye: 'Goodbye.',
  thanksForMessage: 'Thank you, your message was taken. Goodbye.',
  heardNoMessage: 'I heard no message. Goodbye.',
  trouble: 'We are sorry: something does not work at the moment. Please call again in a few minutes.',
  greeting: {
    outOfOffice: (name: string) => `${name} is out of office.`,
    outOfOfficeUntil: (name: string, until: string) => `${name} is out of office until ${until}.`,
    afterHours: (name: string) => `You have reached ${name} outside of business hours.`,
    unavailable: (name: string) => `${name} cannot take your call at the moment.`,
    leave: 'Please leave a message after the tone, and press the pound key when you are done.',
  },

  // What a backup hears.
  whisper: (name: string) => `A call for ${name}. Press 1 to take it.`,

  // Refusals.
  unknownCall: 'There is no call of that id. Ask /api/v1/calls first.',
  unknownLeg: 'This call has no such leg.',
  legRingsNobody: 'Nothing rings in this leg, so it has no outcome.',
  unknownUser: 'There is no user of that id.',
  unknownAgent: 'No agent has this id here. Check the agent_id of the person.',
  noSuchNumber: (typed: string) => `“${typed}” is no phone number. Write it as +1 416 555 0100.`,
  noSuchFile: (file: string) => `There is no file ${file}.`,
  nobodyToCall:
    'No Attendant runs here that can be called. Start `attendant serve` on this machine first, without VOICE_ACCOUNT_SID.',
  callIsOver: 'This call is over. Start another.',
  notNow: 'The call waits for something else just now.',
};

/** French words of a call. */
export const fr: typeof en = {
  noAccess: (name) => `${name} n’a pas accès à Attendant : ni suppléant ni messagerie.`,
  isAway: (name) => `Absence du bureau : ${name}.`,
  generalMailbox: (name) => `${name} est une messagerie vocale générale : rien ne sonne.`,
  periodBackup: (name, backup) => `${name} a nommé ${backup} comme utilisateur suppléant pour cette absence.`,
  periodNumber: (name, number) => `${name} envoie ses appels au ${number} pendant cette absence.`,
  backupNotAccepted: (backup) => `${backup} n’a pas accepté d’être utilisateur suppléant.`,
  defaultBackup: (name, backup) => `Ensuite ${backup}, utilisateur suppléant par défaut de ${name}.`,
  hadItBefore: (name) => `${name} a déjà eu l’appel et n’est pas rappelé.`,
  chainEnds: (most) => `Pas plus de ${most} suppléants sont essayés.`,
  noAgentId: (name) => `${name} n’a pas d’identifiant d’agent.`,
  agentSignedOut: (name) => `${name} n’est pas en ligne au centre de contacts.`,
  agentBusy: (name) => `${name} est en communication.`,
  ringsAgent: (name) => `${name} est en ligne et libre : le poste de l’agent sonne.`,
  noNumber: (name) => `${name} n’a pas de numéro à appeler.`,
  numberComesBack: (name) => `Le numéro de ${name} est l’un des nôtres et ramènerait l’appel : il n’est pas composé.`,
  ringsNumber: (name, number) => `${name} est appelé au ${number}.`,
  endsInMailbox: (name, greeting) =>
    `Personne n’a répondu : la messagerie de ${name}, avec le message ${accueil[greeting]}.`,
  endsMissedNoPlus: (name) =>
    `Personne n’a répondu. La messagerie vocale ne fait pas partie de cette édition : appel manqué pour ${name}.`,
  endsMissedNoAccess: (name) => `Personne n’a répondu : appel manqué pour ${name}, qui n’a pas de messagerie.`,
  dialledDid: (number, name) => `Le ${number} est la ligne directe de ${name}.`,
  dialledCompany: (number) => `Le ${number} n’est la ligne directe de personne : l’accueil de l’entreprise.`,
  keyedExtension: (extension, name) => `L’appelant a composé le poste ${extension} : ${name}.`,
  chose: (name) => `L’appelant a choisi ${name}.`,
  oneMatch: (heard, name) => `« ${heard} » ne correspond qu’à ${name}.`,
  severalMatch: (heard, count) => `« ${heard} » correspond à ${count} personnes.`,
  tooManyMatch: (heard) => `« ${heard} » correspond à trop de personnes.`,
  nobodyMatches: (heard) => `« ${heard} » ne correspond à personne.`,
  heardNothing: 'L’appelant n’a rien dit ni composé.',
  saidNo: 'L’appelant a dit que ce n’était pas cette personne.',
  toOperator: (name) => `Trois fois sans résultat : le standard, ${name}.`,
  askedForOperator: (name) => `L’appelant a composé le 0 : le standard, ${name}.`,
  toGeneralMailbox: 'Trois fois sans résultat : la messagerie vocale générale.',
  noOperator: 'Il n’y a ni standard ni messagerie vocale générale.',
  outcome: {
    answered: (leg) => `L’étape ${leg} a été décrochée.`,
    busy: (leg) => `L’étape ${leg} était occupée.`,
    'no-answer': (leg) => `L’étape ${leg} est restée sans réponse.`,
    refused: (leg) => `L’étape ${leg} a été refusée.`,
    failed: (leg) => `L’étape ${leg} a échoué.`,
    'signed-out': (leg) => `Étape ${leg} : l’agent n’était pas en ligne.`,
  },
  tenantOff: 'Attendant est désactivé pour cette entreprise.',
  tooLong: 'L’appel compte trop d’étapes.',

  welcome: (company) =>
    `Merci d’appeler ${company}. Dites le nom de la personne que vous appelez, ou composez son poste.`,
  welcomeKeysOnly: (company) => `Merci d’appeler ${company}. Composez le poste de la personne que vous appelez.`,
  again: 'Désolé, je n’ai pas compris. Dites le prénom et le nom, ou composez un poste.',
  again2:
    'Désolé, je n’ai toujours pas compris. Dites le nom lentement, ou composez un poste. Pour le standard, faites le 0.',
  againOther: 'D’accord. Dites le prénom et le nom, ou composez un poste.',
  sayMore: 'Plusieurs personnes portent ce nom. Dites le prénom et le nom, ou composez un poste.',
  confirm: (label) => `${label} ? Faites le 1 ou dites oui. Pour une autre personne, faites le 2 ou dites non.`,
  choose: 'De qui s’agit-il ?',
  choice: (digit, label) => `Pour ${label}, faites le ${digit}.`,
  connecting: (name) => `Je vous mets en communication avec ${name}.`,
  connectingOperator: 'Je vous mets en communication avec le standard.',
  tryingColleague: (name) =>
    `${name} ne peut pas prendre votre appel. J’essaie de joindre un collègue ; un instant, je vous prie.`,
  tryingOn: 'Un instant, je vous prie : j’essaie encore.',
  missed: (name) =>
    `${name} ne peut pas prendre votre appel. Dites ou composez le nom ou le poste d’une autre personne, ou raccrochez.`,
  nobodyNow: 'Personne ne peut prendre votre appel. Veuillez rappeler plus tard. Au revoir.',
  outOfService: 'Ce numéro n’est pas en service pour le moment. Veuillez rappeler plus tard.',
  goodbye: 'Au revoir.',
  thanksForMessage: 'Merci, votre message est enregistré. Au revoir.',
  heardNoMessage: 'Je n’ai pas entendu de message. Au revoir.',
  trouble: 'Nous sommes désolés : un problème est survenu. Veuillez rappeler dans quelques minutes.',
  greeting: {
    outOfOffice: (name) => `${name} n’est pas au bureau.`,
    outOfOfficeUntil: (name, until) => `${name} n’est pas au bureau avant le ${until}.`,
    afterHours: (name) => `Vous êtes chez ${name}, en dehors des heures d’ouverture.`,
    unavailable: (name) => `${name} ne peut pas prendre votre appel pour le moment.`,
    leave: 'Laissez un message après le signal sonore, puis appuyez sur le carré.',
  },

  whisper: (name) => `Un appel pour ${name}. Faites le 1 pour le prendre.`,

  unknownCall: 'Il n’y a pas d’appel avec cet identifiant. Demandez d’abord /api/v1/calls.',
  unknownLeg: 'Cet appel n’a pas cette étape.',
  legRingsNobody: 'Rien ne sonne à cette étape : elle n’a pas d’issue.',
  unknownUser: 'Il n’y a pas d’utilisateur avec cet identifiant.',
  unknownAgent: 'Aucun agent n’a cet identifiant ici. Vérifiez l’agent_id de la personne.',
  noSuchNumber: (typed) => `« ${typed} » n’est pas un numéro de téléphone. Écrivez-le comme +1 416 555 0100.`,
  noSuchFile: (file) => `Il n’y a pas de fichier ${file}.`,
  nobodyToCall:
    'Aucun Attendant à appeler ne tourne ici. Lancez d’abord `attendant serve` sur cette machine, sans VOICE_ACCOUNT_SID.',
  callIsOver: 'Cet appel est terminé. Commencez-en un autre.',
  notNow: 'L’appel attend autre chose en ce moment.',
};

const accueil: Record<Greeting, string> = {
  'out-of-office': 'd’absence',
  'after-hours': 'de fermeture',
  unavailable: 'd’indisponibilité',
};
