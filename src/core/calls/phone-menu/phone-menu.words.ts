import { sentence } from '../../text.js';
import type { GreetingKind } from '../../voicemail/greetings/greeting-kind.js';

/** English words of the phone menu. They are spoken: short, and the key last. */
export const en = {
  // The door
  welcome: (company: string) => sentence(`Voicemail of ${company}`),
  ownOrExtension: 'For your own mailbox, press pound. For another one, enter the extension, then press pound.',
  extension: 'Enter your extension, then press pound.',
  languageOffer: 'For English, press 9, then pound.',
  pin: 'Enter your PIN, then press pound.',
  pinOf: 'To hear the messages of this mailbox, enter its PIN, then press pound.',
  noMatch: 'That extension and PIN do not match.',
  tooManyTries: 'That extension and PIN do not match. If you forgot your PIN, choose a new one in your chat. Goodbye.',
  closed: 'Messages cannot be heard by phone here. Goodbye.',
  accessOver: 'You can no longer use this mailbox by phone. Goodbye.',
  hello: (name: string) => `Hello, ${name}.`,

  // The main menu
  counts: (fresh: number, saved: number) => {
    const news = fresh === 0 ? 'no new messages' : fresh === 1 ? '1 new message' : `${fresh} new messages`;
    return saved === 0 ? `You have ${news}.` : `You have ${news}, and ${saved} saved.`;
  },
  hearNew: 'To hear new messages, press 1.',
  hearSaved: 'To hear saved messages, press 2.',
  hearBox: (name: string) => `For the mailbox of ${name}, press 6.`,
  hearBoxes: 'For the mailboxes that you share, press 6.',
  chooseBox: (name: string, key: number) => `For the mailbox of ${name}, press ${key}.`,
  boxCounts: (name: string, fresh: number, saved: number) => {
    const news = fresh === 0 ? 'no new messages' : fresh === 1 ? '1 new message' : `${fresh} new messages`;
    return `Mailbox of ${name}: ${news}${saved === 0 ? '' : `, and ${saved} saved`}.`;
  },
  notYourBox: 'You do not share this mailbox any more.',
  mainRest: 'For your greetings, press 3. For out of office, press 4. For all choices, press 0.',
  allMain:
    'For your greetings, press 3. For out of office, press 4. To change your PIN, press 5. To end the call, press star.',
  goodbye: 'Goodbye.',
  silent: 'You did not make a choice. Goodbye.',
  notAKey: 'That is not one of the choices.',
  trouble: 'That did not work just now.',

  // Messages
  noneSaved: 'There are no saved messages.',
  place: (at: number, total: number) => (total === 1 ? 'One message.' : `Message ${at} of ${total}.`),
  envelope: (caller: string, when: string) => `From ${caller}, ${when}.`,
  details: (caller: string, when: string, length: string) => `From ${caller}. Received ${when}. Length: ${length}.`,
  number: (digits: string) => `Number: ${digits}.`,
  withheld: 'The number was withheld.',
  unknownCaller: 'an unknown caller',
  forwardedBy: (name: string, withNote: boolean) => `Forwarded by ${name}${withNote ? ', with a note' : ''}.`,
  today: (time: string) => `today at ${time}`,
  yesterday: (time: string) => `yesterday at ${time}`,
  onDay: (moment: string) => `on ${moment}`,
  seconds: (count: number) => (count === 1 ? '1 second' : `${count} seconds`),
  minutes: (count: number) => (count === 1 ? '1 minute' : `${count} minutes`),
  noAudio: 'The audio of this message is missing.',
  messageKeys:
    'To hear it again, press 1. To save it, 2. To delete it, 3. For the next one, press pound. For all choices, press 0.',
  /** With a pause between the two: nobody keeps ten keys in mind. */
  allMessageKeys: [
    'To hear it again, press 1. To save it, 2. To delete it, 3. To forward it, 4. To have it e-mailed to you, 5.',
    'To hear who called and when, 6. For the message before, 7. To mark it handled, 8. For the next one, press pound. To go back, press star.',
  ] as readonly [string, string],
  savedIt: 'Saved.',
  keptNew: 'Kept as new.',
  handled: 'Marked handled.',
  deleted: 'Deleted. To have it back, press 3. For the next message, press pound.',
  wasDeleted: 'You deleted this message. To have it back, press 3. For the next one, press pound.',
  restored: 'The message is back.',
  goneForGood: 'This message is deleted for good.',
  emailed: 'It is on its way to your e-mail address.',
  noMore: 'No more messages.',
  firstOne: 'This is the first one.',

  // Forwarding
  toWhom:
    'Enter the extension of the person, or the first letters of the last name, then press pound. To go back, press star.',
  nobody: 'I found nobody.',
  tooMany: 'I found too many people. Enter more letters, or the extension, then press pound.',
  person: (name: string, extension: string | undefined) =>
    extension === undefined ? name : `${name}, extension ${extension}`,
  sendTo: (who: string) => `Forward it to ${who}? To send it, press 1.`,
  addNote: 'To say something before it, press 2.',
  recordNote: 'Speak after the tone, then press pound.',
  reviewNote:
    'To send the message with your note, press 1. To hear the note again, press 2. To record it again, press 3. To leave it out, press star.',
  choose: (who: string, key: number) => `For ${who}, press ${key}.`,
  orBack: 'To go back, press star.',
  forwarded: (name: string, withNote: boolean) => `Forwarded to ${name}${withNote ? ', with your note' : ''}.`,

  // Greetings
  greetings:
    'For your name, press 1. For the greeting when you are unavailable, 2. For the out of office greeting, 3. For the after hours greeting, 4. To go back, press star.',
  greetingOf: {
    name: 'Your name.',
    unavailable: 'Your greeting when you are unavailable.',
    'out-of-office': 'Your out of office greeting.',
    'after-hours': 'Your after hours greeting.',
  } satisfies Record<GreetingKind, string>,
  notRecorded:
    'It is not recorded; callers hear one made from your name. To record it, press 1. To go back, press star.',
  nameNotRecorded: 'It is not recorded; callers hear this voice say it. To record it, press 1. To go back, press star.',
  isRecorded: 'To hear it, press 1. To record a new one, press 2. To remove it, press 3. To go back, press star.',
  recordName: 'Say your name after the tone, then press pound.',
  recordGreeting: 'Speak after the tone, then press pound.',
  oneMoment: 'One moment, please.',
  notHeard: 'I heard nothing.',
  notFetched: 'The recording did not arrive. Please try again.',
  youSaid: 'Here is your recording.',
  review: 'To keep it, press 1. To hear it again, press 2. To record it again, press 3. To cancel, press star.',
  greetingKept: 'Your recording is saved.',
  greetingRemoved: 'Your recording is removed.',

  // PIN
  newPin: 'Enter your new PIN: 4 to 10 digits, then press pound. To go back, press star.',
  newPinAgain: 'Enter it once more, then press pound.',
  pinDiffers: 'The two PINs are not the same.',
  pinChanged: 'Your new PIN is set.',
  pinKept: 'Your PIN stays as it was.',

  // Out of office
  away: 'You are out of office. If you are back, press 1. To go back to the menu, press star.',
  awayUntil: (when: string) =>
    `You are out of office until ${when}. If you are back, press 1. To go back to the menu, press star.`,
  hereWithBackup: (name: string) =>
    `You are not out of office. To be out from now until you are back, with ${name} taking your calls, press 1. To go back, press star.`,
  hereAlone:
    'You are not out of office. To be out from now until you are back, with your mailbox taking your calls, press 1. To go back, press star.',
  absenceOff: 'Out of office is switched off in your company.',
  nowAway: 'You are out of office from now on.',
  nowBack: 'Welcome back. Your calls come to you again.',
  absenceRefused: 'That does not fit your planned absences. Set it in your chat.',

  // The lock
  lockedTitle: 'Somebody tried your PIN',
  locked: (failures: number) =>
    `${failures} wrong PINs were entered for your mailbox by phone. For a while, only your own numbers can open it by phone.`,
  lockedForOwner: (failures: number) =>
    `${failures} wrong PINs were entered for your mailbox by phone, from a number of yours. It cannot be opened from there for a while.`,
  lockedWhen: 'When',
  lockedUntil: 'Locked until',
  lockedAdvice:
    'If that was you, wait and try again, or choose a new PIN below, which opens it at once. If not, your messages are safe; a new, longer PIN keeps them so.',
};

