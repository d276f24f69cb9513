/**
 * Text from outside: what every adapter and form cleans, limits and cuts with. Unicode allows text that no database
 * keeps, that nobody sees, or that reorders what follows it on the screen; people paste all three without knowing.
 */

/** Text that PostgreSQL keeps, in columns and in JSON: no U+0000, and no half of a surrogate pair. */
export const wellFormed = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** The same of every text inside a JSON value, names of properties included. */
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

/** The first `length` code units, whole: never half a character of those that people see as one. */
export function firstCharacters(text: string, length: number): string {
  if (text.length <= length) return text;
  // A cluster may have any number of marks, so only so much of it is looked at.
  const clusters = new Intl.Segmenter().segment(text.slice(0, length * 4));
  let kept = 0;
  for (const { segment } of clusters) {
    if (kept + segment.length > length) break;
    kept += segment.length;
  }
  return kept > 0 ? text.slice(0, kept) : text.slice(0, startOfCharacter(text, length));
}

/** The first characters, with an ellipsis where there are more: at most `length` code units in all. */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${firstCharacters(text, Math.max(0, Math.floor(length) - 1)).trimEnd()}…`;

/** `at`, or one less where that is inside a surrogate pair. */
const startOfCharacter = (text: string, at: number): number => (isSecondHalf(text, at) ? at - 1 : at);

const isSecondHalf = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff && at > 0;
};

/**
 * A name, a title, a reason: one line in NFC without control characters and without what cannot be seen, at most
 * `length` code units. Half characters are left out, because a name with `�` in it helps nobody.
 */
export function oneLine(text: string, length: number): string {
  // What is hidden may be long, and cleaning it must not be: far more than anybody shows is not looked at.
  const some = text.slice(0, length * 8 + 100);
  const line = visible(some)
    .replace(/[\p{Cc}\p{Z}\u2800]+/gu, ' ')
    .trim();
  return firstCharacters(line, length).trimEnd();
}

/** The same for text of several lines: line breaks and tabs stay. */
export function manyLines(text: string, length: number): string {
  const some = text.slice(0, length * 8 + 100);
  const lines = visible(some)
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
  return firstCharacters(lines, length);
}

/** In NFC, without halves of characters and without what has no width of its own. */
const visible = (text: string): string =>
  withoutLooseJoiners(
    text
      .replace(/\p{Cs}/gu, '')
      .normalize('NFC')
      .replace(invisible, ''),
  );

/**
 * Soft hyphen; marks, embeddings, overrides and isolates of direction; zero-width space, word joiner and invisible
 * operators; deprecated format characters; byte order mark; interlinear annotation; Hangul fillers. Not the joiners,
 * which emoji and many scripts are written with, nor the tags, of which flags are made.
 */
const invisible =
  /\u034f|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/g;

/** A joiner beside a Latin letter, a digit, a space or an end joins nothing: it only hides there. */
const withoutLooseJoiners = (text: string): string =>
  text
    .replace(/([\u200c\u200d])[\u200c\u200d]+/g, '$1')
    .replace(
      /(?<=^|[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{N}\p{P}\p{Z}\p{Cc}])[\u200c\u200d]|[\u200c\u200d](?=$|[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{N}\p{P}\p{Z}\p{Cc}])/gu,
      '',
    );

/**
 * What somebody typed as a command or a search, as a plain keyboard writes it: phones and word processors put curly
 * quotes, long dashes, spaces that do not break and full-width letters into it. Letters keep their accents and names
 * their apostrophes.
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

/** Without any of these characters at its end: what `/[…]+$/` does, which reads a long run of them again and again. */
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
