/** Letters that Unicode does not decompose, as they are written without their marks. */
const plainLetters: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ł: 'l',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŋ: 'ng',
};

/** More than any name has; the rest is no name, and must not cost time. */
const longestText = 200;
const mostWords = 12;

/** Return a text folded, `Jean-François O’Neil` → `jean francois oneil`: small letters without marks, single spaces. */
export function foldText(text: string): string {
  const small = text.slice(0, longestText).toLowerCase();
  if (/^[a-z]+( [a-z]+)*$/.test(small)) return small;
  return small
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[đðøłßæœþıħŋ]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/(?<=\p{L})['’‘`´ʼ](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Return the words of a text, folded: at most twelve. */
export function wordsOf(text: string): string[] {
  const folded = foldText(text);
  return folded === '' ? [] : folded.split(' ', mostWords);
}
