import { setImmediate, setTimeout } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Db } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { readChanges, readListed, readListedAfter, readPosition } from './live-directory.store.js';
import { type NameIndex, openNameIndex } from './matching/name-index.js';
import type { Directory } from './ports.js';

/** One company's people, as of a position in the database's own order of transactions. */
interface Company {
  readonly index: NameIndex;
  /** Everything committed before this transaction is in the index. */
  position: string;
  /** Changes from `position` on that are in the index already: by user, the transaction that made them. */
  readonly known: Map<UserId, string>;
  /** The update that runs now; the next one waits for it. */
  turn: Promise<void>;
  /** The update that has not begun: all searches meanwhile share it. */
  next: Promise<void> | undefined;
}

/**
 * The most companies, and the most people in all, that one process keeps; the least recently used company is read
 * again.
 */
const mostCompanies = 200;
const mostPeopleKept = 500_000;
/**
 * After changes to thousands a search waits at most this long, and then uses the changes that are in the index already.
 */
const longestWaitMilliseconds = 1000;
/** The people who are indexed before other work has its turn: about 10 ms. */
const peopleAtOnce = 500;

/** Open the directory of every company in this database. */
export function openDirectory(
  db: Db,
  { mostPeople = mostPeopleKept, timeoutMilliseconds = longestWaitMilliseconds } = {},
): Directory {
  const companies = new LRUCache<TenantId, Promise<Company>>({ max: mostCompanies, maxSize: mostPeople });

  return {
    async search(tenantId, query, options) {
      const company = await companyOf(tenantId);
      await atMost(timeoutMilliseconds, upToDate(tenantId, company));
      return company.index.search(query, options);
    },
    catchUp(tenantId) {
      // A search that comes first does the same, and reports the error.
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
    const reading = readCompany(db, tenantId);
    companies.set(tenantId, reading, { size: 1 });
    reading.then(
      ({ index }) => companies.peek(tenantId) === reading && weigh(tenantId, reading, index.size),
      () => companies.peek(tenantId) === reading && companies.delete(tenantId),
    );
    return reading;
  }

  function weigh(tenantId: TenantId, company: Promise<Company>, people: number): void {
    // The cache would keep the old size of a value that it holds already.
    companies.delete(tenantId);
    // A company larger than the whole cache is kept nevertheless, alone.
    companies.set(tenantId, company, { size: Math.max(1, Math.min(people, mostPeople)) });
  }

  /** Waits for an update that begins after this call, because it must read nothing older than the search. */
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

/** Wait for the work, but at most this many milliseconds; a rejection in that time is passed on. */
async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  const enough = new AbortController();
  const timeout = setTimeout(milliseconds, undefined, { signal: enough.signal }).catch(() => {});
  await Promise.race([work, timeout]).finally(() => enough.abort());
}

/** Read a whole company. Its position is read first: changes meanwhile are applied afterwards. */
async function readCompany(db: Db, tenantId: TenantId): Promise<Company> {
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
  // Forget changes that the next update cannot return again.
  for (const [userId, xid] of company.known) if (BigInt(xid) < BigInt(position)) company.known.delete(userId);
}
