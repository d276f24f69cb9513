import { frenchThe } from '../../chat/phrasing.js';

/** English words of the music for waiting callers. */
export const en = {
  title: 'Hold music',
  lead: 'What callers hear while they wait for somebody who is on a call, if the setting “Callers may wait” is on.',
  ours: 'Callers hear the music that comes with Attendant.',
  own: (when: string, length: string) => `Callers hear your own music: ${length}, since ${when}.`,
  file: 'Music file',
  fileHint: (minutes: number, megabytes: number) =>
    `WAV or MP3, up to ${minutes} minutes and ${megabytes} MB. It plays in a loop. Use music that you may play to the public.`,
  save: 'Use this music',
  remove: 'Remove it',
  none: 'There is no music of your own.',
  tooShort: (seconds: number) => `This is too short. Choose music of ${seconds} seconds or more.`,
  tooLarge: (minutes: number, megabytes: number) =>
    `This is too long. Choose music of up to ${minutes} minutes and ${megabytes} MB.`,
};

/** French words of the same. */
export const fr: typeof en = {
  title: 'Musique d’attente',
  lead: 'Ce qu’on entend en attendant une personne déjà en ligne, si le réglage « On peut patienter » est activé.',
  ours: 'On entend la musique fournie avec Attendant.',
  own: (when, length) => `On entend votre propre musique : ${length}, depuis ${frenchThe(when)}.`,
  file: 'Fichier de musique',
  fileHint: (minutes, megabytes) =>
    `WAV ou MP3, jusqu’à ${minutes} minutes et ${megabytes} Mo. Elle joue en boucle. Choisissez une musique que vous pouvez diffuser en public.`,
  save: 'Utiliser cette musique',
  remove: 'La retirer',
  none: 'Vous n’avez pas de musique à vous.',
  tooShort: (seconds) => `C’est trop court. Choisissez une musique d’au moins ${seconds} secondes.`,
  tooLarge: (minutes, megabytes) =>
    `C’est trop long. Choisissez une musique de ${minutes} minutes et ${megabytes} Mo au plus.`,
};
