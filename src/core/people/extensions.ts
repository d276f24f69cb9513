/** The extensions that nobody has, lowest first, as long as the company’s usual ones; at least three digits. */
export function* freeExtensions(taken: ReadonlySet<string>): Generator<string, never> {
  for (let next = 10 ** (usualLength(taken) - 1); ; next += 1) if (!taken.has(String(next))) yield String(next);
}

function usualLength(extensions: ReadonlySet<string>): number {
  const counts = new Map<number, number>();
  for (const { length } of extensions) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [usual] = [...counts].sort(([, a], [, b]) => b - a);
  return Math.max(3, usual?.[0] ?? 3);
}
