import { displayNameOf, isActiveAdmin, takesCalls } from '../people/person.js';
import { type BackupGraph, backupsDuring, circlesOfDefaults, circleWhileOut } from '../routing/circle.js';
import type { FactColumn, Facts } from './columns.js';
import { type Company, type Draft, keyOf, refuse } from './draft.js';

/** Nobody shares these with anybody. */
const uniqueColumns = ['email', 'extension', 'did', 'agent_id'] as const satisfies readonly FactColumn[];

/**
 * Refuses the lines that cannot stand beside the others, until the rest can: a refused line frees what it wanted and
 * breaks what leaned on it. Returns the rest in the order in which they can be applied.
 */
export function settle(drafts: readonly Draft[], company: Company): readonly Draft[] {
  for (;;) {
    const before = standing(drafts).length;
    refuseTaken(drafts, company);
    refuseBackups(drafts, company);
    keepOneAdmin(drafts, company);
    const { order, stuck } = arrange(standing(drafts), company);
    if (stuck) refuse(stuck, (words) => words.swap);
    if (standing(drafts).length === before) return order;
  }
}

const standing = (drafts: readonly Draft[]): readonly Draft[] => drafts.filter(({ stopped }) => !stopped);

const changes = (draft: Draft, column: FactColumn): boolean => draft.facts[column] !== draft.user?.facts[column];

function refuseTaken(drafts: readonly Draft[], company: Company): void {
  const drafted = new Map(standing(drafts).map((draft) => [draft.key, draft]));
  for (const column of uniqueColumns) {
    const holders = new Map<string, string>();
    for (const [key, user] of company.users) {
      const draft = drafted.get(key);
      const kept = user.facts[column];
      if (kept !== null && !(draft && changes(draft, column))) holders.set(unique(column, kept), user.username);
    }
    for (const draft of drafted.values()) {
      const wanted = draft.facts[column];
      if (wanted === null || draft.stopped || !changes(draft, column)) continue;
      const holder = holders.get(unique(column, wanted));
      if (holder !== undefined && holder !== draft.username) refuse(draft, (words) => words.taken(column, holder));
      else holders.set(unique(column, wanted), draft.username);
    }
  }
  for (const draft of drafted.values()) {
    const { did } = draft.facts;
    if (did === null || !changes(draft, 'did')) continue;
    if (company.mainNumbers.has(did)) refuse(draft, (words) => words.mainNumber);
    if (company.takenElsewhere.has(did)) refuse(draft, (words) => words.takenElsewhere('did'));
  }
}

const unique = (column: FactColumn, value: string) => (column === 'email' ? value.toLowerCase() : value);

function refuseBackups(drafts: readonly Draft[], company: Company): void {
  const drafted = new Map(drafts.map((draft) => [draft.key, draft]));
  for (const draft of standing(drafts)) {
    const wanted = draft.facts.default_backup;
    if (wanted === null || !changes(draft, 'default_backup')) continue;
    const backup = keyOf(wanted);
    const known = company.users.get(backup);
    const sibling = drafted.get(backup);
    const facts = (sibling && !sibling.stopped ? sibling : known)?.facts;
    if (backup === draft.key) refuse(draft, (words) => words.ownBackup);
    else if (facts && !takesCalls({ access: facts.access, userType: facts.user_type }))
      refuse(draft, (words) => words.backupTakesNoCalls(wanted));
    else if (known) draft.facts.default_backup = known.username;
    else if (sibling && !sibling.stopped) draft.facts.default_backup = sibling.username;
    else
      refuse(draft, (words) =>
        sibling?.stopped?.outcome === 'refused' ? words.refusedBackup(wanted) : words.unknownBackup(wanted),
      );
  }
  refuseCircles(drafts, company);
}

/** The last line of a circle is the one refused. */
function refuseCircles(drafts: readonly Draft[], company: Company): void {
  const facts = new Map([...company.users].map(([key, user]) => [key, user.facts]));
  const holders = new Map([...facts].flatMap(([key, { did }]) => (did === null ? [] : [[did, key] as const])));
  for (const { key, facts: drafted } of standing(drafts)) {
    facts.set(key, drafted);
    if (drafted.did !== null) holders.set(drafted.did, key);
  }

  const graph = graphOf(facts, holders, company);
  const whole = new Set(circlesOfDefaults(graph, facts.keys()));
  const circleOf = new Map([...whole].flatMap((circle) => circle.map((key) => [key, circle] as const)));
  for (const draft of standing(drafts).toReversed()) {
    if (!changes(draft, 'default_backup') && !changes(draft, 'did')) continue;
    const ofDefaults = circleOf.get(draft.key);
    const closes = ofDefaults !== undefined && whole.has(ofDefaults) && changes(draft, 'default_backup');
    const circle = closes ? from(draft.key, ofDefaults) : circleWhileOut(graph, draft.key, company.now);
    if (!circle) continue;
    refuse(draft, (words) => words.circle(circle));
    if (ofDefaults) whole.delete(ofDefaults);
    if (draft.user) facts.set(draft.key, draft.user.facts);
    else facts.delete(draft.key);
  }
}

