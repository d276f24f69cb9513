/**
 * Text from outside: functions with which every adapter and form cleans, limits and cuts it. Unicode allows text that
 * no database stores, that is invisible, or that reorders the text after it on the screen; people paste all three
 * without knowing.
 */

/** Make text storable by PostgreSQL, in columns and in JSON: no U+0000, and no half of a surrogate pair. */
export const wellFormed = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** Apply `wellFormed` to every text inside a JSON value, property names included. */
export function wellFormedJson<Value>(value: Value): Value {
  if (typeof value === 'string') return wellFormed(value) as Value;
  if (Array.isArray(value)) return value.map(wellFormedJson) as Value;
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [wellFormed(name), wellFormedJson(inner)]),
  ) as Value;
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Return the first `length` code units without splitting a character as people see it. */
export function firstCharacters(text: string, length: number): string {
  if (text.length <= length) return text;
  // A grapheme cluster may have any number of marks, so only this much is inspected.
  const clusters = new Intl.Segmenter().segment(text.slice(0, length * 4));
  let kept = 0;
  for (const { segment } of clusters) {
    if (kept + segment.length > length) break;
    kept += segment.length;
  }
  return kept > 0 ? text.slice(0, kept) : text.slice(0, startOfCharacter(text, length));
}

/** Return the first characters, with an ellipsis if there are more: at most `length` code units in all. */
export const truncate = (text: string, length: number): string =>
  text.length <= length ? text : `${firstCharacters(text, Math.max(0, Math.floor(length) - 1)).trimEnd()}…`;

/** `at`, or one less if that is inside a surrogate pair. */
const startOfCharacter = (text: string, at: number): number => (isSecondHalf(text, at) ? at - 1 : at);

const isSecondHalf = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff && at > 0;
};

/**
 * Clean a name, a title, a reason: one line in NFC without control characters and invisible characters, at most
 * `length` code units. Half characters are removed, because a name with `�` in it helps nobody.
 */
export function oneLine(text: string, length: number): string {
  // Invisible text may be long, and cleaning must stay fast: the rest is far more than is shown, and is not inspected.
  const some = text.slice(0, length * 8 + 100);
  const line = visible(some)
    .replace(/[\p{Cc}\p{Z}\u2800]+/gu, ' ')
    .trim();
  return firstCharacters(line, length).trimEnd();
}

/** As `oneLine`, for text of several lines: line breaks and tabs stay. */
export function manyLines(text: string, length: number): string {
  const some = text.slice(0, length * 8 + 100);
  const lines = visible(some)
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
  return firstCharacters(lines, length);
}

/** In NFC, without halves of characters and without invisible characters. */
const visible = (text: string): string =>
  withoutLooseJoiners(
    text
      .replace(/\p{Cs}/gu, '')
      .normalize('NFC')
      .replace(invisible, ''),
  );

/**
 * Soft hyphen; marks, embeddings, overrides and isolates of direction; zero-width space, word joiner and invisible
 * operators; deprecated format characters; byte order mark; interlinear annotation; Hangul fillers. The joiners stay,
 * because emoji and many scripts need them, and so do the tags, which make up flags.
 */
const invisible =
  /\u034f|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/g;

/** A joiner beside a Latin letter, a digit, a space or an end has no effect; it is only hidden there. */
const withoutLooseJoiners = (text: string): string =>
  text
    .replace(/([\u200c\u200d])[\u200c\u200d]+/g, '$1')
    .replace(
      /(?<=^|[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{N}\p{P}\p{Z}\p{Cc}])[\u200c\u200d]|[\u200c\u200d](?=$|[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{N}\p{P}\p{Z}\p{Cc}])/gu,
      '',
    );

/**
 * Normalise a typed command or search to a plain keyboard's characters: phones and word processors insert curly quotes,
 * long dashes, non-breaking spaces and full-width letters. Letters keep their accents and names their apostrophes.
 */
export function typedLine(text: string): string {
  const plain = oneLine(text, text.length)
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[‘’‚‛′´`]/g, "'")
    .replace(/[«»"“”„‟″]+/g, ' ')
    .replace(/[‐‑‒–—―−]/g, '-');
  const unquoted = withoutLastPunctuation(plain).replace(/(?<=^| )'([^' ]+(?: [^' ]+)*)'(?= |$)/g, '$1');
  return withoutLastPunctuation(unquoted.replace(/ {2,}/g, ' ').trim());
}

/** `p.m.` keeps its dots. */
const withoutLastPunctuation = (line: string): string => withoutEnd(line, (end) => isLoose(line, end));

/** Remove these characters from the end, as `/[…]+$/` would, which takes quadratic time on a long run of them. */
export const withoutTrailing = (text: string, characters: string): string =>
  withoutEnd(text, (end) => characters.includes(text.charAt(end - 1)));

function withoutEnd(text: string, isLoose: (end: number) => boolean): string {
  let end = text.length;
  while (end > 0 && isLoose(end)) end -= 1;
  return text.slice(0, end);
}

const isLoose = (line: string, end: number): boolean => {
  const last = line.charAt(end - 1);
  if (last !== '.') return ',;:!?… '.includes(last);
  return !/\p{L}\.\p{L}\.$/u.test(line.slice(Math.max(0, end - 8), end));
};

/** With a full stop, where the text has no mark of its own. */
export const sentence = (text: string): string => (/[.!?…]$/u.test(text.trim()) ? text.trim() : `${text.trim()}.`);
