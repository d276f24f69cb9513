/** English words of access to messages by phone. */
export const en = {
  help: 'Listen by phone: the number to call, and your PIN',
  example: 'phone',
  title: 'Listen by phone',
  how: (number: string) => `Call ${number} from any phone, then enter your extension and your PIN.`,
  notSetUp: 'Your company has not set up access by phone yet. Once it has, the number to call stands here.',
  number: 'Number to call',
  extension: 'Your extension',
  noExtension: 'None yet. An admin can give you one.',
  pin: 'PIN',
  pinSet: 'Set',
  noPin: 'Not set yet',
  keys: 'Keys: 1 new messages, 2 saved ones, 3 greetings, 4 out of office, 5 PIN. 0 says what can be pressed, * goes back.',
  greetingKey: 'Or call your own number and press * while your greeting plays.',
  pinIsYours: 'Nobody can see your PIN. If you forget it, choose a new one here. Never type it into the chat.',
  pinOfAnother: 'Only the person can see to their PIN.',
  choosePin: 'Choose a PIN',
  changePin: 'Change the PIN',
  pinChanged: 'Your PIN is saved.',
  newPin: 'New PIN',
  pinHint:
    '4 to 10 digits that are hard to guess: no repeats, runs, keypad lines or your extension, and none of your last five.',
  save: 'Save',
  cancel: 'Cancel',
};

/** French words of access to messages by phone. */
export const fr: typeof en = {
  help: 'Écouter par téléphone : le numéro à appeler, et votre NIP',
  example: 'téléphone',
  title: 'Écouter par téléphone',
  how: (number) => `Appelez le ${number} de n’importe quel téléphone, puis entrez votre numéro de poste et votre NIP.`,
  notSetUp: 'Votre entreprise n’a pas encore configuré l’accès par téléphone. Le numéro à appeler sera indiqué ici.',
  number: 'Numéro à appeler',
  extension: 'Votre poste',
  noExtension: 'Aucun pour l’instant. Un admin peut vous en donner un.',
  pin: 'NIP',
  pinSet: 'Choisi',
  noPin: 'Pas encore choisi',
  keys: 'Touches : 1 nouveaux messages, 2 messages conservés, 3 accueils, 4 absence du bureau, 5 NIP. Le 0 dit ce qu’on peut faire, l’étoile (*) revient.',
  greetingKey: 'Ou appelez votre propre numéro et appuyez sur l’étoile (*) pendant votre accueil.',
  pinIsYours:
    'Personne ne peut voir votre NIP. Si vous l’oubliez, choisissez-en un autre ici. Ne le tapez jamais dans le clavardage.',
  pinOfAnother: 'Seule la personne s’occupe de son NIP.',
  choosePin: 'Choisir un NIP',
  changePin: 'Changer le NIP',
  pinChanged: 'Votre NIP est enregistré.',
  newPin: 'Nouveau NIP',
  pinHint:
    'De 4 à 10 chiffres difficiles à deviner : ni répétition, ni suite, ni ligne du clavier, ni votre poste, ni l’un des cinq derniers.',
  save: 'Enregistrer',
  cancel: 'Annuler',
};

declare module '../../chat/words.js' {
  interface Words {
    readonly phoneAccess: typeof en;
  }
}
