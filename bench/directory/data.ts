import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { distance } from 'fastest-levenshtein';
import { nameWordsOf } from '../../src/core/directory/matching/carrier-words.js';
import { foldText, wordsOf } from '../../src/core/directory/matching/fold-text.js';
import type { Kind, Person } from './adapter.js';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** A query typed for the person `truth`; `rule` says how it was derived from the name. */
export interface Typed {
  readonly truth: string;
  readonly query: string;
  readonly kind: Kind;
  readonly rule: string;
  readonly id: string;
  readonly aside: boolean;
}

/** A recogniser's transcript of spoken words. */
export interface Spoken {
  /** The id of the person. */
  readonly id: string;
  readonly truth: string;
  readonly kind: Kind;
  readonly transcript: string;
  readonly nbest: readonly string[];
  readonly recogniser: string;
  readonly style: string;
  /** Every other line of the file: held out, and only evaluated in totals while the matcher was developed. */
  readonly aside: boolean;
}

export interface Data {
  readonly people: readonly Person[];
  readonly typed: readonly Typed[];
  readonly spoken: readonly Spoken[];
}

/** Read the development data beside the repository; undefined when there is none. */
export function readData(): Data | undefined {
  if (!existsSync(`${folder}people.csv`)) return undefined;
  const people = parse<Person>(readFileSync(`${folder}people.csv`), { columns: true });
  const typed = table('typed.tsv').map((row, at) => ({ ...(row as unknown as Typed), aside: at % 2 === 1 }));
  const spoken = table('spoken.tsv').map((row, at) => ({
    id: row.id ?? '',
    truth: row.truth ?? '',
    kind: row.kind as Kind,
    transcript: row.transcript ?? '',
    nbest: row.nbest ? row.nbest.split(' | ') : [],
    recogniser: row.config ?? '',
    style: row.style ?? '',
    aside: at % 2 === 1,
  }));
  return { people, typed, spoken };
}

const table = (name: string): Record<string, string>[] =>
  parse<Record<string, string>>(readFileSync(folder + name), { columns: true, delimiter: '\t', quote: false });

/**
 * Whether a person is a right result of a typed query: the person themselves or a namesake; for a query with a part of
 * the name, a person with that part; and a person with exactly the typed name.
 */
export function isRight({ truth, query, rule, id }: Typed, person: Person, meant: Person | undefined): boolean {
  if (person.id === id || foldText(`${person.first} ${person.last}`) === foldText(truth)) return true;
  const words = wordsOf(query);
  if ([...words].sort().join(' ') === wordsOf(`${person.first} ${person.last}`).sort().join(' ')) return true;
  if (rule.startsWith('last_only')) return meant !== undefined && foldText(person.last) === foldText(meant.last);
  if (rule === 'initial_last') {
    return (
      meant !== undefined &&
      foldText(person.last) === foldText(meant.last) &&
      foldText(person.first)[0] === foldText(meant.first)[0]
    );
  }
  if (!rule.includes('partial')) return false;
  const name = wordsOf(`${person.first} ${person.last}`);
  return words.length <= name.length && words.every((word, at) => name[at]?.startsWith(word));
}

/** Whether a name was misheard, but can be recognised in one of the transcripts. */
export function isNearMiss({ truth, transcript, nbest }: Spoken): boolean {
  const likeness = [transcript, ...nbest].map((text) => likenessOf(truth, text));
  return (likeness[0] ?? 0) < 1 && Math.max(...likeness) >= 0.65;
}

/** 1 for the same letters, 0 for no common ones. */
function likenessOf(truth: string, said: string): number {
  const [a, b] = [foldText(truth).replaceAll(' ', ''), nameWordsOf(said).join('')];
  return 1 - distance(a, b) / Math.max(a.length, b.length, 1);
}
