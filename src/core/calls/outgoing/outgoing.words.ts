/** English words of calls that the system makes to a person: what they hear, the form, the card. */
export const en = {
  // What they hear.
  confirm: (company: string, name: string, greeting: string) =>
    `This is Attendant of ${company}, with a call that ${name} asked for. To record your greeting “${greeting}”, press 1.`,
  confirmFor: (company: string, name: string, greeting: string, mailbox: string) =>
    `This is Attendant of ${company}, with a call that ${name} asked for. To record the greeting “${greeting}” of ${mailbox}, press 1.`,
  confirmCallBack: (name: string, number: string) =>
    `This is Attendant, with a call that ${name} asked for. To be connected with ${number}, press 1.`,
  speak: 'Speak after the tone, then press pound.',
  heardNothing: 'I heard nothing. Speak after the tone, then press pound.',
  review: 'To keep this recording, press 1. To hear it again, press 2. To record another, press 3.',
  kept: 'Your recording is kept. Goodbye.',
  connecting: 'I am connecting you.',
  cannotConnect: 'This number cannot be called. Goodbye.',

  // The form and the card.
  callMe: 'Call me',
  callAgain: 'Call me again',
  connectMe: 'Ring me and connect us',
  noOwnNumber: 'Attendant does not know your phone number. An admin can enter it as your personal number.',
  formTitle: 'Record by telephone',
  numberField: 'Your phone number',
  numberHint: 'It rings in a moment. Nothing is recorded before you press 1.',
  title: 'A call to you',
  mailbox: 'Mailbox',
  yourPhone: 'Your phone',
  with: 'With',
  status: {
    waiting: 'Your phone will ring in a moment. Press 1 when you pick up.',
    placing: 'Your phone will ring in a moment. Press 1 when you pick up.',
    ringing: 'Your phone is ringing. Press 1 when you pick up.',
    answered: 'You are on the line.',
    keeping: 'Your recording is being stored.',
    done: 'Your recording is kept. Callers hear it from now on.',
    'not-kept': 'The call is over, and nothing was kept.',
    busy: 'Your line was busy.',
    'no-answer': 'You did not answer.',
  },
  connected: 'You were connected.',
  failure: {
    'bad-number': 'This number cannot be called. Check it, and try again.',
    'caller-id':
      'The voice provider does not know the number that the call would show. An admin can check “Main numbers” in the settings.',
    account: 'The voice provider refused the call. An admin can check the account there.',
    provider: 'The call did not work. Try again in a few minutes.',
  },
  cannotCall: 'Attendant cannot make calls here: that needs a voice provider, and a main number to show.',
  alreadyRinging: 'Your phone is in another call from Attendant just now. Try again after it.',
  tooMany: 'That were many calls within an hour. Try again later, or record in the browser.',
};

/** French words of the same. */
export const fr: typeof en = {
  confirm: (company, name, greeting) =>
    `Ici Attendant, de ${company}, pour un appel demandé par ${name}. Pour enregistrer votre message d’accueil « ${greeting} », faites le 1.`,
  confirmFor: (company, name, greeting, mailbox) =>
    `Ici Attendant, de ${company}, pour un appel demandé par ${name}. Pour enregistrer le message d’accueil « ${greeting} » de ${mailbox}, faites le 1.`,
  confirmCallBack: (name, number) =>
    `Ici Attendant, pour un appel demandé par ${name}. Pour joindre le ${number}, faites le 1.`,
  speak: 'Parlez après le signal sonore, puis appuyez sur le carré.',
  heardNothing: 'Je n’ai rien entendu. Parlez après le signal sonore, puis appuyez sur le carré.',
  review:
    'Pour garder cet enregistrement, faites le 1. Pour le réécouter, faites le 2. Pour en faire un autre, faites le 3.',
  kept: 'Votre enregistrement est gardé. Au revoir.',
  connecting: 'Je vous mets en communication.',
  cannotConnect: 'Ce numéro ne peut pas être appelé. Au revoir.',

  callMe: 'Appelez-moi',
  callAgain: 'Rappelez-moi',
  connectMe: 'M’appeler et nous mettre en communication',
  noOwnNumber:
    'Attendant ne connaît pas votre numéro. La personne qui administre Attendant peut l’inscrire comme numéro personnel.',
  formTitle: 'Par téléphone',
  numberField: 'Votre numéro de téléphone',
  numberHint: 'Il sonnera dans un instant. Rien n’est enregistré avant que vous fassiez le 1.',
  title: 'Un appel vers vous',
  mailbox: 'Messagerie',
  yourPhone: 'Votre téléphone',
  with: 'Avec',
  status: {
    waiting: 'Votre téléphone va sonner dans un instant. Décrochez et faites le 1.',
    placing: 'Votre téléphone va sonner dans un instant. Décrochez et faites le 1.',
    ringing: 'Votre téléphone sonne. Décrochez et faites le 1.',
    answered: 'Vous êtes en ligne.',
    keeping: 'Votre enregistrement est en cours de sauvegarde.',
    done: 'Votre enregistrement est gardé. Vos appelants l’entendent désormais.',
    'not-kept': 'L’appel est terminé, et rien n’a été gardé.',
    busy: 'Votre ligne était occupée.',
    'no-answer': 'Vous n’avez pas répondu.',
  },
  connected: 'Vous avez été mis en communication.',
  failure: {
    'bad-number': 'Ce numéro ne peut pas être appelé. Vérifiez-le, puis réessayez.',
    'caller-id':
      'Le fournisseur ne connaît pas le numéro que l’appel afficherait. La personne qui administre Attendant peut vérifier les numéros principaux dans les réglages de l’entreprise.',
    account: 'Le fournisseur a refusé l’appel. La personne qui administre Attendant peut vérifier le compte chez lui.',
    provider: 'L’appel n’a pas fonctionné. Réessayez dans quelques minutes.',
  },
  cannotCall:
    'Attendant ne peut pas appeler d’ici : il faut un fournisseur de téléphonie et un numéro principal à afficher.',
  alreadyRinging: 'Votre téléphone est déjà dans un autre appel d’Attendant. Réessayez ensuite.',
  tooMany: 'Cela fait beaucoup d’appels en une heure. Réessayez plus tard, ou enregistrez dans le navigateur.',
};
