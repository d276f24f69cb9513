import { type NameIndex, openNameIndex } from '../../src/core/directory/matching/name-index.js';

/** A person of an evaluation, as in its files. */
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

/** Index these people, and drop those indexed before. */
export async function build(people: readonly Person[]): Promise<void> {
  index = openNameIndex();
  for (const person of people) add(person);
}

/** Add one person. */
export function add({ id, first, last, display, extension, did }: Person): void {
  index.put({ id, firstName: first, lastName: last, displayName: display, extension, did });
}

/** Return ids, best first, at most ten. */
export function search(query: string, kind: Kind, { nbest }: { nbest?: readonly string[] } = {}): string[] {
  return index.search(query, { kind, nbest: nbest ?? [] }).map(({ id }) => id);
}
