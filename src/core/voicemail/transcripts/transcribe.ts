import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { RecordingMissing } from '../../recordings/ports.js';
import { runLeased } from '../../tasks/lease.js';
import { renewalOutside, renewLease } from '../../tasks/lease.store.js';
import { recordOutcome } from '../../tasks/record-outcome.js';
import { updateReaderCards } from '../mailbox/message-access.js';
import type { TranscriberPlace } from './ports.js';
import { readTranscript } from './read-transcript.js';
import {
  type ClaimedTranscription,
  claimTranscription,
  countTranscriptions,
  endTranscription,
  failTranscription,
  findNextTranscription,
  postpone,
  releaseTranscription,
  saveTranscript,
  type TranscriptionCounts,
} from './transcription.store.js';

/** A transcript that comes later than this helps nobody: the message has been heard. */
const mostSeconds = 6 * 3600;
const firstDelaySeconds = 30;
const mostDelaySeconds = 30 * 60;
/** How long a message waits for a place, unless another one ends sooner. */
const placeSeconds = 60;
/** After the undo period. */
const deletedSeconds = 10 * 60;

export type { TranscriptionCounts };

/** How an attempt ended. */
type Outcome =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'nothing'; readonly why: 'no speech' | 'not wanted' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'again'; readonly why: string; readonly afterSeconds: number };

/**
 * Have a message written down and update its card wherever somebody has it; called by the task `voicemail.transcribe`.
 * The message has arrived long before, so nothing is lost by a failure: it is tried again for hours, then the message
 * stays without. While the transcriber is busy or away the row is put off, so that it never holds up other tasks.
 * Idempotent.
 */
export async function transcribe(deps: Deps, id: string): Promise<void> {
  const { db, clock, transcriber } = deps;
  const place = transcriber?.takePlace();
  if (!place) return postpone(db, clock, id, { seconds: placeSeconds, mostSeconds });
  try {
    const claimed = await claimTranscription(db, clock, id);
    if (!claimed) return;
    await runLeased(
      () => renewLease(db, clock, 'Transcription', claimed),
      async () => finish(deps, claimed, await attempt(deps, claimed, place)),
      () => deps.leases?.keep(renewalOutside('Transcription', claimed)),
    );
  } finally {
    place.leave();
  }
  await passOn(deps);
}

/** Begin with the message that waits for the place that has become free. */
async function passOn({ db, clock, tasks }: Deps): Promise<void> {
  const next = await findNextTranscription(db, clock);
  if (next === undefined) return;
  // If the queue is away, the sweep finds the row.
  await tasks
    .add([{ name: 'voicemail.transcribe', payload: { transcriptionId: next } }], { once: true })
    .catch(() => {});
}

async function attempt(deps: Deps, claimed: ClaimedTranscription, place: TranscriberPlace): Promise<Outcome> {
  if (claimed.wanted === 'no') return { kind: 'nothing', why: 'not wanted' };
  if (claimed.wanted === 'deleted') return { kind: 'again', why: 'deleted', afterSeconds: deletedSeconds };
  try {
    const audio = await deps.audio.playable(claimed);
    const { durationSeconds, language } = claimed;
    const answer = await place.transcribe({ ...audio, durationSeconds, language: language ?? undefined });
    switch (answer.kind) {
      case 'refused':
        return { kind: 'failed', why: answer.why };
      case 'later':
        return again(deps, claimed, answer.why, answer.afterSeconds);
      case 'parts': {
        const text = readTranscript(answer.parts);
        return text === undefined ? { kind: 'nothing', why: 'no speech' } : { kind: 'said', text };
      }
      default:
        return answer satisfies never;
    }
  } catch (error) {
    if (error instanceof RecordingMissing) return { kind: 'failed', why: 'recording missing' };
    return again(deps, claimed, error instanceof Error ? error.message : 'unknown');
  }
}

function again({ clock }: Deps, { attempts, createdAt }: ClaimedTranscription, why: string, after = 0): Outcome {
  const backOff = Math.min(firstDelaySeconds * 2 ** Math.min(attempts - 1, 20), mostDelaySeconds);
  const afterSeconds = Math.max(backOff, Math.min(after, mostSeconds));
  const ageSeconds = (clock.now().getTime() - createdAt.getTime()) / 1000;
  return ageSeconds + afterSeconds > mostSeconds ? { kind: 'failed', why } : { kind: 'again', why, afterSeconds };
}

/** Record how it ended, even if the database is unreachable just now. */
function finish(deps: Deps, claimed: ClaimedTranscription, outcome: Outcome): Promise<void> {
  const { db, clock, log } = deps;
  const facts = { transcriptionId: claimed.id, attempt: claimed.attempts };
  return recordOutcome(log, { transcriptionId: claimed.id }, async () => {
    switch (outcome.kind) {
      case 'said':
        return save(deps, claimed, outcome.text);
      case 'nothing':
        log.info({ ...facts, why: outcome.why }, 'no transcript');
        return endTranscription(db, claimed);
      case 'failed':
        log.warn({ ...facts, why: outcome.why }, 'transcript given up');
        return failTranscription(db, claimed);
      case 'again':
        log.info({ ...facts, why: outcome.why, afterSeconds: outcome.afterSeconds }, 'transcript later');
        return releaseTranscription(db, clock, claimed, outcome.afterSeconds);
      default:
        return outcome satisfies never;
    }
  });
}

const save = (deps: Deps, claimed: ClaimedTranscription, text: string): Promise<void> =>
  change(deps, installationActor(claimed.tenantId, 'job'), async (change) => {
    const ids = (await saveTranscript(change, claimed, text)) ?? [];
    const after = { by: 'machine', characters: text.length };
    for (const subjectId of ids) change.record({ event: 'voicemail.transcribed', subjectId, after });
    await updateReaderCards(change, ...ids);
  });

/** Return how many messages wait for a transcript, and how many stayed without, for the metrics. */
export const transcriptionCounts = ({ db }: Pick<Deps, 'db'>): Promise<TranscriptionCounts> => countTranscriptions(db);
