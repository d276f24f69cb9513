import { formatCount } from '../chat/phrasing.js';

const count = (many: number): string => formatCount('en', many);
const compte = (many: number): string => formatCount('fr', many);

/** English texts of digests, and of the summary after quiet hours. */
export const en = {
  title: 'Your digest',
  summary: (fresh: number, open: number, missed: number): string =>
    `New messages: ${count(fresh)}. Still open: ${count(open)}. Missed calls: ${count(missed)}.`,
  fresh: 'New messages',
  open: 'Still open',
  missed: 'Missed calls',
  more: (many: number): string => `and ${count(many)} more`,
  showMessages: 'Show messages',
  showCalls: 'Show calls',
  settings: 'You get this as often as “Digest” in your settings says.',
  waitedTitle: (many: number): string => `${count(many)} notices waited for the end of your quiet hours`,
  unknownCaller: 'Unknown caller',
};

/** French texts of digests, and of the summary after quiet hours. */
export const fr: typeof en = {
  title: 'Votre résumé',
  summary: (fresh, open, missed) =>
    `Nouveaux messages : ${compte(fresh)}. Encore à traiter : ${compte(open)}. Appels manqués : ${compte(missed)}.`,
  fresh: 'Nouveaux messages',
  open: 'Encore à traiter',
  missed: 'Appels manqués',
  more: (many) => (many === 1 ? 'et 1 autre' : `et ${compte(many)} autres`),
  showMessages: 'Voir les messages',
  showCalls: 'Voir les appels',
  settings: 'Il arrive aussi souvent que le dit « Résumé » dans vos réglages.',
  waitedTitle: (many) => `${compte(many)} avis attendaient la fin de vos heures calmes`,
  unknownCaller: 'Appelant inconnu',
};

declare module '../chat/words.js' {
  interface Words {
    readonly digest: typeof en;
  }
}
