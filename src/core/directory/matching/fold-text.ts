/** Letters that Unicode does not take apart, as they are written without their marks. */
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

/** More than any name has; what follows is not a name, and must not cost anything. */
const longestText = 200;
const mostWords = 12;

/** `Jean-François O’Neil` → `jean francois oneil`: small letters without marks, words apart by one space. */
export function fold(text: string): string {
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

/** The words of a text, folded: at most twelve. */
export function wordsOf(text: string): string[] {
  const folded = fold(text);
  return folded === '' ? [] : folded.split(' ', mostWords);
}
