/** English words of the review of a message, while its caller is on the line. */
export const en = {
  choices: 'To send your message, press 1 or hang up. To listen to it, press 2. To record it again, press 3.',
  urgent: 'To send it as urgent, press 4.',
  again: 'Record your message again after the tone, then press pound.',
  nothingNew: 'I heard nothing new. Your earlier message is still here.',
  sentAsUrgent: 'Thank you, your message was taken as urgent. Goodbye.',
};

/** French words of the same. */
export const fr: typeof en = {
  choices:
    'Pour envoyer votre message, faites le 1 ou raccrochez. Pour l’écouter, faites le 2. Pour l’enregistrer de nouveau, le 3.',
  urgent: 'Pour l’envoyer comme urgent, faites le 4.',
  again: 'Enregistrez de nouveau votre message après le signal sonore, puis appuyez sur le carré.',
  nothingNew: 'Je n’ai rien entendu de nouveau. Votre premier message est toujours là.',
  sentAsUrgent: 'Merci, votre message est enregistré comme urgent. Au revoir.',
};
