import type { Locale } from '../../chat/phrasing.js';
import type { Decision } from '../decision.js';

/** The strictest recogniser's limits on the number and the length of hints. */
export const mostHints = 500;
const longestHint = 100;

/** Said by callers of every company. */
const commonPhrases: Record<Locale, readonly string[]> = {
  en: ['operator', 'reception', 'extension', 'double'],
  fr: ['standard', 'réception', 'poste', 'double', 'comme'],
};
/** Answers to “Bo Chen?”, in both languages: callers answer in theirs. */
const answers = ['yes', 'no', 'oui', 'non', 'yes please', 'that’s right', 'c’est ça', 'non merci'];
const numbers: Record<Locale, readonly string[]> = {
  en: ['number one', 'number two', 'number three', 'the first one', 'the second one', 'the third one', 'the last one'],
  fr: ['le un', 'le deux', 'le trois', 'le premier', 'le deuxième', 'le troisième', 'le dernier'],
};

/**
 * Return the phrases that a recogniser should expect, likeliest first: answers and the offered names while there is a
 * choice; then the people this caller rang lately, and the people everybody rings.
 */
export function speechHints(
  { choices, language }: Extract<Decision, { action: 'ask' }>,
  { likelyNames }: { readonly likelyNames: readonly string[] },
  calledBefore: readonly string[],
): readonly string[] {
  const offered = (choices ?? []).flatMap(({ label }) => label.split(','));
  const expected = choices ? [...answers, ...offered, ...(choices.length > 1 ? numbers[language] : [])] : [];
  const words = commonPhrases[language];
  const names = distinct([...expected, ...calledBefore, ...likelyNames]).slice(0, mostHints - words.length);
  return distinct([...names, ...words]);
}

/** Each once, as the recogniser takes it: a comma would split one in two. */
const distinct = (hints: readonly string[]): string[] => {
  const clean = hints.map((hint) => hint.replaceAll(',', ' ').replace(/\s+/g, ' ').trim());
  return [...new Set(clean)].filter((hint) => hint !== '' && hint.length <= longestHint);
};
