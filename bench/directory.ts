import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { nameWordsOf } from '../src/core/directory/matching/carrier-words.js';
import { lettersOf } from '../src/core/directory/matching/find-spelled.js';
import { foldText } from '../src/core/directory/matching/fold-text.js';
import { readingsOf } from '../src/core/directory/matching/spoken-digits.js';
import { type Person, search } from './directory/adapter.js';
import { type Data, isNearMiss, isRight, readData, type Spoken, type Typed } from './directory/data.js';
import { type Engine, libraries, ours } from './directory/engines.js';
import { hostileQueries } from './directory/hostile.js';
import { cost, type Figure, quantile, rate } from './measure.js';

type Say = (line: string) => void;

/**
 * Finding one of 100,000 people by a typed or a heard name, beside the best libraries in the same run. Every figure is
 * compared with the library that is best in it.
 */
export async function* bench(say: Say): AsyncIterable<Figure> {
  const data = readData();
  if (!data) return say('skipped: the development data (../shared/data) is not here');
  const engines = [ours, ...libraries()];
  try {
    const costs = await measureBuilds(engines, data.people, say);
    const typed = await measureTyped(engines, data, say);
    const near = await measureNear(engines, data, say);
    reportNumbers(data, say);
    const spelled = await measureSpelled(engines, data, say);
    const hostile = await measureHostile(engines.slice(0, 2), say);
    const added = measureAdding(engines, data.people, say);

    yield* figures(typed, 'typed', ['r1', 'r5', 'p50', 'p99']);
    yield* figures(near, 'near', ['r1', 'r5', 'p99']);
    yield* figures(spelled, 'spelled', ['r1']);
    yield* figures(costs, '', ['memory', 'build']);
    yield* figures({ 'add-one': added, 'hostile-max': hostile }, '', ['add-one', 'hostile-max']);
  } finally {
    for (const engine of engines) await engine.close?.();
  }
}

/** By metric: the result of each engine, ours first. */
type Results = Readonly<Record<string, readonly number[]>>;

function* figures(results: Results, prefix: string, metrics: readonly string[]): Iterable<Figure> {
  for (const metric of metrics) {
    const [mine = Number.NaN, ...others] = results[metric] ?? [];
    const name = prefix ? `${prefix}-${metric}` : metric;
    const known = others.filter(Number.isFinite);
    if (metric.startsWith('r')) yield rate('directory', name, [mine], [Math.max(...known)]);
    else yield cost('directory', name, [mine], [Math.min(...known)]);
  }
}

/** Measure the milliseconds to build an index, and the MB of heap and buffers it adds. */
async function measureBuilds(engines: readonly Engine[], people: readonly Person[], say: Say): Promise<Results> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const build: number[] = [];
  const memory: number[] = [];
  // Warm up first, so that compiled code is measured and not the compiler.
  for (const engine of [ours, ...libraries()]) if (engine.inProcess) await engine.build(people.slice(0, 5_000));
  for (const engine of engines) {
    collect();
    const before = process.memoryUsage();
    const start = performance.now();
    await engine.build(people);
    build.push(performance.now() - start);
    collect();
    const after = process.memoryUsage();
    const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
    memory.push(engine.inProcess ? bytes / 1e6 : Number.NaN);
    say(`${engine.name}: built in ${Math.round(build.at(-1) ?? 0)} ms, ${Math.round(memory.at(-1) ?? 0)} MB`);
  }
  return { build, memory };
}

async function measureTyped(engines: readonly Engine[], { typed, people }: Data, say: Say): Promise<Results> {
  const names = typed.filter(({ kind }) => kind === 'name');
  const byId = new Map(people.map((person) => [person.id, person]));
  const right = (query: Typed) => (id: string) => {
    const person = byId.get(id);
    return person !== undefined && isRight(query, person, byId.get(query.id));
  };
  const runs = await run(engines, names, ({ query }) => [query], right, say, 'typed');

  const [mine = []] = runs;
  for (const rule of new Set(names.map(({ rule }) => rule))) {
    say(`typed, ${rule}: ${shares(mine.filter((_, at) => names[at]?.rule === rule))}`);
  }
  say(`typed, developed with: ${shares(mine.filter((_, at) => !names[at]?.aside))}`);
  say(`typed, kept aside: ${shares(mine.filter((_, at) => names[at]?.aside))}`);
  const strictly = names.map(({ truth, query }) => {
    const place = search(query, 'name').findIndex((id) => byId.get(id)?.display === truth);
    return { place: place === -1 ? 99 : place, milliseconds: 0 };
  });
  say(`typed, by the very same display name only: ${shares(strictly)}`);
  return summary(runs);
}

