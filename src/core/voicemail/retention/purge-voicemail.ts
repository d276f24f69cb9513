import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { updateReaderCards } from '../mailbox/message-access.js';
import {
  countOverduePurges,
  findTenant,
  lockForPurge,
  makeTombstone,
  releaseRecording,
} from './purge-voicemail.store.js';

/** The first attempts take seconds; afterwards the sweep repeats them. */
const overdueMinutes = 60;

/** Return how many messages are not purged although it is time: for `doctor` and the metrics. */
export function overduePurges({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = clock.now();
  return countOverduePurges(db, new Date(now.getTime() - overdueMinutes * 60_000), now);
}

/**
 * Purge a message after its undo period: transcript, note and (unless a forwarded copy still plays it) audio are
 * deleted; a tombstone stays for the audit. Called by the task `voicemail.purge`. Idempotent; no-op before the period
 * ends, after a restore, or while a forward or an export still needs the audio, in which case the sweep runs it again.
 */
export async function purgeVoicemail(deps: Deps, id: string): Promise<void> {
  const tenantId = await findTenant(deps.db, id);
  if (!tenantId) return;
  await change(deps, installationActor(tenantId, 'job'), async (change) => {
    const locked = await lockForPurge(change, deps.clock, id);
    if (!locked) return;
    await makeTombstone(change, id);
    const orphan = locked.recordingId === null ? undefined : await releaseRecording(change, locked.recordingId);
    // Before the commit: if it fails, everything is retried; after it, a crash would leave the audio for ever.
    if (orphan !== undefined) await deps.recordings.remove(orphan);
    const after = {
      why: locked.isExpired ? 'retention' : 'deleted',
      audioRemoved: orphan !== undefined,
      transcriptRemoved: locked.hasTranscript,
    };
    change.record({ event: 'voicemail.purged', subjectId: id, after });
    await updateReaderCards(change, id);
  });
}
