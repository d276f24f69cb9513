import { displayNameOf, isActiveAdmin, takesCalls } from '../people/person.js';
import {
  type BackupGraph,
  backupsDuring,
  circlesOf,
  circlesOfDefaults,
  circleWhileOut,
} from '../routing/backup-circle.js';
import type { RefusalText } from './columns.js';
import { type ConflictCompany, type ConflictFacts, type ConflictLine, refuseLine, usernameKey } from './import-line.js';

/** Nobody shares these with anybody. */
const uniqueColumns = ['email', 'extension', 'did', 'agent_id'] as const satisfies readonly (keyof ConflictFacts)[];

/** A line that can be applied after all lines of lower steps, and after those before it in its own. */
export interface OrderedLine {
  readonly draft: ConflictLine;
  /** Lines of one step take nothing from each other; the backups of those that are added are added with or before them. */
  readonly step: number;
}

/**
 * Refuse the lines that conflict with others, until the rest can be applied: a refused line releases the values that it
 * takes and invalidates the lines that depend on it. Returns the rest in the order in which to apply them.
 */
export function resolveConflicts(drafts: readonly ConflictLine[], company: ConflictCompany): readonly OrderedLine[] {
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

const standing = (drafts: readonly ConflictLine[]): readonly ConflictLine[] => drafts.filter(({ stopped }) => !stopped);

const changesColumn = (draft: ConflictLine, column: keyof ConflictFacts): boolean =>
  draft.facts[column] !== draft.user?.facts[column];

function refuseTaken(drafts: readonly ConflictLine[], company: ConflictCompany): void {
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
}

const unique = (column: keyof ConflictFacts, value: string) => (column === 'email' ? value.toLowerCase() : value);

function refuseBackups(drafts: readonly ConflictLine[], company: ConflictCompany): void {
  const drafted = lineOfEach(drafts);
  for (const draft of standing(drafts)) {
    const wanted = draft.facts.default_backup;
    if (wanted === null || !changesColumn(draft, 'default_backup')) continue;
    const why = whyNoBackup(draft, wanted, drafted, company);
    if (why) refuseLine(draft, why);
  }
  refuseCircles(drafts, company);
}

/** The line of each username: the one that stands, where a username comes twice. */
const lineOfEach = (drafts: readonly ConflictLine[]): ReadonlyMap<string, ConflictLine> =>
  new Map([...drafts, ...standing(drafts)].map((draft) => [draft.key, draft]));

function whyNoBackup(
  draft: ConflictLine,
  wanted: string,
  drafted: ReadonlyMap<string, ConflictLine>,
  company: ConflictCompany,
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
function refuseFollowers(drafts: readonly ConflictLine[], company: ConflictCompany): void {
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

/** What a line takes that nobody else may have. */
const wantedBy = (draft: ConflictLine): readonly string[] =>
  uniqueColumns.flatMap((column) => {
    const wanted = draft.facts[column];
    return wanted !== null && changesColumn(draft, column) ? [`${column} ${unique(column, wanted)}`] : [];
  });

/** What a line gives up, for others to take. */
const givenUpBy = (draft: ConflictLine): readonly (readonly [(typeof uniqueColumns)[number], string])[] =>
  uniqueColumns.flatMap((column) => {
    const left = draft.user?.facts[column];
    return left != null && changesColumn(draft, column) ? [[column, `${column} ${unique(column, left)}`] as const] : [];
  });

/** The last line of a circle is the one refused. */
function refuseCircles(drafts: readonly ConflictLine[], company: ConflictCompany): void {
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
  facts: ReadonlyMap<string, ConflictFacts>,
  holders: ReadonlyMap<string, string>,
  company: ConflictCompany,
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

const isAdmin = ({ access, role, app_access: appAllowed }: ConflictFacts): boolean =>
  isActiveAdmin({ access, role, appAllowed });

const losesAdmin = ({ user, facts }: ConflictLine): boolean =>
  user !== undefined && isAdmin(user.facts) && !isAdmin(facts);

/** Of the lines that would leave the company without an admin the last is refused (PRODUCT.md §1, Losing access). */
function keepOneAdmin(drafts: readonly ConflictLine[], company: ConflictCompany): void {
  const last = standing(drafts).findLast(losesAdmin);
  if (!last || keepsAdmin(standing(drafts), company) || standing(drafts).some(({ facts }) => isAdmin(facts))) return;
  const { first_name: firstName, last_name: lastName } = last.facts;
  refuseLine(last, (words) => words.lastAdmin(displayNameOf({ firstName, lastName })));
}

/** Does anybody who is an admin stay one? */
function keepsAdmin(drafts: readonly ConflictLine[], company: ConflictCompany): boolean {
  const losing = new Set(drafts.filter(losesAdmin).map(({ key }) => key));
  for (const [key, { facts }] of company.users) if (isAdmin(facts) && !losing.has(key)) return true;
  return false;
}

/** Put each line after its prerequisites. `stuck`: one line of each cycle of prerequisites. */
function orderByPrerequisites(
  drafts: readonly ConflictLine[],
  company: ConflictCompany,
): { readonly order: readonly OrderedLine[]; readonly stuck: readonly ConflictLine[] } {
  const waitsFor = prerequisites(drafts, company);
  const left = new Map([...waitsFor].map(([draft, before]) => [draft, before.size]));
  const followers = groupByKey(
    [...waitsFor].flatMap(([draft, before]) => [...before.keys()].map((other) => [other, draft] as const)),
  );

  const steps = new Map<ConflictLine, number>();
  const stepOf = (draft: ConflictLine) =>
    [...(waitsFor.get(draft) ?? [])].reduce(
      (most, [other, how]) => Math.max(most, (steps.get(other) ?? 0) + (how === 'in a later step' ? 1 : 0)),
      0,
    );
  let ready = drafts.filter((draft) => left.get(draft) === 0);
  while (ready.length > 0) {
    for (const draft of ready) steps.set(draft, stepOf(draft));
    ready = ready
      .flatMap((done) => followers.get(done) ?? [])
      .flatMap((draft) => {
        left.set(draft, (left.get(draft) ?? 0) - 1);
        return left.get(draft) === 0 ? [draft] : [];
      })
      .sort((one, other) => one.line - other.line);
  }

  const waiting = drafts.filter((draft) => left.get(draft) !== 0);
  const rings = circlesOf(waiting, (draft) =>
    [...(waitsFor.get(draft)?.keys() ?? [])].find((other) => left.get(other) !== 0),
  );
  // Sorting is stable: within a step they stay as they became ready.
  const order = [...steps].map(([draft, step]) => ({ draft, step })).sort((one, other) => one.step - other.step);
  return { order, stuck: rings.map((ring) => ring.reduce((last, draft) => (draft.line > last.line ? draft : last))) };
}

/** The lines that a line waits for. Whoever is their backup may be added by the same statement. */
type Prerequisites = ReadonlyMap<ConflictLine, 'in a later step' | 'in order'>;

function prerequisites(
  drafts: readonly ConflictLine[],
  company: ConflictCompany,
): ReadonlyMap<ConflictLine, Prerequisites> {
  const drafted = new Map(drafts.map((draft) => [draft.key, draft]));
  const leaving = new Map(drafts.flatMap((draft) => givenUpBy(draft).map(([, value]) => [value, draft] as const)));

  // If all admins change, the new one is created before the old one loses the role.
  const newAdmin = keepsAdmin(drafts, company) ? undefined : drafts.find(({ facts }) => isAdmin(facts));

  const first = (draft: ConflictLine): Prerequisites => {
    const backup =
      draft.facts.default_backup === null ? undefined : drafted.get(usernameKey(draft.facts.default_backup));
    const leavers = wantedBy(draft).flatMap((value) => leaving.get(value) ?? []);
    const before = newAdmin && losesAdmin(draft) ? [newAdmin] : [];
    const waits = new Map<ConflictLine, 'in a later step' | 'in order'>();
    if (backup && !backup.user) waits.set(backup, 'in order');
    for (const other of [...leavers, ...before]) waits.set(other, 'in a later step');
    waits.delete(draft);
    return waits;
  };
  return new Map(drafts.map((draft) => [draft, first(draft)]));
}
