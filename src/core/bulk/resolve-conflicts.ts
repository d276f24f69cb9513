import { displayNameOf, isActiveAdmin, takesCalls } from '../people/person.js';
import {
  type BackupGraph,
  backupsDuring,
  circlesOf,
  circlesOfDefaults,
  circleWhileOut,
} from '../routing/backup-circle.js';
import type { FactColumn, RefusalText, UserFacts } from './columns.js';
import { type ImportCompany, type ImportLine, refuseLine, usernameKey } from './import-line.js';

/** Columns whose values are unique. */
const uniqueColumns = ['email', 'extension', 'did', 'agent_id'] as const satisfies readonly FactColumn[];

/**
 * Refuse the lines that conflict with others, until the rest can be applied: a refused line releases the values that it
 * takes and invalidates the lines that depend on it. Returns the rest in the order in which to apply them.
 */
export function resolveConflicts(drafts: readonly ImportLine[], company: ImportCompany): readonly ImportLine[] {
  for (;;) {
    const before = standing(drafts).length;
    refuseTaken(drafts, company);
    refuseBackups(drafts, company);
    keepOneAdmin(drafts, company);
    refuseFollowers(drafts, company);
    const { order, stuck } = orderByPrerequisites(standing(drafts), company);
    for (const draft of stuck) refuseLine(draft, (words) => words.swap);
    if (standing(drafts).length === before) return order;
  }
}

const standing = (drafts: readonly ImportLine[]): readonly ImportLine[] => drafts.filter(({ stopped }) => !stopped);

const changesColumn = (draft: ImportLine, column: FactColumn): boolean =>
  draft.facts[column] !== draft.user?.facts[column];

function refuseTaken(drafts: readonly ImportLine[], company: ImportCompany): void {
  const drafted = new Map(standing(drafts).map((draft) => [draft.key, draft]));
  for (const column of uniqueColumns) {
    const holders = new Map<string, string>();
    for (const [key, user] of company.users) {
      const draft = drafted.get(key);
      const kept = user.facts[column];
      if (kept !== null && !(draft && changesColumn(draft, column))) holders.set(unique(column, kept), user.username);
    }
    for (const draft of drafted.values()) {
      const wanted = draft.facts[column];
      if (wanted === null || draft.stopped || !changesColumn(draft, column)) continue;
      const holder = holders.get(unique(column, wanted));
      if (holder !== undefined && holder !== draft.username) refuseLine(draft, (words) => words.taken(column, holder));
      else holders.set(unique(column, wanted), draft.username);
    }
  }
  for (const draft of drafted.values()) {
    const { did } = draft.facts;
    if (did === null || !changesColumn(draft, 'did')) continue;
    if (company.ownNumbers.has(did)) refuseLine(draft, (words) => words.ownNumber);
    if (company.takenElsewhere.has(did)) refuseLine(draft, (words) => words.takenElsewhere('did'));
  }
}

const unique = (column: FactColumn, value: string) => (column === 'email' ? value.toLowerCase() : value);

function refuseBackups(drafts: readonly ImportLine[], company: ImportCompany): void {
  const drafted = lineOfEach(drafts);
  for (const draft of standing(drafts)) {
    const wanted = draft.facts.default_backup;
    if (wanted === null || !changesColumn(draft, 'default_backup')) continue;
    const why = whyNoBackup(draft, wanted, drafted, company);
    if (why) refuseLine(draft, why);
    else
      draft.facts.default_backup =
        (company.users.get(usernameKey(wanted)) ?? drafted.get(usernameKey(wanted)))?.username ?? wanted;
  }
  refuseCircles(drafts, company);
}

/** The line of each username: the accepted one, if a username is repeated. */
const lineOfEach = (drafts: readonly ImportLine[]): ReadonlyMap<string, ImportLine> =>
  new Map([...drafts, ...standing(drafts)].map((draft) => [draft.key, draft]));

