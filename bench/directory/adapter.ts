import { type NameIndex, openNameIndex } from '../../src/core/directory/matching/name-index.js';

/** The people of an evaluation, as its files have them. */
export interface Person {
  readonly id: string;
  readonly first: string;
  readonly last: string;
  readonly display: string;
  readonly extension: string;
  readonly did: string;
}

export type Kind = 'name' | 'spell' | 'extension' | 'did';

let index: NameIndex = openNameIndex();

/** Takes in these people and forgets those of before. */
export async function build(people: readonly Person[]): Promise<void> {
  index = openNameIndex();
  for (const person of people) add(person);
}

/** Takes in one more. */
export function add({ id, first, last, display, extension, did }: Person): void {
  index.put({ id, firstName: first, lastName: last, displayName: display, extension, did });
}

/** Ids, best first, at most ten. */
export function search(query: string, kind: Kind, { nbest }: { nbest?: readonly string[] } = {}): string[] {
  return index.search(query, { kind, nbest: nbest ?? [] }).map(({ id }) => id);
}
