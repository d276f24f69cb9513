/** The little words around dates, English and French. What stands here is about spelling, not about time. */

/** What links a beginning to an end. `until` names the moment of return, `through` the last day away. */
export type Link = 'until' | 'through' | 'for' | 'forever';

const links: readonly (readonly [Link, RegExp])[] = [
  ['forever', /(?<!\p{L})(until further notice|indefinitely|jusqu'à nouvel ordre)/iu],
  ['for', /(?<![\p{L}\d])(for|pendant|durant)(?= (\d|an? |une? |half|one|two|three|deux|trois|quatre))/iu],
  // “Jusqu’à vendredi” includes the Friday; French says “de retour vendredi” for the day of return.
  ['through', /(?<!\p{L})(through|thru|jusqu'(à|au|aux|en)?)(?!\p{L})/iu],
  ['until', /(?<!\p{L})(until|untill|till|til|'til|back( on| at| by)?|de retour|retour)(?!\p{L})/iu],
];

/** Parts a text at the word that links a beginning to an end; without one all of it is `before`. */
export function splitAtLink(text: string): { before: string; link: Link | undefined; after: string } {
  for (const [link, words] of links) {
    const found = words.exec(text);
    if (found) return { before: text.slice(0, found.index), link, after: text.slice(found.index + found[0].length) };
  }
  return { before: text, link: undefined, after: '' };
}

/** “From Monday”, “à partir de lundi”: a beginning, and no word of an end. */
export const isOnwards = (text: string): boolean =>
  /^\s*(from|starting|as of|since|à partir d|dès|depuis|à compter d)/iu.test(text);

/** “2 hours”, “a week”: how long, not when. */
export const isDuration = (text: string): boolean =>
  /^(\d+|an?|une?|half an|one|two|three) ?(min|h|day|jour|week|sem|month|mois)/iu.test(text);

/** A week or a month as a whole: “next week”, “le mois prochain”. */
export function unitOf(text: string): 'week' | 'month' | undefined {
  const found = /(?:next|this) (week|month)|(semaine|mois) prochaine?/iu.exec(text);
  const unit = found?.[1] ?? found?.[2];
  if (unit === undefined || /\bend of/iu.test(text)) return undefined;
  return /^(week|semaine)$/iu.test(unit) ? 'week' : 'month';
}

/** Spellings that the date parsers do not know, in ones they do. */
export const tidy = (text: string): string =>
  text
    .slice(0, longest)
    .replace(/\s+/g, ' ')
    .replace(/[’‘`]/g, "'")
    .replace(clockTime, (_all, hour: string, minute = '00') => `${hour}:${minute}`)
    .replace(/(?<!\p{L})(end of (the )?day|eod|fin de (la )?journée)(?!\p{L})/giu, '17:00')
    .replace(/(?<![\p{L}-])midi(?!\p{L})/giu, '12:00')
    .replace(/(?<!\p{L})après-demain(?!\p{L})/giu, 'dans 2 jours')
    .replace(/cette semaine/giu, 'this week')
    .replace(/\bfor the next /giu, 'for ')
    .replace(weekdayBeforeDate, '')
    .trim();

/** Nobody says a date in more characters; the rest would only keep the parsers busy. */
const longest = 200;

/** `17h`, `17 h 30`, but not `pendant 2 h`. */
const clockTime = /(?<!\b(?:for|in|pendant|dans|durant) )\b(\d{1,2}) ?h(?: ?(\d{2}))?(?![\p{L}\d])/giu;

/** “Du lundi 4 au vendredi 8 janvier”: the numbers say it all. */
const weekdayBeforeDate =
  /(?<!\p{L})(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) (?=\d{1,2}(er)? (au |jan|fé?v|mars|avr|mai|jui|ao|sep|oct|nov|d[ée]c))/giu;

/** What remains of a text without the little words that stand around dates and people. */
export const meaningful = (text: string): string =>
  text
    .replace(phrases, ' ')
    .replace(fillers, ' ')
    .replace(/[\s,.;:!()-]+/g, ' ')
    .trim();

const phrases =
  /(?<!\p{L})(of office|du bureau|à partir d[eu']|à compter d[eu']|as of|covered by|remplacée? par)(?!\p{L})/giu;
const fillers =
  /(?<!\p{L})(from|starting|since|on|at|to|the|and|with|by|out|away|please|now|du|de|des|dès|depuis|au|à|le|la|les|et|avec|par|maintenant|svp)(?!\p{L})/giu;