/** The circle as it is told to this person: from them back to them. */
function from(key: string, circle: readonly string[]): readonly string[] {
  const begin = circle.indexOf(key);
  return [...circle.slice(begin), ...circle.slice(0, begin), key];
}

/**
 * The backups as they will be. A number to which somebody sends their calls may become a DID: then they go to its person.
 * `holders`: by DID, as people have or want it; it is theirs as long as `facts` say so.
 */
function graphOf(
  facts: ReadonlyMap<string, Facts>,
  holders: ReadonlyMap<string, string>,
  company: Company,
): BackupGraph<string> {
  const defaultOf = (key: string) => {
    const backup = facts.get(key)?.default_backup ?? null;
    return backup === null ? null : keyOf(backup);
  };
  const holderOf = (number: string | null) => {
    const holder = number === null ? undefined : holders.get(number);
    return holder !== undefined && facts.get(holder)?.did === number ? holder : undefined;
  };
  return {
    defaultBackupOf: (key) => defaultOf(key) ?? undefined,
    absencesOf: (key) =>
      (company.absences.get(key) ?? []).map(({ startsAt, endsAt, number, backupId, backupAnswer }) => {
        const holder = holderOf(number);
        const period = holder === undefined ? { number, backupId } : { number: null, backupId: holder };
        return { startsAt, endsAt, backups: backupsDuring({ ...period, backupAnswer }, defaultOf(key)) };
      }),
  };
}

const isAdmin = ({ access, role, app_access: appAllowed }: Facts): boolean =>
  isActiveAdmin({ access, role, appAllowed });

const losesAdmin = ({ user, facts }: Draft): boolean => user !== undefined && isAdmin(user.facts) && !isAdmin(facts);

/** Of the lines that would leave the company without an admin the last is refused (PRODUCT.md §1, Losing access). */
function keepOneAdmin(drafts: readonly Draft[], company: Company): void {
  const last = standing(drafts).findLast(losesAdmin);
  if (!last || keepsAdmin(standing(drafts), company) || standing(drafts).some(({ facts }) => isAdmin(facts))) return;
  const { first_name: firstName, last_name: lastName } = last.facts;
  refuse(last, (words) => words.lastAdmin(displayNameOf({ firstName, lastName })));
}

/** Does anybody who is an admin stay one? */
function keepsAdmin(drafts: readonly Draft[], company: Company): boolean {
  const losing = new Set(drafts.filter(losesAdmin).map(({ key }) => key));
  for (const [key, { facts }] of company.users) if (isAdmin(facts) && !losing.has(key)) return true;
  return false;
}

/** Whoever must come first comes first; `stuck` is a line of a ring in which each waits for the next. */
function arrange(
  drafts: readonly Draft[],
  company: Company,
): { readonly order: readonly Draft[]; readonly stuck?: Draft } {
  const waitsFor = prerequisites(drafts, company);
  const order: Draft[] = [];
  const done = new Set<Draft>();
  let waiting = [...drafts];
  while (waiting.length > 0) {
    const ready = waiting.filter((draft) => (waitsFor.get(draft) ?? []).every((other) => done.has(other)));
    if (ready.length === 0) return { order, ...stuckOf(waiting, waitsFor, done) };
    for (const draft of ready) done.add(draft);
    order.push(...ready);
    waiting = waiting.filter((draft) => !done.has(draft));
  }
  return { order };
}

function stuckOf(
  waiting: readonly Draft[],
  waitsFor: ReadonlyMap<Draft, readonly Draft[]>,
  done: ReadonlySet<Draft>,
): { readonly stuck?: Draft } {
  const seen: Draft[] = [];
  for (let at = waiting[0]; at !== undefined; at = waitsFor.get(at)?.find((other) => !done.has(other))) {
    if (seen.includes(at)) {
      const ring = seen.slice(seen.indexOf(at));
      return { stuck: ring.reduce((last, draft) => (draft.line > last.line ? draft : last)) };
    }
    seen.push(at);
  }
  return {};
}

function prerequisites(drafts: readonly Draft[], company: Company): ReadonlyMap<Draft, readonly Draft[]> {
  const drafted = new Map(drafts.map((draft) => [draft.key, draft]));
  const leaving = new Map<string, Draft>();
  for (const draft of drafts)
    for (const column of uniqueColumns) {
      const left = draft.user?.facts[column];
      if (left != null && changes(draft, column)) leaving.set(`${column} ${unique(column, left)}`, draft);
    }

  // Where all admins change, the new one is there before the old one goes.
  const newAdmin = keepsAdmin(drafts, company) ? undefined : drafts.find(({ facts }) => isAdmin(facts));

  const first = (draft: Draft): readonly Draft[] => {
    const backup = draft.facts.default_backup === null ? undefined : drafted.get(keyOf(draft.facts.default_backup));
    const leavers = uniqueColumns.flatMap((column) => {
      const wanted = draft.facts[column];
      return wanted !== null && changes(draft, column)
        ? (leaving.get(`${column} ${unique(column, wanted)}`) ?? [])
        : [];
    });
    const before = newAdmin && losesAdmin(draft) ? [newAdmin] : [];
    return [...(backup && !backup.user ? [backup] : []), ...leavers, ...before].filter((other) => other !== draft);
  };
  return new Map(drafts.map((draft) => [draft, first(draft)]));
}
