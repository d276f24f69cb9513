import * as awaited from './awaited-message/awaited-message.words.js';
import * as ask from './dialogue/ask-caller.words.js';
import * as history from './history/call-history.words.js';
import * as holdMusic from './hold-music/hold-music.words.js';
import * as review from './message-review/message-review.words.js';
import * as outgoing from './outgoing/outgoing.words.js';
import * as presence from './presence.words.js';
import * as transfer from './transfer/transfer.words.js';

/** English words of a call: what callers and backups hear, and why a call goes where it goes. */
export const en = {
  // Why, in plain steps.
  dialledDid: (number: string, name: string) => `${number} is the direct number of ${name}.`,
  dialledExtension: (extension: string, name: string) => `Extension ${extension} was dialled: ${name}.`,
  dialledCompany: (number: string) => `${number} is nobody’s direct number: the company greeting.`,
  keyedExtension: (extension: string, name: string) => `The caller keyed extension ${extension}: ${name}.`,
  saidExtension: (extension: string, name: string) => `The caller said extension ${extension}: ${name}.`,
  chose: (name: string) => `The caller chose ${name}.`,
  spelled: (letters: string) => `The caller spelled ${letters}.`,
  keyedLetters: (keys: string) => `The caller keyed letters of a name: ${keys}.`,
  understood: {
    alias: 'Understood by another name of theirs.',
    initials: 'Understood as initials.',
    prefix: 'Understood as the beginning of a name.',
    nickname: 'Understood as the short or familiar form of a first name.',
    'sounds like': 'Understood by its sound.',
    spelling: 'Understood although a letter differs.',
    part: 'Understood although only a part of it fits.',
  },
  oneMatch: (heard: string, name: string) => `“${heard}” fits ${name} alone.`,
  severalMatch: (heard: string, count: number) => `“${heard}” fits ${count} people.`,
  tooManyMatch: (heard: string) => `“${heard}” fits too many people.`,
  nobodyMatches: (heard: string) => `“${heard}” fits nobody.`,
  namedNobody: 'The caller named nobody.',
  yesOrName: (heard: string) => `“${heard}” may be an answer as it was heard, or a name: asked again.`,
  saidNo: 'The caller said that this was not the person.',
  toOperator: (name: string) => `Three times without a match: the operator, ${name}.`,
  askedForOperator: (name: string) => `The caller asked for the operator: ${name}.`,
  askedForGeneralMailbox: 'The caller asked for the operator; there is none: the general mailbox.',
  askedAgain: 'The caller asked to hear it again.',
  languageChanged: 'The caller asked for English.',
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
  offNumber: (number: string) => `Meanwhile ${number} takes its calls.`,
  offNumberRefused: (number: string) => `Calls cannot go to ${number}, which is to take them: the caller hears an end.`,
  waited: {
    answered: 'The person who was waited for took the call.',
    busy: 'The person is still on a call.',
    'no-answer': 'The longest wait is over.',
    refused: 'The caller does not want to wait any longer.',
    failed: 'The caller could not be kept waiting.',
    'signed-out': 'The person can no longer be waited for.',
    free: 'The person is free again.',
  },
  transferred: (name: string) => `An agent sends the caller to the mailbox of ${name}.`,
  tooLong: 'The call has gone on for too many steps.',

  // What the caller hears.
  ask: ask.en,
  awaited: awaited.en,
  history: history.en,
  outgoing: outgoing.en,
  presence: presence.en,
  review: review.en,
  transfer: transfer.en,
  holdMusic: holdMusic.en,
  withExtension: (name: string, digits: string) => `${name}, extension ${digits}`,
  connecting: (name: string) => `I am connecting you with ${name}.`,
  connectingOperator: 'I am connecting you with the operator.',
  tryingColleague: (name: string) => `${name} cannot take your call. I am trying a colleague; one moment, please.`,
  tryingOn: 'One moment, please: I am still trying.',
  blocked: 'Sorry, your call cannot be put through. Goodbye.',
  becauseBlocked: 'The company takes no calls from this caller.',
  nobodyNow: 'Nobody can take your call now. Please call again later. Goodbye.',
  outOfService: 'This number is not in service at the moment. Please call again later.',
  goodbye: 'Goodbye.',
  thanksForMessage: 'Thank you, your message was taken. Goodbye.',
  heardNoMessage: 'I heard no message. Goodbye.',
  trouble: 'We are sorry: something does not work at the moment. Please call again in a few minutes.',
  waiting: {
    first: (name: string, position: string) => `${name} is on another call. ${position}`,
    position: (position: number) =>
      position === 1 ? 'You are the next in line.' : `You are number ${position} in line.`,
    wayOut: 'Please hold. To leave a message instead, press 1.',
    wayOn: 'Please hold. To go on without waiting, press 1.',
    stillWaiting: 'Thank you for holding.',
    freeNow: (name: string) => `${name} is free now. I am connecting you.`,
  },
  greeting: {
    outOfOffice: (name: string) => `${name} is out of office.`,
    outOfOfficeUntil: (name: string, until: string) => `${name} is out of office until ${until}.`,
    afterHours: (name: string) => `You have reached ${name} outside of business hours.`,
    opensAgain: (when: string) => `Business hours begin again on ${when}.`,
    unavailable: (name: string) => `${name} cannot take your call at the moment.`,
    leave: 'Please leave a message after the tone, then press pound.',
  },

  // What a backup hears.
  whisper: (name: string) => `A call for ${name}. To take it, press 1.`,
  operatorWhisper: 'A call for reception. To send it to a mailbox, press star.',
  whichMailbox: 'Enter the extension of the mailbox, then press pound.',
  noSuchExtension: 'There is no such extension.',
  sentToMailbox: (name: string) => `The call goes to the mailbox of ${name}.`,

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
  dialledDid: (number, name) => `Le ${number} est la ligne directe de ${name}.`,
  dialledExtension: (extension, name) => `Le poste ${extension} a été composé : ${name}.`,
  dialledCompany: (number) => `Le ${number} n’est la ligne directe de personne : l’accueil de l’entreprise.`,
  keyedExtension: (extension, name) => `L’appelant a composé le poste ${extension} : ${name}.`,
  saidExtension: (extension, name) => `L’appelant a dit le poste ${extension} : ${name}.`,
  spelled: (letters) => `L’appelant a épelé ${letters}.`,
  keyedLetters: (keys) => `L’appelant a composé les lettres d’un nom : ${keys}.`,
  understood: {
    alias: 'Compris par un autre nom de cette personne.',
    initials: 'Compris comme des initiales.',
    prefix: 'Compris comme le début d’un nom.',
    nickname: 'Compris comme la forme courte ou familière d’un prénom.',
    'sounds like': 'Compris par le son.',
    spelling: 'Compris malgré une lettre différente.',
    part: 'Compris bien qu’une partie seulement corresponde.',
  },
  chose: (name) => `L’appelant a choisi ${name}.`,
  oneMatch: (heard, name) => `« ${heard} » ne correspond qu’à ${name}.`,
  severalMatch: (heard, count) => `« ${heard} » correspond à ${count} personnes.`,
  tooManyMatch: (heard) => `« ${heard} » correspond à trop de personnes.`,
  nobodyMatches: (heard) => `« ${heard} » ne correspond à personne.`,
  namedNobody: 'L’appelant n’a nommé personne.',
  yesOrName: (heard) => `« ${heard} » peut être une réponse mal entendue, ou un nom : la question est reposée.`,
  saidNo: 'L’appelant a dit que ce n’était pas cette personne.',
  toOperator: (name) => `Trois fois sans résultat : le standard, ${name}.`,
  askedForOperator: (name) => `L’appelant a demandé le standard : ${name}.`,
  askedForGeneralMailbox: 'L’appelant a demandé le standard ; il n’y en a pas : la messagerie vocale générale.',
  askedAgain: 'L’appelant a demandé à réentendre la question.',
  languageChanged: 'L’appelant a demandé le français.',
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
  offNumber: (number) => `En attendant, le ${number} prend ses appels.`,
  offNumberRefused: (number) =>
    `Les appels ne peuvent pas aller au ${number}, qui doit les prendre : l’appel se termine.`,
  waited: {
    answered: 'La personne attendue a pris l’appel.',
    busy: 'La personne est toujours en ligne.',
    'no-answer': 'L’attente maximale est écoulée.',
    refused: 'La personne qui appelle ne veut plus attendre.',
    failed: 'L’appel n’a pas pu être mis en attente.',
    'signed-out': 'On ne peut plus attendre cette personne.',
    free: 'La personne est de nouveau libre.',
  },
  transferred: (name) => `Un agent envoie l’appel à la messagerie de ${name}.`,
  tooLong: 'L’appel compte trop d’étapes.',

  ask: ask.fr,
  awaited: awaited.fr,
  history: history.fr,
  outgoing: outgoing.fr,
  presence: presence.fr,
  review: review.fr,
  transfer: transfer.fr,
  holdMusic: holdMusic.fr,
  withExtension: (name, digits) => `${name}, poste ${digits}`,
  connecting: (name) => `Je vous mets en communication avec ${name}.`,
  connectingOperator: 'Je vous mets en communication avec le standard.',
  tryingColleague: (name) =>
    `${name} ne peut pas prendre votre appel. J’essaie de joindre une autre personne ; un instant, je vous prie.`,
  tryingOn: 'Un instant, je vous prie : j’essaie encore.',
  blocked: 'Votre appel ne peut pas aboutir. Au revoir.',
  becauseBlocked: 'L’entreprise ne prend pas les appels de cette personne.',
  nobodyNow: 'Personne ne peut prendre votre appel. Veuillez rappeler plus tard. Au revoir.',
  outOfService: 'Ce numéro n’est pas en service pour le moment. Veuillez rappeler plus tard.',
  goodbye: 'Au revoir.',
  thanksForMessage: 'Merci, votre message est enregistré. Au revoir.',
  heardNoMessage: 'Je n’ai pas entendu de message. Au revoir.',
  trouble: 'Toutes nos excuses : un problème est survenu. Veuillez rappeler dans quelques minutes.',
  waiting: {
    first: (name, position) => `${name} est déjà en ligne. ${position}`,
    position: (position) =>
      position === 1
        ? 'Vous êtes en tête de la file d’attente.'
        : `Vous êtes en position ${position} dans la file d’attente.`,
    wayOut: 'Veuillez patienter. Pour laisser plutôt un message, faites le 1.',
    wayOn: 'Veuillez patienter. Pour continuer sans attendre, faites le 1.',
    stillWaiting: 'Merci de patienter.',
    freeNow: (name) => `${name} est libre. Je vous mets en communication.`,
  },
  greeting: {
    outOfOffice: (name) => `${name} n’est pas au bureau.`,
    outOfOfficeUntil: (name, until) => `${name} ne sera pas de retour avant le ${until}.`,
    afterHours: (name) => `Vous avez joint ${name} en dehors des heures d’ouverture.`,
    opensAgain: (when) => `Les heures d’ouverture reprennent le ${when}.`,
    unavailable: (name) => `${name} ne peut pas prendre votre appel pour le moment.`,
    leave: 'Veuillez laisser un message après le signal sonore, puis appuyez sur le carré.',
  },

  whisper: (name) => `Un appel pour ${name}. Pour le prendre, faites le 1.`,
  operatorWhisper: 'Un appel pour la réception. Pour l’envoyer à une boîte vocale, appuyez sur l’étoile.',
  whichMailbox: 'Composez le numéro de poste de la boîte vocale, puis appuyez sur le carré.',
  noSuchExtension: 'Ce poste n’existe pas.',
  sentToMailbox: (name) => `L’appel va à la boîte vocale de ${name}.`,

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

declare module '../chat/words.js' {
  interface Words {
    readonly calls: typeof en;
  }
}
