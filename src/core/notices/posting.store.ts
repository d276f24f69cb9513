import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import type { MessageAudio, MessageRef } from '../chat/messenger.js';
import type { Clock, Db } from '../deps.js';
import type { TenantId } from '../ids.js';
import { databaseNow, secondsFromNow } from '../tasks/lease.store.js';

/** `failed`: for now, with a retry; `unreachable`: the platform refuses this person. */
export const postingStatuses = ['sent', 'failed', 'unreachable'] as const;
type PostingStatus = (typeof postingStatuses)[number];

/** The message at one address, and the audio that belongs under it. */
export interface Posting {
  readonly platform: string;
  readonly address: string;
  readonly ref: MessageRef | null;
  readonly shows: number;
  readonly status: PostingStatus;
  readonly why: string;
  readonly audio: MessageAudio | null;
}

/** A recorded posting, with the state of its audio. */
export interface FoundPosting extends Posting {
  /** The storage key of the audio that was attached. */
  readonly audioThere: string | null;
  /** Its audio is still to be attached or removed. */
  readonly owesAudio: boolean;
}

/** The message that was just posted or updated at one address. */
export interface Posted {
  readonly notice: { readonly id: string; readonly tenantId: TenantId };
  readonly posting: Posting;
  readonly clock: Clock;
}

/** Record the message at one address. Idempotent. */
export async function savePosting(db: Db, posted: Posted): Promise<void> {
  await db.$executeRaw`${savePostings(posted.clock, [posted])}`;
}

/**
 * The process that posted a card attaches its audio at once; if it ends before that, the sweep finds it after this
 * delay.
 */
const audioDueSeconds = 30;

/**
 * A statement, or part of one: record the messages at addresses, the newest version last. Idempotent. A row is due if
 * its card should have other audio than it has, or none. Audio that was given up stays so until something changes. A
 * new message has no audio yet.
 */
export function savePostings(clock: Clock, posted: readonly Posted[]): Prisma.Sql {
  const rows = posted.map(({ notice, posting }) => ({
    ...posting,
    id: randomUUID(),
    tenantId: notice.tenantId,
    noticeId: notice.id,
    at: clock.now(),
  }));
  const due = secondsFromNow(clock, audioDueSeconds);
  return Prisma.sql`
    INSERT INTO "Posting" AS p (id, "tenantId", "noticeId", platform, address, ref, shows, status, why, at, audio, "dueAt")
    SELECT id, "tenantId", "noticeId", platform, address, ref, shows, status, why, at, audio,
      CASE WHEN audio IS NOT NULL THEN ${due} END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (id uuid, "tenantId" uuid, "noticeId" uuid,
      platform text, address text, ref jsonb, shows int, status text, why text, at timestamptz, audio jsonb)
    ON CONFLICT ("noticeId", platform, address) DO UPDATE
    SET ref = EXCLUDED.ref, shows = EXCLUDED.shows, status = EXCLUDED.status, why = EXCLUDED.why, at = EXCLUDED.at,
      audio = EXCLUDED.audio,
      "audioThere" = CASE WHEN p.ref = EXCLUDED.ref THEN p."audioThere" END,
      attempts = CASE WHEN p.ref = EXCLUDED.ref AND p."dueAt" IS NOT NULL THEN p.attempts ELSE 0 END,
      "dueAt" = CASE
        -- The holder re-checks on release.
        WHEN p."claimedAt" IS NOT NULL THEN p."dueAt"
        WHEN p.ref = EXCLUDED.ref AND p."dueAt" IS NULL AND p.audio IS NOT DISTINCT FROM EXCLUDED.audio THEN NULL
        -- A try may have done what nobody recorded.
        WHEN p.ref = EXCLUDED.ref AND p."dueAt" IS NOT NULL AND p.attempts > 0 THEN ${databaseNow(clock)}
        WHEN EXCLUDED.audio->>'storageKey'
          IS DISTINCT FROM (CASE WHEN p.ref = EXCLUDED.ref THEN p."audioThere" END) THEN ${due}
      END
    WHERE p.shows <= EXCLUDED.shows`;
}
