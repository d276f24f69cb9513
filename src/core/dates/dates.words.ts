/** English words of typed dates. */
export const en = {
  unclearWords: (text: string) => `I do not understand “${text}”.`,
  tooLong: 'This is too long for a date. Write for example: until Friday 5pm',
  noSuchDay: (text: string) => `I cannot read “${text}”: there is no such day. Write another one.`,
  wrongWeekday: (date: string, weekday: string) => `${date} is not a ${weekday}. Write the day that you mean.`,
  apart: 'I can only take days in a row. Write for example: from Monday to Thursday',
  order: (typed: string, date: string) => `I read ${typed} as ${date}.`,
  skipped: (typed: string, taken: string) => `The clocks skip ${typed} that day. I took ${taken}.`,
};

/** French words of typed dates. */
export const fr: typeof en = {
  unclearWords: (text) => `Je ne sais que faire de « ${text} ».`,
  tooLong: 'C’est trop long pour une date. Écrivez par exemple : jusqu’à vendredi 17 h',
  noSuchDay: (text) => `Je ne lis pas de date dans « ${text} » : ce jour n’existe pas. Écrivez-en un autre.`,
  wrongWeekday: (date, weekday) => `Le ${date} n’est pas un ${weekday}. Écrivez le jour voulu.`,
  apart: 'Je ne prends que des jours qui se suivent. Écrivez par exemple : de lundi à jeudi',
  order: (typed, date) => `J’ai lu ${typed} comme le ${date}.`,
  skipped: (typed, taken) => `Ce jour-là, ${typed} n’existe pas : l’heure change. J’ai pris ${taken}.`,
};

declare module '../chat/words.js' {
  interface Words {
    readonly dates: typeof en;
  }
}
