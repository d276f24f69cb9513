/** English words of changes of many people at once. */
export const en = {
  title: 'Change many',
  intro: (count: string, filter: string) =>
    `These get the same values: ${count}${filter === '' ? '' : ` (${filter})`}.`,
  leave: 'Leave as it is',
  noBackup: 'Remove the backup user',
  removeBackup: 'Without backup user',
  preview: 'Preview',
  previewTitle: 'Before anything changes',
  willChange: 'Will change',
  unchanged: 'Have it already',
  refused: 'Refused',
  updated: 'Changed',
  refusedLine: (name: string, why: string) => `${name}: ${why}`,
  apply: (count: number) => `Change ${count.toLocaleString('en-CA')}`,
  nothingToDo: 'Nobody would be changed.',
  nothing: 'Choose at least one value.',
  notYourself: 'Change your own access and role by your own form.',
  gone: 'This change is not there.',
  tooLate: 'This cannot be reverted any more.',
  running: 'Changing people',
  reverting: 'Reverting a change',
  progress: (done: string, total: string) => `${done} of ${total}`,
  done: 'People were changed',
  reverted: 'A change was reverted',
  failed: 'The change stopped before its end',
  refresh: 'Show progress',
  result: 'Result',
  revert: 'Revert',
  revertTitle: 'Revert this change?',
  revertText: (count: number) =>
    `The values from before come back for ${count.toLocaleString('en-CA')}. Newer changes of the same values are overwritten.`,
  goBack: 'Go back',
  revertUntil: (time: string) => `It can be reverted until ${time}.`,
  changeThese: (count: string) => `Change: ${count}`,
};

/** French words of changes of many people at once. */
export const fr: typeof en = {
  title: 'Modifier en lot',
  intro: (count, filter) => `Mêmes valeurs pour : ${count}${filter === '' ? '' : ` (${filter})`}.`,
  leave: 'Laisser tel quel',
  noBackup: 'Retirer le suppléant',
  removeBackup: 'Sans suppléant',
  preview: 'Aperçu',
  previewTitle: 'Avant tout changement',
  willChange: 'À modifier',
  unchanged: 'Déjà ainsi',
  refused: 'Refusées',
  updated: 'Modifiées',
  refusedLine: (name, why) => `${name} : ${why}`,
  apply: (count) => `En modifier ${count.toLocaleString('fr-CA')}`,
  nothingToDo: 'Personne ne changerait.',
  nothing: 'Choisissez au moins une valeur.',
  notYourself: 'Modifiez votre accès et votre rôle par votre propre formulaire.',
  gone: 'Cette modification n’existe pas.',
  tooLate: 'Ceci ne peut plus être annulé.',
  running: 'Modification en cours',
  reverting: 'Annulation en cours',
  progress: (done, total) => `${done} sur ${total}`,
  done: 'Modification terminée',
  reverted: 'Modification annulée',
  failed: 'La modification s’est arrêtée avant la fin',
  refresh: 'Voir l’avancement',
  result: 'Résultat',
  revert: 'Annuler la modification',
  revertTitle: 'Annuler cette modification ?',
  revertText: (count) =>
    `Les valeurs d’avant reviennent pour ${count.toLocaleString('fr-CA')}. Les modifications plus récentes des mêmes valeurs sont écrasées.`,
  goBack: 'Retour',
  revertUntil: (time) => `Annulable jusqu’à ${time}.`,
  changeThese: (count) => `Modifier : ${count}`,
};

declare module '../../chat/words.js' {
  interface Words {
    readonly peopleChange: typeof en;
  }
}
