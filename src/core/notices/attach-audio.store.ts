import type { MessageAudio, MessageRef } from '../chat/messenger.js';
import { batched } from '../coalesce-calls.js';
import type { Clock, Db } from '../deps.js';
import { databaseNow, endLease, heldBy, type Lease, renewLease, takeLease } from '../tasks/lease.store.js';

/** A posting that is leased to attach its audio, or to remove it. */
export interface OwedAudio extends Lease {
  readonly noticeId: string;
  readonly platform: string;
  readonly ref: MessageRef;
  /** The audio that belongs under the card; null: none. */
  readonly audio: MessageAudio | null;
  /** The number of attempts, this one included. */
  readonly attempts: number;
}

interface AudioClaim {
  readonly noticeId: string;
  readonly platform: string;
  readonly clock: Clock;
}

/** Return the platforms on which a notice's cards lack their audio, or have audio that no longer belongs there. */
export async function findPlatformsOwingAudio(db: Db, noticeId: string): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ platform: string }[]>`
    SELECT DISTINCT platform FROM "Posting" WHERE "noticeId" = ${noticeId}::uuid AND "dueAt" IS NOT NULL`;
  return rows.map(({ platform }) => platform);
}

/**
 * Claim the audio that a notice owes on a platform, at most one card's at a time. Undefined: nothing is owed, another
 * worker holds it, or the card is about to change, and its audio with it.
 */
export const claimAudio = batched(async (db: Db, asked: readonly AudioClaim[]) => {
  const [first] = asked;
  if (!first) return [];
  const wanted = asked.map(({ noticeId, platform }) => ({ noticeId, platform }));
  const rows = await db.$queryRaw<OwedAudio[]>`
    WITH free AS (
      SELECT one.id
      FROM (
        SELECT DISTINCT * FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
          AS wanted ("noticeId" uuid, platform text) LIMIT ${wanted.length}
      ) AS wanted
      CROSS JOIN LATERAL (
        SELECT p.id FROM "Posting" p
        WHERE p."noticeId" = wanted."noticeId" AND p.platform = wanted.platform AND p.ref IS NOT NULL
          -- The first try need not wait; a later one waits as long as the one before says.
          AND (p."dueAt" <= ${databaseNow(first.clock)} OR (p."dueAt" IS NOT NULL AND p."claimedAt" IS NULL AND p.attempts = 0))
          AND p.shows = (SELECT n.version FROM "Notice" n WHERE n.id = p."noticeId")
        LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
      ) AS one
    )
    UPDATE "Posting" SET ${takeLease(first.clock, 'Posting')}
    FROM free WHERE "Posting".id = free.id
    RETURNING "Posting".id, "noticeId", platform, ref, audio, attempts, "claimedAt"`;
  const claimed = new Map(rows.map((row) => [keyOf(row), row]));
  return asked.map((one) => {
    const found = claimed.get(keyOf(one));
    claimed.delete(keyOf(one));
    return found;
  });
});

const keyOf = ({ noticeId, platform }: { readonly noticeId: string; readonly platform: string }): string =>
  `${noticeId} ${platform}`;

/** Renew the lease. */
export const renewAudio = (db: Db, clock: Clock, owed: OwedAudio): Promise<boolean> =>
  renewLease(db, clock, 'Posting', owed);

interface Settled {
  readonly owed: OwedAudio;
  /** The storage key of the audio under the card now; null: none. */
  readonly there: string | null;
  readonly clock: Clock;
}

/**
 * Record the audio under the card now. If other audio belongs there by now, or the card was replaced, the rest is due
 * at once. Idempotent.
 */
export const settleAudio = batched(async (db: Db, settled: readonly Settled[]) => {
  const [first] = settled;
  if (!first) return [];
  const ends = settled.map(({ owed: { id, claimedAt, ref }, there }) => ({ id, claimedAt, ref, there }));
  await db.$executeRaw`
    WITH held AS (
      SELECT p.id, over.there, over.ref
      FROM (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(ends)}::jsonb)
          AS over (id uuid, "claimedAt" timestamptz, ref jsonb, there text) LIMIT ${ends.length}
      ) AS over
      CROSS JOIN LATERAL (
        SELECT id FROM "Posting" WHERE id = over.id AND "claimedAt" = over."claimedAt" FOR NO KEY UPDATE
      ) p
    )
    UPDATE "Posting" p SET "claimedAt" = NULL,
      "audioThere" = CASE WHEN p.ref = held.ref THEN held.there END,
      "dueAt" = CASE WHEN p.audio->>'storageKey' IS DISTINCT FROM (CASE WHEN p.ref = held.ref THEN held.there END)
        THEN ${databaseNow(first.clock)} END
    FROM held WHERE p.id = held.id`;
  return settled.map(() => undefined);
});

/** Release the claim; the audio is due again after `dueInSeconds`. */
export async function releaseAudio(db: Db, clock: Clock, owed: OwedAudio, dueInSeconds: number): Promise<void> {
  await endLease(db, clock, 'Posting', owed, dueInSeconds);
}

/** Give up: no more attempts until other audio belongs under the card. */
export async function giveUpAudio(db: Db, owed: OwedAudio): Promise<void> {
  await db.$executeRaw`UPDATE "Posting" SET "claimedAt" = NULL, "dueAt" = NULL WHERE ${heldBy(owed)}`;
}
