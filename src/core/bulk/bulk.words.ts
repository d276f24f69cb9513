import * as people from '../people/people.words.js';
import { countryNames } from '../phone-number.js';

const optionsOf = (options: readonly string[]) => options.join(', ');

/** A circle may hold a whole company: at most 7 of its usernames are named. */
const shortWay = (usernames: readonly string[]): readonly string[] =>
  usernames.length <= 7 ? usernames : [...usernames.slice(0, 4), '…', ...usernames.slice(-2)];

/** English words of CSV files: what is wrong with a file or a line, and what to do about it. */
export const en = {
  unknownColumns: (columns: readonly string[], known: readonly string[]) =>
    `Unknown column ${columns.map((column) => `“${column}”`).join(', ')}. The columns are: ${optionsOf(known)}.`,
  noHeader: 'The file is empty. Its first line must name the columns.',
  noUsername: 'The column “username” is missing: it tells whose line it is.',
  columnTwice: (column: string) => `The column “${column}” stands there twice. Keep one.`,
  notUtf8: 'The file is not UTF-8, so it was read as Windows-1252. Check that accents are right; “CSV UTF-8” is safer.',
  isWorkbook: 'This is a spreadsheet, not a CSV file. Save it as “CSV UTF-8” and try again.',
  notText: 'This is no text file. Save it as “CSV UTF-8” and try again.',
  fileTooLarge: 'The file is larger than 64 MB. Split it.',
  recordTooLong: (line: number) => `Line ${line} is too long to be a person. Is a quotation mark missing before it?`,
  tooManyLines: (most: number) => `The file has more than ${most} lines. Split it.`,
  busy: 'Another file is being worked on. Wait until it is done, and send this one again.',
  noDryRevert: 'A revert has no dry run.',
  changedSince: 'Changed or used since the import, so it was left as it is.',
  noSuchRun: 'There is no such import here.',
  notToApply: 'This file can no longer be applied. Send it again.',
  notToRevert: (hours: number) => `Only an import that changed something can be reverted, for ${hours} hours.`,
  tooManyColumns: (most: number) => `The file has more than ${most} columns. Keep those that you need.`,
  broken: (line: number) => `The file cannot be read at line ${line}: a quotation mark is missing or too many.`,

  wrongCells: (expected: number, found: number) => `This line has ${found} cells, the header has ${expected}.`,
  notMarked: 'Not marked with Y in row_changed.',
  noUser: 'The username is missing.',
  missing: (column: string) => `A new user needs ${column}.`,
  missingName: 'A user needs first_name, last_name, or both.',
  shortened: (column: string) =>
    `${column} was shortened by the spreadsheet (as 1.4E+10). Format the column as text, type it again and export again.`,
  notOneOf: (column: string, options: readonly string[]) => `${column} must be one of: ${optionsOf(options)}.`,
  cannotClear: (column: string) => `${column} cannot be cleared.`,
  tooLong: (column: string, most: number) => `${column} has more than ${most} characters.`,
  unreadable: (column: string) => `${column} holds a control character. Type it again.`,
  badUsername: 'username may hold letters, digits and . _ - @ + only.',
  badEmail: 'email is not an e-mail address.',
  badExtension: 'extension must be 2 to 10 digits, or AUTO.',
  badNumber: (column: string) => `${column} is not a phone number that can be dialled.`,
  hasExtension: (column: string) => `${column} has an extension behind it. Give the number alone.`,
  premium: (column: string) => `${column} is a premium-rate, satellite or personal number: those cannot be used.`,
  abroad: (column: string, allowed: readonly string[]) =>
    `${column} is in a country that calls may not go to. Allowed: ${countryNames('en', allowed)}.`,
  badTimeZone: 'time_zone must be an IANA name, for instance America/Toronto.',
  accessDoesNotFit: (userType: string, access: string) => `access ${access} does not fit user_type ${userType}.`,
  pin: {
    shape: 'pin must be 4 to 10 digits, or AUTO.',
    repeats: 'pin repeats itself. Choose one that is harder to guess.',
    run: 'pin is a run of digits. Choose one that is harder to guess.',
    keypad: 'pin is a line on the keypad. Choose one that is harder to guess.',
    extension: 'pin is the extension, or the extension backwards. Choose another.',
  },
  usernameTwice: (line: number) => `Line ${line} has this username already.`,
  taken: (column: string, holder: string) => `${column} belongs to ${holder} already.`,
  takenElsewhere: (column: string) => `${column} is in use already.`,
  ownNumber: 'did is a number of your company itself.',
  noFreeExtension: (range: string) => `No extension from ${range} is free. Widen the setting extensionRange.`,
  unknownBackup: (username: string) => `default_backup ${username} is not a user.`,
  refusedBackup: (username: string) => `default_backup ${username} was refused in this file.`,
  backupTakesNoCalls: (username: string) => `default_backup ${username} cannot take calls with Attendant.`,
  ownBackup: 'Nobody can be their own backup.',
  circle: (usernames: readonly string[]) =>
    `The backups would go round in a circle: ${shortWay(usernames).join(' → ')}.`,
  lastAdmin: people.en.lastAdmin,
  swap: 'This line and another want what the other has. Clear one of them first.',
  changedMeanwhile: 'Somebody else changed this meanwhile. Import the file again.',
  noSuchUser: (who: string) => `I found nobody for “${who}”. Try the extension, or the e-mail address.`,
  severalUsers: (who: string) => `Several people fit “${who}”. Say which by the extension, or the e-mail address.`,
  noCompany: 'There is no such company here. “attendant seed” or “attendant import” makes one.',
  notTheSeed: 'This installation has a company of its own. The demo company goes only into an empty one.',

  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  skipped: 'skipped',
  refused: 'refused',
};