function whyNoBackup(
  draft: ImportLine,
  wanted: string,
  drafted: ReadonlyMap<string, ImportLine>,
  company: ImportCompany,
): RefusalText | undefined {
  const backup = usernameKey(wanted);
  if (backup === draft.key) return (words) => words.ownBackup;
  const line = drafted.get(backup);
  const facts = (line && !line.stopped ? line : company.users.get(backup))?.facts;
  if (!facts)
    return (words) =>
      line?.stopped?.outcome === 'refused' ? words.refusedBackup(wanted) : words.unknownBackup(wanted);
  if (!takesCalls({ access: facts.access, userType: facts.user_type }))
    return (words) => words.backupTakesNoCalls(wanted);
  return undefined;
}

/**
 * Refuse lines that depend on a refused line, and their dependents: a backup who is not created, a value that is not
 * given up. In one pass, since one wrong line at the end of a long file may invalidate the whole file.
 */
function refuseFollowers(drafts: readonly ImportLine[], company: ImportCompany): void {
  const drafted = lineOfEach(drafts);
  const leaning = groupByKey(
    standing(drafts).flatMap((draft) => {
      const backup = changesColumn(draft, 'default_backup') ? draft.facts.default_backup : null;
      return backup === null ? [] : [[usernameKey(backup), draft] as const];
    }),
  );
  const wanting = groupByKey(
    standing(drafts).flatMap((draft) => wantedBy(draft).map((value) => [value, draft] as const)),
  );

  const refused = drafts.filter(({ stopped }) => stopped);
  for (const line of refused) {
    // A repeated username is refused, while its first line stays and gives up its values.
    if (!drafted.get(line.key)?.stopped) continue;
    for (const draft of leaning.get(line.key) ?? []) {
      const why = draft.stopped ? undefined : whyNoBackup(draft, draft.facts.default_backup ?? '', drafted, company);
      if (why) refused.push(refuseLine(draft, why));
    }
    for (const [column, value] of givenUpBy(line))
      for (const draft of wanting.get(value) ?? [])
        if (!draft.stopped) refused.push(refuseLine(draft, (words) => words.taken(column, line.username)));
  }
}

/** Group values by key. (`Map.groupBy` comes with Node 21.) */
function groupByKey<Key, Thing>(pairs: Iterable<readonly [Key, Thing]>): ReadonlyMap<Key, readonly Thing[]> {
  const lists = new Map<Key, Thing[]>();
  for (const [key, thing] of pairs) {
    const list = lists.get(key);
    if (list) list.push(thing);
    else lists.set(key, [thing]);
  }
  return lists;
}

/** The unique values that a line takes. */
const wantedBy = (draft: ImportLine): readonly string[] =>
  uniqueColumns.flatMap((column) => {
    const wanted = draft.facts[column];
    return wanted !== null && changesColumn(draft, column) ? [`${column} ${unique(column, wanted)}`] : [];
  });

/** The unique values that a line gives up, for others to take. */
const givenUpBy = (draft: ImportLine): readonly (readonly [(typeof uniqueColumns)[number], string])[] =>
  uniqueColumns.flatMap((column) => {
    const left = draft.user?.facts[column];
    return left != null && changesColumn(draft, column) ? [[column, `${column} ${unique(column, left)}`] as const] : [];
  });

/** The last line of a circle is refused. */
function refuseCircles(drafts: readonly ImportLine[], company: ImportCompany): void {
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
    if (!changesColumn(draft, 'default_backup') && !changesColumn(draft, 'did')) continue;
    const ofDefaults = circleOf.get(draft.key);
    const closes = ofDefaults !== undefined && whole.has(ofDefaults) && changesColumn(draft, 'default_backup');
    const circle = closes ? circleFrom(draft.key, ofDefaults) : circleWhileOut(graph, draft.key, company.now);
    if (!circle) continue;
    refuseLine(draft, (words) => words.circle(circle));
    if (ofDefaults) whole.delete(ofDefaults);
    if (draft.user) facts.set(draft.key, draft.user.facts);
    else facts.delete(draft.key);
  }
}

/** The circle as it is told to this person: from them back to them. */
function circleFrom(key: string, circle: readonly string[]): readonly string[] {
  const begin = circle.indexOf(key);
  return [...circle.slice(begin), ...circle.slice(0, begin), key];
}

/**
 * The backups after the import. A number to which a person forwards calls may become a DID: then the calls go to its
 * person. `holders`: by DID, the people who have or want it; it is theirs as long as `facts` say so.
 */
