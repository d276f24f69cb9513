/**
 * Generate the free extensions of a range such as `200-899`, lowest first, with as many digits as the range’s ends.
 */
export function* freeExtensions(range: string, taken: ReadonlySet<string>): Generator<string, undefined> {
  const [first = '', last = ''] = range.split('-');
  for (let next = Number(first); next <= Number(last); next += 1) {
    const extension = String(next).padStart(first.length, '0');
    if (!taken.has(extension)) yield extension;
  }
  return undefined;
}
