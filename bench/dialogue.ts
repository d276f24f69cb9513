/**
 * Simulated callers ask for one of 100,000 people by the transcripts of a real recogniser, or by the first letters of the
 * last name, and then do as the prompts say (`dialogue/caller.ts`). Compared with the aims: 95 of 100 connected rightly
 * within two names that are said or keyed, and nobody connected to somebody else.
 */
import '../src/core/app/register-words.js';
import { rm } from 'node:fs/promises';
import type { CallerInput } from '../src/core/calls/calls.store.js';
import type { Deps } from '../src/core/deps.js';
import { openDirectory } from '../src/core/directory/live-directory.js';
import { asId, type TenantId } from '../src/core/ids.js';
import { findCompany } from '../src/core/routing/load-rows.js';
import type { RoutingCompany } from '../src/core/routing/routing-rows.js';
import { openDatabase } from '../src/database/database.js';
import { startEmbeddedPostgres } from '../src/database/embedded.js';
import { migrate } from '../src/database/migrate.js';
import { createLog } from '../src/log.js';
import { type CallResult, callFor, keysFor, type Wanted } from './dialogue/caller.js';
import type { Person } from './directory/adapter.js';
import { isNearMiss, readData } from './directory/data.js';
import { insertPeople } from './large-company.js';
import { type Figure, rate } from './measure.js';
import { scratchFolder } from './scratch.js';

type Say = (line: string) => void;

const aim = 0.95;
/** People who are keyed, of a company of each size. */
const keyedCallers = 300;

export async function* bench(say: Say): AsyncIterable<Figure> {
  const data = readData();
  if (!data) return say('skipped: the development data (../shared/data) is not here');
  const folder = await scratchFolder();
  const postgres = await startEmbeddedPostgres(folder);
  await migrate(postgres.url);
  const log = createLog({ level: 'warn', format: 'json' });
  const db = openDatabase(postgres.url, log);
  const deps = { db, log, clock: { now: () => new Date() }, directory: openDirectory(db) } as unknown as Deps;
  try {
    const large = await companyOf(deps, postgres.url, data.people);
    const names = data.spoken.filter(({ kind }) => kind === 'name');
    const spelled = data.spoken.filter(({ kind }) => kind === 'spell');
    const said = ({ transcript, nbest }: (typeof names)[number]): CallerInput => ({ speech: [transcript, ...nbest] });
    const groups = {
      near: names.filter(isNearMiss).map((heard) => ({ id: heard.id, first: said(heard) })),
      names: names.map((heard) => ({ id: heard.id, first: said(heard) })),
      spelled: spelled.map((heard) => ({ id: heard.id, first: said(heard) })),
      'four-letters': firstLetters(data.people, 4),
    };
    for (const [group, callers] of Object.entries(groups)) {
      const results = await Promise.all(callers.map(({ id, first }) => large.call(id, first)));
      yield* figures(group, results, say);
    }
    const few = data.people
      .slice(0, 700)
      .map((person, at) => ({ ...person, extension: String(200 + at), did: `+1555${1_000_000 + at}` }));
    const small = await companyOf(deps, postgres.url, few);
    const keyed = await Promise.all(firstLetters(few, 3).map(({ id, first }) => small.call(id, first)));
    yield* figures('three-letters', keyed, say);
  } finally {
    await db.$disconnect();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every so manieth of the people, by the first keys of their last name. */
const firstLetters = (people: readonly Person[], letters: number) =>
  people
    .filter((_, at) => at % Math.ceil(people.length / keyedCallers) === 0)
    .map(({ id, last }) => ({ id, first: { digits: keysFor(last).slice(0, letters) } }));

interface CalledCompany {
  call(id: string, first: CallerInput): Promise<CallResult>;
}

/** A company with these people, who also have titles and teams, and a phone each. */
async function companyOf(deps: Deps, url: string, people: readonly Person[]): Promise<CalledCompany> {
  const tenant = await deps.db.tenant.create({
    data: { name: 'Company', enabled: true, edition: 'attendant_plus', extensionRange: '200-899', deskPhones: true },
  });
  const wanted = people.map(({ first, last, display }, at) => ({
    ...{ firstName: first, lastName: last, displayName: display },
    ...{ title: titles[at % titles.length] ?? '', team: teams[(at * 7) % teams.length] ?? '' },
  }));
  const ids = await insertPeople(
    url,
    tenant.id,
    people.map(({ extension }, at) => ({ ...(wanted[at] as Wanted), extension, did: null })),
  );
  const company: RoutingCompany = await findCompany(deps.db, asId<TenantId>(tenant.id));
  const byId = new Map(people.map(({ id }, at) => [id, { ...wanted[at], id: ids[at] } as Wanted]));
  return {
    call(id, first) {
      const person = byId.get(id);
      if (!person) throw new Error(`nobody has the id ${id}`);
      return callFor(deps, company, person, first);
    },
  };
}

const titles = ['Analyst', 'Buyer', 'Clerk', 'Designer', 'Engineer', 'Foreman', 'Geologist', 'Helper', 'Inspector'];
const teams = [
  'Accounting',
  'Boats',
  'Catering',
  'Delivery',
  'Export',
  'Finance',
  'Garage',
  'Health',
  'Imports',
  'Law',
];

function* figures(group: string, results: readonly CallResult[], say: Say): Iterable<Figure> {
  const count = (fits: (result: CallResult) => boolean) => results.filter(fits).length;
  const within = (most: number) => count(({ end, names }) => end === 'right' && names <= most) / results.length;
  const wrong = count(({ end }) => end === 'wrong');
  say(
    `${group}: ${results.length} callers, within one ${percent(within(1))}, two ${percent(within(2))}, three ${percent(within(3))}, ` +
      `to the operator ${count(({ end }) => end === 'operator')}, to somebody else ${wrong}`,
  );
  for (const { end, names, steps } of results)
    if (process.env.DIALOGUE_STEPS && (end !== 'right' || names > 2)) say(`${group}, ${end}:\n  ${steps.join('\n  ')}`);
  yield rate('dialogue', `${group}-within-two`, [within(2)], [aim]);
  yield rate('dialogue', `${group}-not-wrong`, [1 - wrong / results.length], [1]);
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