/** Names that were misheard, but can be recognised in the transcript. */
async function measureNear(engines: readonly Engine[], { spoken, people }: Data, say: Say): Promise<Results> {
  const byId = new Map(people.map((person) => [person.id, person]));
  const right =
    ({ truth }: Spoken) =>
    (id: string) => {
      const person = byId.get(id);
      return person !== undefined && foldText(`${person.first} ${person.last}`) === foldText(truth);
    };
  const names = spoken.filter(({ kind }) => kind === 'name');
  const near = names.filter(isNearMiss);
  const asked = (heard: Spoken): [string, string[]] => [heard.transcript, [...heard.nbest]];
  const runs = await run(engines, near, asked, right, say, 'near misses');
  const [mine = []] = runs;
  say(`near misses, developed with: ${shares(mine.filter((_, at) => !near[at]?.aside))}`);
  say(`near misses, kept aside: ${shares(mine.filter((_, at) => near[at]?.aside))}`);
  const [all = []] = await run([ours], names, asked, right, () => {}, '');
  say(`all spoken names, the hopeless too: ${shares(all)}`);
  return summary(runs);
}

/** Names spelled aloud. Libraries cannot read spelling, so they get the letters as one word. */
async function measureSpelled(engines: readonly Engine[], { spoken, people }: Data, say: Say): Promise<Results> {
  const byId = new Map(people.map((person) => [person.id, person]));
  const spellings = spoken.filter(({ kind }) => kind === 'spell');
  const right =
    ({ truth }: Spoken) =>
    (id: string) =>
      truth.endsWith(` ${byId.get(id)?.last}`);
  const asked = ({ transcript, nbest }: Spoken): [string, string[]] => [transcript, [...nbest]];
  const spelling: Engine = {
    ...ours,
    find: (query, nbest) => search(query, 'spell', { nbest: nbest ?? [] }),
  };
  const joined = engines
    .filter((engine) => engine !== ours)
    .map((engine) => ({
      ...engine,
      hears: true,
      find: (query: string) => engine.find(lettersOf(query).toLowerCase()),
    }));
  const runs = await run([spelling, ...joined], spellings, asked, right, say, 'spelled');
  const [mine = []] = runs;
  say(`spelled, developed with: ${shares(mine.filter((_, at) => !spellings[at]?.aside))}`);
  say(`spelled, kept aside: ${shares(mine.filter((_, at) => spellings[at]?.aside))}`);
  return summary(runs);
}

/**
 * By engine, the milliseconds that the slowest of some hostile inputs takes; ours as every kind of query, with
 * alternatives too. Only the first library is measured: MiniSearch takes minutes for five thousand words.
 */
async function measureHostile(engines: readonly Engine[], say: Say): Promise<number[]> {
  const kinds = ['name', 'spell', 'extension', 'did'] as const;
  const worst = engines.map(() => 0);
  for (const query of hostileQueries) {
    for (const [at, engine] of engines.entries()) {
      const asks =
        engine === ours
          ? kinds.flatMap((kind) => [
              () => search(query, kind),
              () => search(query, kind, { nbest: Array.from({ length: 9 }, (_, turn) => query + turn) }),
            ])
          : [() => engine.find(query)];
      for (const find of asks) {
        const { milliseconds } = await timed(find, 5);
        worst[at] = Math.max(worst[at] ?? 0, milliseconds);
      }
    }
  }
  for (const [at, { name }] of engines.entries()) say(`bad input, ${name}: ${worst[at]?.toFixed(2)} ms at worst`);
  return worst;
}

