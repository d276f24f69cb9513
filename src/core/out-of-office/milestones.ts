import type { BackupAnswer } from '../routing/absence.types.js';

/** What happens by itself in the life of an absence. */
export type Milestone =
  /** The backup has not answered: ask once more. */
  | 'remind'
  /** The backup still has not answered: tell the person who is out. */
  | 'unanswered'
  | 'begin'
  | 'end';

/** The facts of an absence on which its milestones depend; null: not yet, or never. */
export interface MilestoneFacts {
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly cancelled: boolean;
  readonly createdAt: Date;
  readonly backupAnswer: BackupAnswer;
  readonly askedAt: Date | null;
  readonly remindedAt: Date | null;
  readonly unansweredAt: Date | null;
  readonly beginToldAt: Date | null;
  readonly endToldAt: Date | null;
}

const hour = 3_600_000;
/** A backup is reminded after a day, or an hour before the absence begins, but not within an hour of being asked. */
const remindAfterHours = 24;
const unansweredAfterHours = 72;
/** An absence that begins sooner after it was saved begins before its person's eyes: they are not told. */
const announcedAfterMinutes = 10;

/** Return the next milestone of an absence and its instant, which may be past; undefined: there is none. */
export function nextMilestone(facts: MilestoneFacts): { readonly kind: Milestone; readonly at: Date } | undefined {
  const due = (['remind', 'unanswered', 'begin', 'end'] as const).flatMap((kind) => {
    const at = instantOf(kind, facts);
    return at === undefined ? [] : [{ kind, at }];
  });
  return due.sort((a, b) => a.at.getTime() - b.at.getTime())[0];
}

function instantOf(kind: Milestone, facts: MilestoneFacts): Date | undefined {
  const { startsAt, endsAt, cancelled, createdAt, askedAt, endToldAt, beginToldAt } = facts;
  if (cancelled) return undefined;
  switch (kind) {
    case 'remind':
    case 'unanswered':
      return askedAt !== null && facts.backupAnswer === 'asked' ? answerDue(kind, facts, askedAt) : undefined;
    case 'begin': {
      const isSudden = startsAt.getTime() - createdAt.getTime() < announcedAfterMinutes * 60_000;
      const isOver = endsAt !== null && endsAt <= startsAt;
      return beginToldAt === null && !isSudden && !isOver ? startsAt : undefined;
    }
    case 'end':
      return endToldAt === null && endsAt !== null ? endsAt : undefined;
    default:
      return kind satisfies never;
  }
}

function answerDue(
  kind: 'remind' | 'unanswered',
  { startsAt, endsAt, remindedAt, unansweredAt }: MilestoneFacts,
  askedAt: Date,
): Date | undefined {
  const after = (hours: number) => askedAt.getTime() + hours * hour;
  const reminder = Math.min(after(remindAfterHours), Math.max(startsAt.getTime() - hour, after(1)));
  const at = kind === 'remind' ? reminder : Math.max(after(unansweredAfterHours), reminder);
  const isTold = kind === 'remind' ? remindedAt !== null : unansweredAt !== null;
  // Once the absence is over nobody needs the answer.
  return isTold || (endsAt !== null && at >= endsAt.getTime()) ? undefined : new Date(at);
}
