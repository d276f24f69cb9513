/** Units of hostile input: repeated, each is text that makes some parser read it again and again. */
const units: readonly string[] = [
  ...['(', '[', '<', '<@', '<at', '<span ', '@', '/', '\\', '"', '{{'],
  ...[' ', '\n', '\u00a0', '0', '1 ', '+', '.', ', ', ';', 'a', 'e\u0301', 'http://a:'],
  ...['\u200d', '\u202e', '\ud800', '\0', '👩‍👩‍👧', '%00', 'ooo ', '258', '-1 '],
];

/**
 * One string of each kind, `length` code units long, named by its unit. A different last character prevents a match at
 * the end.
 */
export const hostileStrings = (length: number): readonly { readonly name: string; readonly text: string }[] =>
  units.map((unit) => ({
    name: JSON.stringify(unit),
    text: `${unit.repeat(Math.ceil(length / unit.length)).slice(0, length - 1)}!`,
  }));
