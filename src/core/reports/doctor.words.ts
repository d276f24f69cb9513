import { formatCount } from '../chat/phrasing.js';

/** English texts of the list of people whom no notice reaches. */
export const en = {
  what: 'See whom no notice reaches, and why',
  example: 'doctor',
  title: 'People whom no notice reaches',
  nobody: 'Every person with access is reached, in chat or by e-mail.',
  more: (count: number) => `And ${formatCount('en', count)} more: the list is in the browser and in the terminal.`,
  failedTitle: 'Last deliveries that did not arrive',
  failedBy: (people: string, more: number) => (more === 0 ? people : `${people} and ${more} more`),
  byMail: 'E-mail',
  whys: {
    'no-account': 'No chat account is linked. Ask the person to write to Attendant in chat.',
    'platforms-off': 'The linked chat platform is not enabled here.',
    refused: 'The chat platform refused the last card.',
  },
  mails: {
    off: 'No mail server is set up.',
    unwanted: 'Their notices do not go by e-mail.',
    'off and unwanted': 'No mail server is set up, and their notices do not go by e-mail.',
  },
};

/** French texts of the list of people whom no notice reaches. */
export const fr: typeof en = {
  what: 'Voir qui aucun avis ne joint, et pourquoi',
  example: 'diagnostic',
  title: 'Personnes qu’aucun avis ne joint',
  nobody: 'Les avis joignent toutes les personnes qui ont un accès, par clavardage ou par courriel.',
  more: (count) => `Et ${formatCount('fr', count)} de plus\u00a0: la liste est dans le navigateur et au terminal.`,
  failedTitle: 'Derniers envois qui ne sont pas arrivés',
  failedBy: (people, more) => (more === 0 ? people : `${people} et ${more} de plus`),
  byMail: 'Courriel',
  whys: {
    'no-account': 'Aucun compte de clavardage n’est relié. Demandez à la personne d’y écrire à Attendant.',
    'platforms-off': 'La plateforme de clavardage reliée n’est pas activée ici.',
    refused: 'La plateforme de clavardage a refusé la dernière carte.',
  },
  mails: {
    off: 'Aucun serveur de courriel n’est configuré.',
    unwanted: 'Ses avis ne passent pas par courriel.',
    'off and unwanted': 'Aucun serveur de courriel n’est configuré, et ses avis ne passent pas par courriel.',
  },
};

declare module '../chat/words.js' {
  interface Words {
    readonly doctor: typeof en;
  }
}
