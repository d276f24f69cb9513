/** Extensions and DIDs, each with the slots of its people; nothing is stored as text. */
export interface NumberIndex {
  readonly extensions: Map<number, number | number[]>;
  /** By the last seven digits. */
  readonly dids: Map<number, number | number[]>;
  /** By slot: the whole DID; 0 for none. */
  wholeDids: Float64Array;
  /** By slot: the extension's key; 0 for none. */
  extensionKeys: Float64Array;
}

const localDigits = 7;

/** Create an empty index of numbers. */
export const newNumberIndex = (): NumberIndex => ({
  extensions: new Map(),
  dids: new Map(),
  wholeDids: new Float64Array(128),
  extensionKeys: new Float64Array(128),
});

/** Enter a person's extension and DID. */
export function enterNumbers(
  book: NumberIndex,
  slot: number,
  extension: string | undefined,
  did: string | undefined,
): void {
  if (slot >= book.wholeDids.length) {
    book.wholeDids = grown(book.wholeDids, slot);
    book.extensionKeys = grown(book.extensionKeys, slot);
  }
  const key = keyOf(digitsOf(extension));
  const digits = digitsOf(did);
  book.extensionKeys[slot] = key;
  book.wholeDids[slot] = Number(digits);
  if (key !== 0) putSlot(book.extensions, key, slot);
  if (digits.length >= localDigits) putSlot(book.dids, keyOf(digits.slice(-localDigits)), slot);
}

/** Remove the numbers of a slot. */
export function removeNumbers(book: NumberIndex, slot: number): void {
  dropSlot(book.extensions, book.extensionKeys[slot] ?? 0, slot);
  dropSlot(book.dids, keyOf(String(book.wholeDids[slot] ?? 0).slice(-localDigits)), slot);
  book.extensionKeys[slot] = 0;
  book.wholeDids[slot] = 0;
}

/** Return the people with exactly this extension. */
export const byExtension = ({ extensions }: NumberIndex, digits: string): readonly number[] =>
  listed(extensions.get(keyOf(digits)));

/** Return the people whose DID these digits may be: the whole number, without its country, or only its local end. */
export function byDid(book: NumberIndex, digits: string): readonly number[] {
  if (digits.length < localDigits) return [];
  const slots = listed(book.dids.get(keyOf(digits.slice(-localDigits))));
  return slots.filter((slot) => {
    const whole = String(book.wholeDids[slot] ?? 0);
    // Digits before the number itself are an access code, such as 0, 00, 011 or 9, or a 1.
    const trunk = digits.length - commonEnding(whole, digits);
    return /^9?(0|00|011)?1?$/.test(digits.slice(0, trunk));
  });
}

function commonEnding(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}

/** Digits as a number that keeps leading zeros; 0 for none. */
const keyOf = (digits: string): number => (digits === '' || digits.length > 15 ? 0 : Number(`1${digits}`));

const digitsOf = (text: string | undefined): string => (text ?? '').replace(/\D/g, '').slice(0, 15);

const listed = (slots: number | number[] | undefined): readonly number[] =>
  slots === undefined ? [] : typeof slots === 'number' ? [slots] : slots;

function putSlot(book: Map<number, number | number[]>, key: number, slot: number): void {
  const known = book.get(key);
  book.set(key, known === undefined ? slot : [...listed(known), slot]);
}

function dropSlot(book: Map<number, number | number[]>, key: number, slot: number): void {
  const left = listed(book.get(key)).filter((other) => other !== slot);
  const [only] = left;
  if (only === undefined) book.delete(key);
  else book.set(key, left.length === 1 ? only : [...left]);
}

function grown(numbers: Float64Array, slot: number): Float64Array {
  const larger = new Float64Array(Math.ceil(slot * 1.5) + 64);
  larger.set(numbers);
  return larger;
}
