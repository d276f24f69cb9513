/** English words for a message that the voice provider did not deliver. */
export const en = {
  title: 'A message could not be fetched',
  left: (caller: string) => `${caller} left a message, and the voice provider did not hand it over.`,
  perhaps: (caller: string) =>
    `${caller} may have left a message. The voice provider could not be asked for it for a day.`,
  mailbox: 'Mailbox of',
  call: 'Call at the provider',
  recording: 'Recording at the provider',
  toDo: 'Call back. The person who manages the account at the voice provider can look for the recording under these ids, unless it was deleted.',
  toDoUnknown:
    'The caller’s number is not known. The person who manages the account at the voice provider can look for the recording under these ids, unless it was deleted.',
};

/** French words for the same. */
export const fr: typeof en = {
  title: 'Un message n’a pas pu être récupéré',
  left: (caller) => `${caller} a laissé un message, et le fournisseur de téléphonie ne l’a pas remis.`,
  perhaps: (caller) =>
    `${caller} a peut-être laissé un message. Le fournisseur de téléphonie n’a pas répondu pendant une journée.`,
  mailbox: 'Messagerie de',
  call: 'Appel chez le fournisseur',
  recording: 'Enregistrement chez le fournisseur',
  toDo: 'Rappelez. La personne qui gère le compte du fournisseur peut y chercher l’enregistrement sous ces identifiants, s’il n’a pas été supprimé.',
  toDoUnknown:
    'Le numéro de l’appelant n’est pas connu. La personne qui gère le compte du fournisseur peut y chercher l’enregistrement sous ces identifiants, s’il n’a pas été supprimé.',
};
