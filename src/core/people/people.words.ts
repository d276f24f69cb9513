import type { PinRefusal } from './pin.js';

/** English words about people: why a change of a person is refused. */
export const en = {
  lastAdmin: (name: string) => `${name} is the last admin. Make somebody else an admin first.`,
  deadMailbox: (name: string) =>
    `Nobody could hear the messages of ${name}. Leave app access on, have messages attached to e-mails, or give an extension and a PIN where the company has an access number.`,
  deadMailboxes: (people: number, example: string) =>
    people === 1
      ? `Nobody could hear the messages of ${example} any more. Change how they get them first: the app, messages attached to e-mails, or the phone.`
      : `Nobody could hear the messages of ${people} people any more, ${example} among them. Change how they get them first: the app, messages attached to e-mails, or the phone.`,
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
  pin: {
    refused: {
      shape: 'A PIN has 4 to 10 digits.',
      repeats: 'This PIN repeats itself. Choose one that is harder to guess.',
      run: 'This PIN is a run of digits. Choose one that is harder to guess.',
      keypad: 'This PIN is a line on the keypad. Choose one that is harder to guess.',
      extension: 'This PIN is your extension, or your extension backwards. Choose another one.',
      used: 'This is one of your last five PINs. Choose a new one.',
    } satisfies Record<PinRefusal, string>,
    asAnother: 'Only the person can see to their PIN. Stop acting as them first.',
    changedMeanwhile: 'Something about you was changed at the same moment. Type your new PIN once more.',
  },
};

/** French words about people. */
export const fr: typeof en = {
  lastAdmin: (name) => `Sans ${name}, il n’y aurait plus d’admin. Nommez d’abord quelqu’un d’autre.`,
  deadMailbox: (name) =>
    `Personne ne pourrait écouter les messages de ${name}. Laissez l’accès à l’application, faites joindre les messages aux courriels, ou donnez un poste et un NIP si l’entreprise a un numéro d’accès.`,
  deadMailboxes: (people, example) =>
    people === 1
      ? `Personne ne pourrait plus écouter les messages de ${example}. Changez d’abord leur voie : l’application, les messages joints aux courriels, ou le téléphone.`
      : `Personne ne pourrait plus écouter les messages de ${people} personnes, dont ${example}. Changez d’abord leur voie : l’application, les messages joints aux courriels, ou le téléphone.`,
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
  pin: {
    refused: {
      shape: 'Un NIP a de 4 à 10 chiffres.',
      repeats: 'Ce NIP se répète. Choisissez-en un plus difficile à deviner.',
      run: 'Ce NIP est une suite de chiffres. Choisissez-en un plus difficile à deviner.',
      keypad: 'Ce NIP est une ligne du clavier. Choisissez-en un plus difficile à deviner.',
      extension: 'Ce NIP est votre numéro de poste, ou ce numéro à l’envers. Choisissez-en un autre.',
      used: 'C’est l’un de vos cinq derniers NIP. Choisissez-en un nouveau.',
    },
    asAnother: 'Seule la personne s’occupe de son NIP. Cessez d’abord d’agir en son nom.',
    changedMeanwhile: 'Vos données ont été modifiées au même moment. Tapez encore une fois votre nouveau NIP.',
  },
};

declare module '../chat/words.js' {
  interface Words {
    readonly people: typeof en;
  }
}