/** French words of the phone menu. */
export const fr: typeof en = {
  welcome: (company) => sentence(`Messagerie vocale de ${company}`),
  ownOrExtension:
    'Pour votre propre boîte vocale, appuyez sur le carré. Pour une autre, entrez le numéro de poste, puis appuyez sur le carré.',
  extension: 'Entrez votre numéro de poste, puis appuyez sur le carré.',
  languageOffer: 'Pour le français, faites le 9, puis le carré.',
  pin: 'Entrez votre NIP, puis appuyez sur le carré.',
  pinOf: 'Pour écouter les messages de cette boîte vocale, entrez son NIP, puis appuyez sur le carré.',
  noMatch: 'Ce poste et ce NIP ne correspondent pas.',
  tooManyTries:
    'Ce poste et ce NIP ne correspondent pas. Si vous avez oublié votre NIP, choisissez-en un nouveau dans votre clavardage. Au revoir.',
  closed: 'Il n’est pas possible d’écouter des messages par téléphone ici. Au revoir.',
  accessOver: 'Vous ne pouvez plus utiliser cette boîte vocale par téléphone. Au revoir.',
  hello: (name) => `Bonjour, ${name}.`,

  counts: (fresh, saved) => {
    const news =
      fresh === 0
        ? 'n’avez aucun nouveau message'
        : fresh === 1
          ? 'avez 1 nouveau message'
          : `avez ${fresh} nouveaux messages`;
    const kept = saved === 1 ? '1 message conservé' : `${saved} messages conservés`;
    if (saved === 0) return `Vous ${news}.`;
    if (fresh === 0) return `Vous ${news}, mais ${kept}.`;
    return `Vous ${news} et ${kept}.`;
  },
  hearNew: 'Pour écouter les nouveaux messages, faites le 1.',
  hearSaved: 'Pour écouter les messages conservés, faites le 2.',
  hearBox: (name) => `Pour la boîte vocale de ${name}, faites le 6.`,
  hearBoxes: 'Pour les boîtes vocales que vous partagez, faites le 6.',
  chooseBox: (name, key) => `Pour la boîte vocale de ${name}, faites le ${key}.`,
  boxCounts: (name, fresh, saved) => {
    const news =
      fresh === 0 ? 'aucun nouveau message' : fresh === 1 ? '1 nouveau message' : `${fresh} nouveaux messages`;
    const kept = saved === 1 ? '1 message conservé' : `${saved} messages conservés`;
    return `Boîte vocale de ${name} : ${news}${saved === 0 ? '' : `, et ${kept}`}.`;
  },
  notYourBox: 'Vous ne partagez plus cette boîte vocale.',
  mainRest:
    'Pour vos messages d’accueil, faites le 3. Pour l’absence du bureau, faites le 4. Pour tous les choix, faites le 0.',
  allMain:
    'Pour vos messages d’accueil, faites le 3. Pour l’absence du bureau, faites le 4. Pour changer votre NIP, faites le 5. Pour terminer l’appel, appuyez sur l’étoile.',
  goodbye: 'Au revoir.',
  silent: 'Vous n’avez fait aucun choix. Au revoir.',
  notAKey: 'Ce choix n’est pas offert.',
  trouble: 'Cela n’a pas fonctionné pour le moment.',

  noneSaved: 'Il n’y a aucun message conservé.',
  place: (at, total) => (total === 1 ? 'Un message.' : `Message ${at} sur ${total}.`),
  // “De” would have to become “d’” before many names.
  envelope: (caller, when) => `${caller}, ${when}.`,
  details: (caller, when, length) => `${caller}. Reçu ${when}. Durée : ${length}.`,
  number: (digits) => `Numéro : ${digits}.`,
  withheld: 'Le numéro était masqué.',
  unknownCaller: 'Numéro inconnu',
  forwardedBy: (name, withNote) => `Transféré par ${name}${withNote ? ', avec une note' : ''}.`,
  today: (time) => `aujourd’hui à ${time}`,
  yesterday: (time) => `hier à ${time}`,
  onDay: (moment) => `le ${moment}`,
  seconds: (count) => (count === 1 ? '1 seconde' : `${count} secondes`),
  minutes: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
  noAudio: 'L’enregistrement de ce message est introuvable.',
  messageKeys:
    'Pour le réécouter, faites le 1. Pour le conserver, le 2. Pour le supprimer, le 3. Pour le suivant, appuyez sur le carré. Pour tous les choix, faites le 0.',
  allMessageKeys: [
    'Pour le réécouter, faites le 1. Pour le conserver, le 2. Pour le supprimer, le 3. Pour le transférer, le 4. Pour le recevoir par courriel, le 5.',
    'Pour savoir qui a appelé et quand, le 6. Pour le message précédent, le 7. Pour le marquer comme traité, le 8. Pour le suivant, appuyez sur le carré. Pour revenir, appuyez sur l’étoile.',
  ],
  savedIt: 'Conservé.',
  keptNew: 'Conservé comme nouveau.',
  handled: 'Marqué comme traité.',
  deleted: 'Supprimé. Pour le récupérer, faites le 3. Pour le message suivant, appuyez sur le carré.',
  wasDeleted: 'Vous avez supprimé ce message. Pour le récupérer, faites le 3. Pour le suivant, appuyez sur le carré.',
  restored: 'Le message est récupéré.',
  goneForGood: 'Ce message est supprimé définitivement.',
  emailed: 'Il sera envoyé à votre adresse courriel.',
  noMore: 'Il n’y a plus de messages.',
  firstOne: 'C’est le premier message.',

  toWhom:
    'Entrez le numéro de poste de la personne, ou les premières lettres de son nom de famille, puis appuyez sur le carré. Pour revenir, appuyez sur l’étoile.',
  nobody: 'Je n’ai trouvé personne.',
  tooMany: 'J’ai trouvé trop de personnes. Entrez plus de lettres, ou le numéro de poste, puis appuyez sur le carré.',
  person: (name, extension) => (extension === undefined ? name : `${name}, poste ${extension}`),
  sendTo: (who) => `Le transférer à ${who} ? Pour l’envoyer, faites le 1.`,
  addNote: 'Pour dire quelques mots avant, faites le 2.',
  recordNote: 'Parlez après le signal sonore, puis appuyez sur le carré.',
  reviewNote:
    'Pour envoyer le message avec votre note, faites le 1. Pour réécouter la note, le 2. Pour la recommencer, le 3. Pour l’enlever, appuyez sur l’étoile.',
  choose: (who, key) => `Pour ${who}, faites le ${key}.`,
  orBack: 'Pour revenir, appuyez sur l’étoile.',
  forwarded: (name, withNote) => `Transféré à ${name}${withNote ? ', avec votre note' : ''}.`,

  greetings:
    'Pour votre nom, faites le 1. Pour le message d’accueil quand vous n’êtes pas disponible, le 2. Pour celui d’absence du bureau, le 3. Pour celui hors des heures d’ouverture, le 4. Pour revenir, appuyez sur l’étoile.',
  greetingOf: {
    name: 'Votre nom.',
    unavailable: 'Votre message d’accueil quand vous n’êtes pas disponible.',
    'out-of-office': 'Votre message d’accueil d’absence du bureau.',
    'after-hours': 'Votre message d’accueil hors des heures d’ouverture.',
  },
  notRecorded:
    'Il n’est pas enregistré ; on entend un message fait à partir de votre nom. Pour l’enregistrer, faites le 1. Pour revenir, appuyez sur l’étoile.',
  nameNotRecorded:
    'Il n’est pas enregistré ; on entend cette voix le dire. Pour l’enregistrer, faites le 1. Pour revenir, appuyez sur l’étoile.',
  isRecorded:
    'Pour l’écouter, faites le 1. Pour en enregistrer un nouveau, le 2. Pour le retirer, le 3. Pour revenir, appuyez sur l’étoile.',
  recordName: 'Dites votre nom après le signal sonore, puis appuyez sur le carré.',
  recordGreeting: 'Parlez après le signal sonore, puis appuyez sur le carré.',
  oneMoment: 'Un instant, je vous prie.',
  notHeard: 'Je n’ai rien entendu.',
  notFetched: 'L’enregistrement n’est pas arrivé. Veuillez réessayer.',
  youSaid: 'Voici votre enregistrement.',
  review:
    'Pour le garder, faites le 1. Pour le réécouter, le 2. Pour recommencer, le 3. Pour annuler, appuyez sur l’étoile.',
  greetingKept: 'Votre enregistrement est gardé.',
  greetingRemoved: 'Votre enregistrement est retiré.',

  newPin:
    'Entrez votre nouveau NIP : de 4 à 10 chiffres, puis appuyez sur le carré. Pour revenir, appuyez sur l’étoile.',
  newPinAgain: 'Entrez-le encore une fois, puis appuyez sur le carré.',
  pinDiffers: 'Les deux NIP sont différents.',
  pinChanged: 'Votre nouveau NIP est en vigueur.',
  pinKept: 'Votre NIP reste le même.',

  away: 'Votre absence du bureau est activée. Si vous êtes de retour, faites le 1. Pour revenir au menu, appuyez sur l’étoile.',
  awayUntil: (when) =>
    `Votre absence du bureau est activée, et votre retour est prévu le ${when}. Si vous êtes de retour, faites le 1. Pour revenir au menu, appuyez sur l’étoile.`,
  hereWithBackup: (name) =>
    `Votre absence du bureau n’est pas activée. Pour l’activer dès maintenant et jusqu’à votre retour, avec ${name} pour prendre vos appels, faites le 1. Pour revenir, appuyez sur l’étoile.`,
  hereAlone:
    'Votre absence du bureau n’est pas activée. Pour l’activer dès maintenant et jusqu’à votre retour, avec votre boîte vocale pour prendre vos appels, faites le 1. Pour revenir, appuyez sur l’étoile.',
  absenceOff: 'Votre entreprise a désactivé l’absence du bureau.',
  nowAway: 'Votre absence du bureau est activée.',
  nowBack: 'Bon retour. Vos appels vous parviennent de nouveau.',
  absenceRefused: 'Cela ne va pas avec vos absences prévues. Réglez-le dans votre clavardage.',

  lockedTitle: 'Quelqu’un a essayé votre NIP',
  locked: (failures) =>
    `${failures} NIP erronés ont été entrés par téléphone pour votre boîte vocale. Pendant un moment, seuls vos propres numéros peuvent l’ouvrir par téléphone.`,
  lockedForOwner: (failures) =>
    `${failures} NIP erronés ont été entrés par téléphone pour votre boîte vocale, depuis un de vos numéros. Elle ne s’ouvre plus de là pendant un moment.`,
  lockedWhen: 'Quand',
  lockedUntil: 'Verrouillée jusqu’à',
  lockedAdvice:
    'Si c’était vous, attendez et réessayez, ou choisissez un nouveau NIP ci-dessous, qui la rouvre aussitôt. Sinon, vos messages sont à l’abri ; un nouveau NIP, plus long, les y gardera.',
};

declare module '../../chat/words.js' {
  interface Words {
    readonly phoneMenu: typeof en;
  }
}
