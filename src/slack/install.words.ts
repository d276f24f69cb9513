import type { Locale } from '../core/chat/phrasing.js';

/** The page that ends an installation, in both languages. */
const en = {
  installed: {
    title: 'Attendant is installed',
    text: (team: string) =>
      `Attendant is in ${team}. If your company does not use it there yet, an admin of Attendant types “connect” in the chat they have and gets a code. Type “/attendant connect CODE” in Slack, and everybody is recognised by their e-mail address.`,
  },
  cancelled: { title: 'Nothing was installed', text: 'You cancelled. You can start again whenever you like.' },
  expired: {
    title: 'That took too long, or began elsewhere',
    text: 'Nothing was installed. Begin again in this browser.',
  },
  organisation: {
    title: 'One workspace at a time',
    text: 'Attendant cannot be installed for a whole organisation. Nothing was kept. Choose a workspace instead.',
  },
  failed: { title: 'That did not work', text: 'Nothing was installed. Begin again in a minute.' },
  again: 'Begin again',
};

const fr: typeof en = {
  installed: {
    title: 'Attendant est installé',
    text: (team) =>
      `Attendant est dans ${team}. Si votre entreprise ne l’y utilise pas encore, un administrateur d’Attendant écrit « relier » dans le clavardage où il est déjà et reçoit un code. Écrivez « /attendant relier CODE » dans Slack, et chacun est reconnu à son adresse courriel.`,
  },
  cancelled: { title: 'Rien n’a été installé', text: 'Vous avez annulé. Vous pouvez recommencer quand vous voulez.' },
  expired: {
    title: 'C’était trop long, ou commencé ailleurs',
    text: 'Rien n’a été installé. Recommencez dans ce navigateur.',
  },
  organisation: {
    title: 'Un espace de travail à la fois',
    text: 'Attendant ne s’installe pas pour toute une organisation. Rien n’a été conservé. Choisissez plutôt un espace de travail.',
  },
  failed: { title: 'Cela n’a pas fonctionné', text: 'Rien n’a été installé. Recommencez dans une minute.' },
  again: 'Recommencer',
};

/** The words of the pages of an installation. */
export const installWords = (locale: Locale): typeof en => (locale === 'fr' ? fr : en);
