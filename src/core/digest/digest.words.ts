/** English texts of digests, and of the summary after quiet hours. */
export const en = {
  title: 'Your digest',
  summary: (fresh: number, open: number, missed: number): string =>
    `New messages: ${fresh}. Still open: ${open}. Missed calls: ${missed}.`,
  fresh: 'New messages',
  open: 'Still open',
  missed: 'Missed calls',
  more: (count: number): string => (count === 1 ? 'and 1 more' : `and ${count} more`),
  showMessages: 'Show messages',
  showCalls: 'Show calls',
  settings: 'You get this as often as “Digest” in your settings says.',
  waitedTitle: (count: number): string => `${count} notices waited for the end of your quiet hours`,
  unknownCaller: 'Unknown caller',
};

/** French texts of digests, and of the summary after quiet hours. */
export const fr: typeof en = {
  title: 'Votre résumé',
  summary: (fresh, open, missed) =>
    `Nouveaux messages : ${fresh}. Encore à traiter : ${open}. Appels manqués : ${missed}.`,
  fresh: 'Nouveaux messages',
  open: 'Encore à traiter',
  missed: 'Appels manqués',
  more: (count) => (count === 1 ? 'et 1 autre' : `et ${count} autres`),
  showMessages: 'Voir les messages',
  showCalls: 'Voir les appels',
  settings: 'Il arrive aussi souvent que le dit « Résumé » dans vos paramètres.',
  waitedTitle: (count) => `${count} avis attendaient la fin de vos heures calmes`,
  unknownCaller: 'Appelant inconnu',
};

declare module '../chat/words.js' {
  interface Words {
    readonly digest: typeof en;
  }
}
