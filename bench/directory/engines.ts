import { rm } from 'node:fs/promises';
import { Query, SearcherFactory } from '@m31coding/fuzzy-search';
import MiniSearch from 'minisearch';
import { Client } from 'pg';
import { foldText } from '../../src/core/directory/matching/fold-text.js';
import { startEmbeddedPostgres } from '../../src/database/embedded.js';
import { scratchFolder } from '../scratch.js';
import { add, build, type Person, search } from './adapter.js';

/** A search engine for people by name. */
export interface Engine {
  readonly name: string;
  /** Whether the engine runs in this process, so that its memory can be measured. */
  readonly inProcess: boolean;
  /** Whether the engine receives the transcript with its alternatives, rather than the name in it. */
  readonly hears?: boolean;
  build(people: readonly Person[]): Promise<void>;
  /** Add one person; only for engines in memory. */
  add?(person: Person): void;
  /** Ids, best first, at most ten. `nbest` only for engines that support it. */
  find(query: string, nbest?: readonly string[]): Promise<string[]> | string[];
  close?(): Promise<void>;
}

export const ours: Engine = {
  name: 'attendant',
  inProcess: true,
  hears: true,
  build,
  add,
  find: (query, nbest) => search(query, 'name', nbest ? { nbest } : {}),
};

export const libraries = (): Engine[] => [fuzzySearch(), miniSearch(), trigrams()];

function fuzzySearch(): Engine {
  const searcher = SearcherFactory.createDefaultSearcher<Person, string>();
  const idOf = ({ id }: Person) => id;
  const termsOf = ({ first, last }: Person) => [`${first} ${last}`, `${last} ${first}`];
  return {
    name: '@m31coding/fuzzy-search',
    inProcess: true,
    async build(people) {
      searcher.indexEntities([...people], idOf, termsOf);
    },
    add: (person) => void searcher.upsertEntities([person], idOf, termsOf),
    find: (query) => searcher.getMatches(new Query(query, 10)).matches.map(({ entity }) => entity.id),
  };
}

function miniSearch(): Engine {
  const engine = new MiniSearch<Person>({
    fields: ['first', 'last'],
    processTerm: foldText,
    searchOptions: { prefix: true, fuzzy: 0.25, combineWith: 'AND' },
  });
  return {
    name: 'MiniSearch',
    inProcess: true,
    async build(people) {
      engine.addAll(people);
    },
    add: (person) => engine.add(person),
    find: (query) =>
      engine
        .search(query)
        .slice(0, 10)
        .map(({ id }) => String(id)),
  };
}

/** PostgreSQL’s pg_trgm with a GIN index on the normalized name. */
function trigrams(): Engine {
  let client: Client | undefined;
  let stop = async () => {};
  return {
    name: 'pg_trgm',
    inProcess: false,
    async build(people) {
      const folder = await scratchFolder();
      const server = await startEmbeddedPostgres(folder);
      client = new Client(server.url);
      const { end } = { end: client.end.bind(client) };
      stop = async () => {
        await end();
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      };
      await client.connect();
      await client.query('create extension if not exists pg_trgm; create table names (id text, name text)');
      await client.query('insert into names select * from unnest($1::text[], $2::text[])', [
        people.map(({ id }) => id),
        people.map(({ first, last }) => foldText(`${first} ${last}`)),
      ]);
      await client.query('create index on names using gin (name gin_trgm_ops); analyze names');
    },
    async find(query) {
      const found = await client?.query<{ id: string }>({
        name: 'find',
        text: 'select id from names where name % $1 order by similarity(name, $1) desc limit 10',
        values: [foldText(query)],
      });
      return (found?.rows ?? []).map(({ id }) => id);
    },
    close: () => stop(),
  };
}