/** By engine, the milliseconds to add one person. */
function measureAdding(engines: readonly Engine[], people: readonly Person[], say: Say): number[] {
  return engines.map(({ name, add }) => {
    if (!add) return Number.NaN;
    const times = people.slice(0, 25).map((person, turn) => {
      const start = performance.now();
      add({ ...person, id: `NEW${turn}` });
      return performance.now() - start;
    });
    const milliseconds = quantile(times, 0.5);
    say(`one more person, ${name}: ${milliseconds.toFixed(3)} ms`);
    return milliseconds;
  });
}

/** Spoken extensions and typed numbers, which no library can read. */
function reportNumbers({ spoken, typed, people }: Data, say: Say): void {
  const byId = new Map(people.map((person) => [person.id, person]));
  const found = (heard: Spoken, matches: (person: Person) => boolean): Found => {
    const start = performance.now();
    const ids = search(heard.transcript, heard.kind, { nbest: heard.nbest });
    const milliseconds = performance.now() - start;
    const place = ids.findIndex((id) => matches(byId.get(id) as Person));
    return { place: place === -1 ? 99 : place, milliseconds };
  };
  const said = spoken
    .filter(({ kind, truth, transcript, nbest }) => {
      return kind === 'extension' && [transcript, ...nbest].some((text) => readingsOf(text).includes(truth));
    })
    .map((heard) => found(heard, ({ extension }) => extension === heard.truth));
  say(`extensions said, where the recogniser left them whole: ${shares(said)}`);
  const numbers = typed
    .filter(({ kind }) => kind !== 'name')
    .map(({ query, kind, id }) => {
      const place = search(query, kind).indexOf(id);
      return { place: place === -1 ? 99 : place, milliseconds: 0 };
    });
  say(`extensions and DIDs typed: ${shares(numbers)}`);
}

/** The rank of the right person (99: not found), and the time it took. */
interface Found {
  readonly place: number;
  readonly milliseconds: number;
}

/** Run every engine on every query, in turn, after a warm-up round. */
async function run<Item>(
  engines: readonly Engine[],
  items: readonly Item[],
  asked: (item: Item) => [query: string, nbest?: string[]],
  right: (item: Item) => (id: string) => boolean,
  say: Say,
  what: string,
): Promise<Found[][]> {
  const runs: Found[][] = engines.map(() => []);
  for (const counts of [false, true]) {
    for (const item of counts ? items : items.slice(0, 150)) {
      const [query, nbest] = asked(item);
      for (const [at, engine] of engines.entries()) {
        // Libraries cannot handle the words around a name, nor alternative transcripts.
        const text = nbest && !engine.hears ? nameWordsOf(query).join(' ') : query;
        const find = () => engine.find(text, engine.hears ? nbest : undefined);
        const { ids, milliseconds } = await timed(find, counts ? 3 : 1);
        const place = ids.findIndex(right(item));
        if (counts) runs[at]?.push({ place: place === -1 ? 99 : place, milliseconds });
      }
    }
  }
  for (const [at, engine] of engines.entries()) {
    const found = runs[at] ?? [];
    say(`${what}, ${engine.name}: ${shares(found)}, p50 ${p(found, 0.5)} ms, p99 ${p(found, 0.99)} ms`);
  }
  return runs;
}

/** The median of some runs, because other programs run on the machine too. */
async function timed(find: () => Promise<string[]> | string[], runs: number) {
  const times: number[] = [];
  let ids: string[] = [];
  for (let turn = 0; turn < runs; turn += 1) {
    const start = performance.now();
    ids = await find();
    times.push(performance.now() - start);
  }
  return { ids, milliseconds: quantile(times, 0.5) };
}

const summary = (runs: readonly Found[][]): Results => ({
  r1: runs.map((found) => share(found, 1)),
  r5: runs.map((found) => share(found, 5)),
  p50: runs.map((found) => Number(p(found, 0.5))),
  p99: runs.map((found) => Number(p(found, 0.99))),
});

const share = (found: readonly Found[], within: number): number =>
  found.filter(({ place }) => place < within).length / found.length;

const shares = (found: readonly Found[]): string =>
  `${percent(share(found, 1))} first, ${percent(share(found, 5))} in five (${found.length})`;

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

const p = (found: readonly Found[], part: number): string =>
  quantile(
    found.map(({ milliseconds }) => milliseconds),
    part,
  ).toFixed(3);