/** French words of CSV files. Column names stay as they are in the file. */
export const fr: typeof en = {
  unknownColumns: (columns, known) =>
    `Colonne inconnue : ${columns.map((column) => `« ${column} »`).join(', ')}. Les colonnes sont : ${optionsOf(known)}.`,
  noHeader: 'Le fichier est vide. Sa première ligne doit nommer les colonnes.',
  noUsername: 'La colonne « username » manque : elle dit de qui parle la ligne.',
  columnTwice: (column) => `La colonne « ${column} » s’y trouve deux fois. Gardez-en une.`,
  notUtf8:
    'Le fichier n’est pas en UTF-8 : il a été lu comme Windows-1252. Vérifiez les accents ; « CSV UTF-8 » est plus sûr.',
  isWorkbook: 'C’est un classeur, pas un fichier CSV. Enregistrez-le en « CSV UTF-8 » et réessayez.',
  notText: 'Ce n’est pas un fichier texte. Enregistrez-le en « CSV UTF-8 » et réessayez.',
  fileTooLarge: 'Le fichier dépasse 64 Mo. Divisez-le.',
  recordTooLong: (line) => `La ligne ${line} est trop longue pour une personne. Manque-t-il un guillemet plus haut ?`,
  tooManyLines: (most) => `Le fichier a plus de ${most} lignes. Divisez-le.`,
  busy: 'Un autre fichier est en cours de traitement. Attendez qu’il soit terminé, puis renvoyez celui-ci.',
  noDryRevert: 'Une annulation ne s’essaie pas à blanc.',
  changedSince: 'Modifié ou utilisé depuis l’importation, donc laissé tel quel.',
  noSuchRun: 'Il n’y a pas de telle importation ici.',
  notToApply: 'Ce fichier ne peut plus être appliqué. Renvoyez-le.',
  notToRevert: (hours) =>
    `Seule une importation qui a changé quelque chose peut être annulée, pendant ${hours} heures.`,
  tooManyColumns: (most) => `Le fichier a plus de ${most} colonnes. Gardez celles dont vous avez besoin.`,
  broken: (line) => `Le fichier est illisible à la ligne ${line} : un guillemet manque ou est de trop.`,

  wrongCells: (expected, found) => `Cette ligne a ${found} cellules, l’en-tête en a ${expected}.`,
  notMarked: 'Sans Y dans row_changed.',
  noUser: 'Le username manque.',
  missing: (column) => `Pour un nouvel utilisateur, il faut ${column}.`,
  missingName: 'Il faut first_name, last_name, ou les deux.',
  shortened: (column) =>
    `${column} a été abrégé par le tableur (comme 1,4E+10). Mettez la colonne au format texte, ressaisissez la valeur et exportez de nouveau.`,
  notOneOf: (column, options) => `${column} doit être l’une de ces valeurs : ${optionsOf(options)}.`,
  cannotClear: (column) => `${column} ne peut pas être vidé.`,
  tooLong: (column, most) => `${column} a plus de ${most} caractères.`,
  unreadable: (column) => `${column} contient un caractère de contrôle. Saisissez-le de nouveau.`,
  badUsername: 'username ne peut contenir que des lettres, des chiffres et . _ - @ +.',
  badEmail: 'email n’est pas une adresse de courriel.',
  badExtension: 'extension doit avoir de 2 à 10 chiffres, ou être AUTO.',
  badNumber: (column) => `${column} n’est pas un numéro de téléphone qu’on peut composer.`,
  hasExtension: (column) => `${column} est suivi d’un poste. Donnez le numéro seul.`,
  premium: (column) => `${column} est un numéro surtaxé, satellitaire ou personnel : ceux-ci ne sont pas acceptés.`,
  abroad: (column, allowed) =>
    `${column} est dans un pays où les appels ne peuvent pas aller. Permis : ${countryNames('fr', allowed)}.`,
  badTimeZone: 'time_zone doit être un nom IANA, par exemple America/Toronto.',
  accessDoesNotFit: (userType, access) => `access ${access} ne convient pas au user_type ${userType}.`,
  pin: {
    shape: 'pin doit avoir de 4 à 10 chiffres, ou être AUTO.',
    repeats: 'pin se répète. Choisissez-en un plus difficile à deviner.',
    run: 'pin est une suite de chiffres. Choisissez-en un plus difficile à deviner.',
    keypad: 'pin est une ligne du clavier. Choisissez-en un plus difficile à deviner.',
    extension: 'pin est le numéro de poste, ou ce numéro à l’envers. Choisissez-en un autre.',
  },
  usernameTwice: (line) => `La ligne ${line} a déjà ce username.`,
  taken: (column, holder) => `${column} appartient déjà à ${holder}.`,
  takenElsewhere: (column) => `${column} est déjà utilisé.`,
  ownNumber: 'did est un numéro de l’entreprise elle-même.',
  noFreeExtension: (range) => `Aucun poste de ${range} n’est libre. Élargissez le réglage extensionRange.`,
  unknownBackup: (username) => `default_backup ${username} n’est pas un utilisateur.`,
  refusedBackup: (username) => `default_backup ${username} a été refusé dans ce fichier.`,
  backupTakesNoCalls: (username) => `default_backup ${username} ne peut pas prendre d’appels avec Attendant.`,
  ownBackup: 'Personne ne peut être son propre suppléant.',
  circle: (usernames) => `Les suppléants tourneraient en rond : ${shortWay(usernames).join(' → ')}.`,
  lastAdmin: people.fr.lastAdmin,
  swap: 'Cette ligne et une autre veulent chacune ce que l’autre a. Videz d’abord l’une des deux.',
  changedMeanwhile: 'Quelqu’un d’autre a modifié ceci entre-temps. Importez le fichier de nouveau.',
  noSuchUser: (who) => `Je n’ai trouvé personne pour « ${who} ». Essayez le poste, ou l’adresse courriel.`,
  severalUsers: (who) => `Plusieurs personnes correspondent à « ${who} ». Précisez par le poste ou l’adresse courriel.`,
  noCompany: 'Cette entreprise n’existe pas ici. « attendant seed » ou « attendant import » en crée une.',
  notTheSeed:
    'Cette installation a déjà son entreprise. L’entreprise de démonstration ne va que dans une installation vide.',

  created: 'créé',
  updated: 'modifié',
  unchanged: 'inchangé',
  skipped: 'ignoré',
  refused: 'refusé',
};

declare module '../chat/words.js' {
  interface Words {
    readonly bulk: typeof en;
  }
}
