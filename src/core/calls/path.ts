import type { Words } from '../chat/words.js';
import type { UserId } from '../ids.js';
import { hasAccess } from '../people/person.js';
import { mayBeDialled } from '../phone-number.js';
import type { DialTarget, Greeting } from './call-plan.js';

/** The settings of the company that decide where a call goes; names as in the schema. */
export interface Company {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly edition: string;
  readonly language: string;
  readonly timeZone: string;
  readonly country: string;
  readonly allowedCountries: readonly string[];
  readonly mainNumbers: readonly string[];
  readonly operatorId: UserId | null;
  readonly generalMailboxId: UserId | null;
  readonly outOfOfficeEnabled: boolean;
  readonly backupCountsAtOnce: boolean;
  readonly ringSeconds: number;
  readonly stalePresenceMinutes: number;
  readonly speechEnabled: boolean;
  readonly agentSipTemplate: string;
}

/** Somebody a call may come to, as the rows stand at the instant it is about. */
export interface Reachable {
  readonly id: UserId;
  readonly name: string;
  readonly userType: string;
  readonly access: string;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly agentId: string | null;
  readonly presence: string;
  readonly presenceAt: Date | null;
  readonly personalNumber: string | null;
  /** The number is one of our own: ringing it would bring the call back to us, and round again. */
  readonly numberComesBack: boolean;
  readonly defaultBackupId: UserId | null;
  readonly away: Away | undefined;
}

/** The period of absence that runs at that instant. */
export interface Away {
  /** Who takes the calls; also where `number` was somebody's DID. */
  readonly backupId: UserId | null;
  /** E.164. */
  readonly number: string | null;
  readonly backupAnswer: string;
  readonly privacy: string;
  readonly note: string;
  readonly endsAt: Date | null;
}

/** One place a call rings on its way. */
export interface PathStep {
  readonly target: DialTarget;
  /** Whose phone it is; undefined: a number somebody named. */
  readonly userId: UserId | undefined;
  /** 0: the person asked for; from 1: somebody in their place. */
  readonly hop: number;
  /** Everything that led here, in plain steps. */
  readonly because: readonly string[];
}

/** Where a call to somebody goes: what rings, one after the other, and how it ends when nobody answers. */
export interface Path {
  readonly asked: Reachable;
  readonly away: Away | undefined;
  readonly steps: readonly PathStep[];
  readonly end:
    | { readonly kind: 'voicemail'; readonly greeting: Greeting; readonly because: readonly string[] }
    | { readonly kind: 'missed'; readonly because: readonly string[] };
}

/** At most so many people take each other's place (PRODUCT.md §2, Chains). */
export const mostHops = 3;

interface Walk {
  readonly company: Company;
  readonly people: ReadonlyMap<UserId, Reachable>;
  readonly at: Date;
  readonly words: Words['calls'];
  readonly steps: PathStep[];
  readonly because: string[];
  /** Who had their turn: nobody has two. */
  readonly seen: Set<UserId>;
}

/** The whole path of a call to `asked` at the instant `at`: PRODUCT.md §2, "Route to a person". */
export function pathTo(
  company: Company,
  people: ReadonlyMap<UserId, Reachable>,
  asked: Reachable,
  at: Date,
  words: Words['calls'],
): Path {
  const walk: Walk = { company, people, at, words, steps: [], because: [], seen: new Set([asked.id]) };
  const away = awayNow(company, asked);

  if (!hasAccess(asked)) {
    walk.because.push(words.noAccess(asked.name));
    ring(walk, asked, 0);
  } else {
    visit(walk, asked, 0);
  }
  return { asked, away, steps: walk.steps, end: endOf(walk, asked, away) };
}

function visit(walk: Walk, person: Reachable, hop: number): void {
  const away = awayNow(walk.company, person);
  if (away) {
    walk.because.push(walk.words.isAway(person.name));
    follow(walk, person, away, hop);
  } else if (person.userType === 'general_voicemail') {
    walk.because.push(walk.words.generalMailbox(person.name));
    return;
  } else {
    ring(walk, person, hop);
  }
  if (person.defaultBackupId) {
    hand(walk, person.defaultBackupId, (backup) => walk.words.defaultBackup(person.name, backup));
  }
}

