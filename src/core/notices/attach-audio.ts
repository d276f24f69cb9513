import type { AudioAttacher } from '../chat/messenger.js';
import type { Deps } from '../deps.js';
import { runLeased } from '../tasks/lease.js';
import { recordOutcome } from '../tasks/record-outcome.js';
import {
  claimAudio,
  findPlatformsOwingAudio,
  giveUpAudio,
  type OwedAudio,
  releaseAudio,
  renewAudio,
  settleAudio,
} from './attach-audio.store.js';

/** With the delays between them this is about four hours. */
const mostAttempts = 12;

/**
 * Attach the audio that a notice's cards still lack, and remove audio that no longer belongs under them; called by the
 * task `notice.audio`. Returns at once: the work is done in the background, since cards go first. Idempotent.
 */
export async function attachOwedAudio(deps: Deps, noticeId: string): Promise<void> {
  for (const platform of await findPlatformsOwingAudio(deps.db, noticeId))
    attachAudio(deps, { noticeId, platform, atOnce: false });
}

/** The same on one platform. The sweep finds failed and interrupted work. */
export function attachAudio(
  deps: Deps,
  { noticeId, platform, atOnce }: { readonly noticeId: string; readonly platform: string; readonly atOnce: boolean },
): void {
  const audio = deps.messengers.forPlatform(platform)?.audio;
  audio?.runLater(
    noticeId,
    async () => {
      const { db, clock } = deps;
      const claim = () => claimAudio(db, { noticeId, platform, clock });
      try {
        for (let owed = await claim(); owed; owed = await claim()) await attachClaimed(deps, audio, owed);
      } catch (error) {
        deps.log.warn({ error, noticeId, platform }, 'audio attach failed');
      }
    },
    { atOnce },
  );
}

async function attachClaimed(deps: Deps, audio: AudioAttacher, owed: OwedAudio): Promise<void> {
  const { db, clock, log } = deps;
  const { noticeId, platform, attempts } = owed;
  await runLeased(
    () => renewAudio(db, clock, owed),
    async () => {
      try {
        // An earlier attempt may have succeeded and its process ended.
        const isThere = await audio.attach(owed.ref, owed.audio ?? undefined, { look: attempts > 1 });
        if (!isThere && owed.audio) return await giveUpAudio(db, owed);
      } catch (error) {
        const facts = { error, noticeId, platform, attempt: attempts };
        if (attempts >= mostAttempts) {
          log.error(facts, 'audio given up');
          return giveUpAudio(db, owed);
        }
        log.warn(facts, 'audio attach failed');
        return releaseAudio(db, clock, owed, Math.min(2 ** attempts * 5, 3600));
      }
      const there = owed.audio?.storageKey ?? null;
      await recordOutcome(log, { noticeId, platform }, () => settleAudio(db, { owed, there, clock }));
    },
  );
}
