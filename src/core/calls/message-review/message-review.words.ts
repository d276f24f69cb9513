/** English words of the review of a message, while its caller is on the line. */
export const en = {
  choices: 'Press 1 to send your message, 2 to listen to it, or 3 to record it again.',
  urgent: 'Press 4 to send it as urgent.',
  again: 'Record your message again after the tone, and press the pound key when you are done.',
  nothingNew: 'I heard nothing new. Your earlier message is still here.',
  sentAsUrgent: 'Thank you, your message was taken as urgent. Goodbye.',
};

/** French words of the same. */
export const fr: typeof en = {
  choices: 'Faites le 1 pour envoyer votre message, le 2 pour l’écouter, ou le 3 pour l’enregistrer de nouveau.',
  urgent: 'Faites le 4 pour l’envoyer comme urgent.',
  again: 'Enregistrez de nouveau votre message après le signal sonore, puis appuyez sur le carré.',
  nothingNew: 'Je n’ai rien entendu de nouveau. Votre premier message est toujours là.',
  sentAsUrgent: 'Merci, votre message est enregistré comme urgent. Au revoir.',
};