/** To where the absent person sends their calls. */
function follow(walk: Walk, person: Reachable, away: Away, hop: number): void {
  const { words } = walk;
  if (away.backupId) {
    if (counts(walk.company, away)) hand(walk, away.backupId, (backup) => words.periodBackup(person.name, backup));
    else walk.because.push(words.backupNotAccepted(nameOf(walk, away.backupId)));
  } else if (away.number && !mayBeDialled(away.number, walk.company)) {
    walk.because.push(words.periodNumberRefused(person.name, away.number));
  } else if (away.number) {
    walk.because.push(words.periodNumber(person.name, away.number));
    step(walk, undefined, { kind: 'number', e164: away.number, confirm: true }, hop + 1);
  }
}

const counts = (company: Company, { backupAnswer }: Away): boolean =>
  backupAnswer === 'accepted' || (backupAnswer !== 'declined' && company.backupCountsAtOnce);

/** The call passes to somebody else, unless they had it before or too many did. */
function hand(walk: Walk, to: UserId, because: (name: string) => string): void {
  const { words, seen } = walk;
  const person = walk.people.get(to);
  if (!person) return;
  if (seen.has(to)) {
    walk.because.push(words.hadItBefore(person.name));
    return;
  }
  // The person asked for is in `seen` too, so this is the hop that would come now.
  if (seen.size > mostHops) {
    walk.because.push(words.chainEnds(mostHops));
    return;
  }
  const hop = seen.size;
  seen.add(to);
  walk.because.push(because(person.name));
  visit(walk, person, hop);
}

/** The person's own phones, by their type. */
function ring(walk: Walk, person: Reachable, hop: number): void {
  if (person.userType === 'agent' || person.userType === 'rollover') ringAgent(walk, person, hop);
  if (person.userType === 'business' || person.userType === 'rollover') ringNumber(walk, person, hop);
}

function ringAgent(walk: Walk, person: Reachable, hop: number): void {
  const { words, company, at } = walk;
  const stale =
    person.presenceAt === null || at.getTime() - person.presenceAt.getTime() > company.stalePresenceMinutes * 60_000;
  if (!person.agentId) walk.because.push(words.noAgentId(person.name));
  else if (person.presence === 'signed-out' || stale) walk.because.push(words.agentSignedOut(person.name));
  else if (person.presence === 'busy') walk.because.push(words.agentBusy(person.name));
  else {
    walk.because.push(words.ringsAgent(person.name));
    step(walk, person.id, { kind: 'agent', agentId: person.agentId, ...(hop > 0 ? { confirm: true } : {}) }, hop);
  }
}

function ringNumber(walk: Walk, person: Reachable, hop: number): void {
  const { words } = walk;
  if (!person.personalNumber) walk.because.push(words.noNumber(person.name));
  else if (person.numberComesBack) walk.because.push(words.numberComesBack(person.name));
  else if (!mayBeDialled(person.personalNumber, walk.company))
    walk.because.push(words.numberRefused(person.name, person.personalNumber));
  else {
    walk.because.push(words.ringsNumber(person.name, person.personalNumber));
    step(walk, person.id, { kind: 'number', e164: person.personalNumber, confirm: hop > 0 }, hop);
  }
}

function step(walk: Walk, userId: UserId | undefined, target: DialTarget, hop: number): void {
  walk.steps.push({ target, userId, hop, because: [...walk.because] });
}

function endOf(walk: Walk, asked: Reachable, away: Away | undefined): Path['end'] {
  const { words, company } = walk;
  if (!hasAccess(asked)) return { kind: 'missed', because: [...walk.because, words.endsMissedNoAccess(asked.name)] };
  if (company.edition !== 'attendant_plus')
    return { kind: 'missed', because: [...walk.because, words.endsMissedNoPlus(asked.name)] };
  const greeting = away ? 'out-of-office' : 'unavailable';
  return { kind: 'voicemail', greeting, because: [...walk.because, words.endsInMailbox(asked.name, greeting)] };
}

/** The absence that counts: the company may have switched absences off. */
const awayNow = (company: Company, person: Reachable): Away | undefined =>
  company.outOfOfficeEnabled && hasAccess(person) ? person.away : undefined;

const nameOf = (walk: Walk, id: UserId): string => walk.people.get(id)?.name ?? '';