function graphOf(
  facts: ReadonlyMap<string, UserFacts>,
  holders: ReadonlyMap<string, string>,
  company: ImportCompany,
): BackupGraph<string> {
  const defaultOf = (key: string) => {
    const backup = facts.get(key)?.default_backup ?? null;
    return backup === null ? null : usernameKey(backup);
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

const isAdmin = ({ access, role, app_access: appAllowed }: UserFacts): boolean =>
  isActiveAdmin({ access, role, appAllowed });

const losesAdmin = ({ user, facts }: ImportLine): boolean =>
  user !== undefined && isAdmin(user.facts) && !isAdmin(facts);

/** Of the lines that would leave the company without an admin the last is refused (PRODUCT.md §1, Losing access). */
function keepOneAdmin(drafts: readonly ImportLine[], company: ImportCompany): void {
  const last = standing(drafts).findLast(losesAdmin);
  if (!last || keepsAdmin(standing(drafts), company) || standing(drafts).some(({ facts }) => isAdmin(facts))) return;
  const { first_name: firstName, last_name: lastName } = last.facts;
  refuseLine(last, (words) => words.lastAdmin(displayNameOf({ firstName, lastName })));
}

/** Whether any present admin remains one. */
function keepsAdmin(drafts: readonly ImportLine[], company: ImportCompany): boolean {
  const losing = new Set(drafts.filter(losesAdmin).map(({ key }) => key));
  for (const [key, { facts }] of company.users) if (isAdmin(facts) && !losing.has(key)) return true;
  return false;
}

/** Put each line after its prerequisites. `stuck`: one line of each cycle of prerequisites. */
function orderByPrerequisites(
  drafts: readonly ImportLine[],
  company: ImportCompany,
): { readonly order: readonly ImportLine[]; readonly stuck: readonly ImportLine[] } {
  const waitsFor = prerequisites(drafts, company);
  const left = new Map([...waitsFor].map(([draft, before]) => [draft, before.size]));
  const followers = groupByKey(
    [...waitsFor].flatMap(([draft, before]) => [...before].map((other) => [other, draft] as const)),
  );

  const order: ImportLine[] = [];
  let ready = drafts.filter((draft) => left.get(draft) === 0);
  while (ready.length > 0) {
    order.push(...ready);
    ready = ready
      .flatMap((done) => followers.get(done) ?? [])
      .flatMap((draft) => {
        left.set(draft, (left.get(draft) ?? 0) - 1);
        return left.get(draft) === 0 ? [draft] : [];
      })
      .sort((one, other) => one.line - other.line);
  }

  const waiting = drafts.filter((draft) => left.get(draft) !== 0);
  const rings = circlesOf(waiting, (draft) => [...(waitsFor.get(draft) ?? [])].find((other) => left.get(other) !== 0));
  return { order, stuck: rings.map((ring) => ring.reduce((last, draft) => (draft.line > last.line ? draft : last))) };
}

function prerequisites(
  drafts: readonly ImportLine[],
  company: ImportCompany,
): ReadonlyMap<ImportLine, ReadonlySet<ImportLine>> {
  const drafted = new Map(drafts.map((draft) => [draft.key, draft]));
  const leaving = new Map(drafts.flatMap((draft) => givenUpBy(draft).map(([, value]) => [value, draft] as const)));

  // If all admins change, the new one is created before the old one loses the role.
  const newAdmin = keepsAdmin(drafts, company) ? undefined : drafts.find(({ facts }) => isAdmin(facts));

  const first = (draft: ImportLine): ReadonlySet<ImportLine> => {
    const backup =
      draft.facts.default_backup === null ? undefined : drafted.get(usernameKey(draft.facts.default_backup));
    const leavers = wantedBy(draft).flatMap((value) => leaving.get(value) ?? []);
    const before = newAdmin && losesAdmin(draft) ? [newAdmin] : [];
    const others = [...(backup && !backup.user ? [backup] : []), ...leavers, ...before];
    return new Set(others.filter((other) => other !== draft));
  };
  return new Map(drafts.map((draft) => [draft, first(draft)]));
}
