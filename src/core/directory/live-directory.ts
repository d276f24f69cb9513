import { setImmediate, setTimeout } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Db } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { readChanges, readListed, readListedAfter, readPosition } from './live-directory.store.js';
import { type NameIndex, openNameIndex } from './matching/name-index.js';
import type { Directory } from './ports.js';

/** One company's people, as of a moment in the database's own order of transactions. */
interface Company {
  readonly index: NameIndex;
  /** What was committed before this transaction is in the index. */
  position: string;
  /** Changes from `position` on that are in the index already, by user: the transaction that made them. */
  readonly known: Map<UserId, string>;
  /** The last catching up; the next waits for it. */
  turn: Promise<void>;
  /** The one that has not begun: all who ask meanwhile share it. */
  next: Promise<void> | undefined;
}

/** So many companies, and so many people in all, one process keeps; whoever was not asked for longest is read anew. */
const mostCompanies = 200;
const mostPeopleKept = 500_000;
/** After changes to thousands a question waits so long, and is then answered with what is taken in already. */
const mostPatience = 1000;
/** So many people are taken in before other work has its turn: about 10 ms. */
const peopleAtOnce = 500;

/** The directory of every company in this database. */
export function openDirectory(
  db: Db,
  { mostPeople = mostPeopleKept, timeoutMilliseconds = mostPatience } = {},
): Directory {
  const companies = new LRUCache<TenantId, Promise<Company>>({ max: mostCompanies, maxSize: mostPeople });

  return {
    async search(tenantId, query, options) {
      const company = await companyOf(tenantId);
      await atMost(timeoutMilliseconds, upToDate(tenantId, company));
      return company.index.search(query, options);
    },
    catchUp(tenantId) {
      // A search that comes first does the same, and says what is wrong.
      for (const id of tenantId === undefined ? companies.keys() : [tenantId])
        companies
          .peek(id)
          ?.then((company) => upToDate(id, company))
          .catch(() => {});
    },
    async warm(tenantIds) {
      for (const tenantId of tenantIds) {
        if (companies.size === mostCompanies || companies.calculatedSize > mostPeople / 2) return;
        await companyOf(tenantId).catch(() => {});
      }
    },
  };

  function companyOf(tenantId: TenantId): Promise<Company> {
    const known = companies.get(tenantId);
    if (known) return known;
    const reading = read(db, tenantId);
    companies.set(tenantId, reading, { size: 1 });
    reading.then(
      ({ index }) => companies.peek(tenantId) === reading && weigh(tenantId, reading, index.size),
      () => companies.peek(tenantId) === reading && companies.delete(tenantId),
    );
    return reading;
  }

  function weigh(tenantId: TenantId, company: Promise<Company>, people: number): void {
    // Of a value that is there already the cache would keep the old size.
    companies.delete(tenantId);
    // A company larger than all the room is kept nevertheless, alone.
    companies.set(tenantId, company, { size: Math.max(1, Math.min(people, mostPeople)) });
  }

  /** A catching up that begins after this call, for what it reads must be no older than the question. */
  function upToDate(tenantId: TenantId, company: Company): Promise<void> {
    company.next ??= company.turn.then(() => {
      company.next = undefined;
      const now = takeChanges(db, tenantId, company);
      company.turn = now.catch(() => {});
      return now;
    });
    return company.next;
  }
}

/** Waits for the work, but no longer than so many milliseconds; what it rejects with in that time is passed on. */
async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  const enough = new AbortController();
  const timeout = setTimeout(milliseconds, undefined, { signal: enough.signal }).catch(() => {});
  await Promise.race([work, timeout]).finally(() => enough.abort());
}

/** Reads a whole company. Where it stands in time is asked first: what changes meanwhile is taken in afterwards. */
async function read(db: Db, tenantId: TenantId): Promise<Company> {
  const position = await readPosition(db);
  const index = openNameIndex();
  for (let last: string | undefined = ''; last !== undefined; ) {
    const page = await readListedAfter(db, tenantId, last, peopleAtOnce);
    for (const person of page.people) index.put(person);
    last = page.last;
    await setImmediate();
  }
  return { index, position, known: new Map(), turn: Promise.resolve(), next: undefined };
}

async function takeChanges(db: Db, tenantId: TenantId, company: Company): Promise<void> {
  const { position, changes } = await readChanges(db, tenantId, company.position);
  const news = changes.filter(({ userId, xid }) => company.known.get(userId) !== xid);
  for (let at = 0; at < news.length; at += peopleAtOnce) {
    const some = news.slice(at, at + peopleAtOnce);
    const ids = some.map(({ userId }) => userId);
    const listed = new Map((await readListed(db, tenantId, ids)).map((person) => [person.id, person]));
    for (const { userId, xid } of some) {
      const person = listed.get(userId);
      if (person) company.index.put(person);
      else company.index.remove(userId);
      company.known.set(userId, xid);
    }
    if (news.length > peopleAtOnce) await setImmediate();
  }
  company.position = position;
  // What the next question cannot be told again need not be remembered.
  for (const [userId, xid] of company.known) if (BigInt(xid) < BigInt(position)) company.known.delete(userId);
}
