import { type Change, change } from '../../change.js';
import type { Actor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { TenantId, UserId } from '../../ids.js';
import type { AudioBytes } from '../../recordings/ports.js';
import { removeUnnamed } from '../../recordings/recording-sweep.js';
import { decide } from '../../routing/decide.js';
import type { Greeting } from '../../routing/decision-reason.js';
import { findCompany, findRows } from '../../routing/load-rows.js';
import { dropAudio, type KeptAudio, keepAudio } from '../arrival/keep-audio.js';
import type { StoredAudio } from '../ports.js';
import { type GreetingKind, longestSeconds, shortestGreetingSeconds } from './greeting-kind.js';
import {
  deleteGreeting,
  findGreetingAudio,
  findGreetings,
  type RecordedGreeting,
  replaceGreeting,
} from './greetings.store.js';

/** The formats that a voice provider plays; the browser's recorder converts other files to WAV. */
const playedByPhones = ['audio/wav', 'audio/mpeg'];
/** The rounding of a recorder. */
const roundingSeconds = 1;

/** The recorded greetings of a mailbox, and the greeting in force. */
export interface MailboxGreetings {
  readonly recorded: ReadonlyMap<GreetingKind, RecordedGreeting>;
  /** Computed by the code that routes calls; undefined: calls do not end in the mailbox now. */
  readonly inForce: Greeting | undefined;
}

interface Mailbox {
  readonly tenantId: TenantId;
  readonly userId: UserId;
}

/** Return the recorded greetings of a mailbox and the greeting that callers hear now. */
export async function greetingsOf(deps: Deps, { tenantId, userId }: Mailbox): Promise<MailboxGreetings> {
  const [company, recorded] = await Promise.all([
    findCompany(deps.db, tenantId),
    findGreetings(deps.db, tenantId, userId),
  ]);
  const now = deps.clock.now();
  const rows = await findRows(deps, company, userId, now);
  const end = rows && decide(rows, now).end;
  return {
    recorded: new Map(recorded.map((greeting) => [greeting.kind, greeting])),
    inForce: end?.kind === 'voicemail' ? end.greeting : undefined,
  };
}

/**
 * Store audio as a greeting, in place of the previous one. The caller checks the actor's right (`requireManagedMailbox`).
 * Throws UserError for what is not audio or not in a format that phones play (415), for audio that is too large or longer
 * than PRODUCT.md §5 allows (413), or too short.
 */
export async function setGreeting(
  deps: Deps,
  actor: Actor,
  {
    userId,
    kind,
    audio,
  }: { readonly userId: UserId; readonly kind: GreetingKind; readonly audio: Buffer | AudioBytes },
): Promise<{ readonly durationSeconds: number }> {
  const kept = await keptGreeting(deps, actor.tenantId, kind, audio);
  await saveKeptGreeting(deps, actor, { userId, kind, kept });
  return { durationSeconds: kept.durationSeconds };
}

/**
 * Store audio that may become a greeting of this kind (`saveKeptGreeting`); whoever does not want it drops it
 * (`dropAudio`). Throws UserError as `setGreeting` does.
 */
export async function keptGreeting(
  deps: Deps,
  tenantId: TenantId,
  kind: GreetingKind,
  audio: Buffer | AudioBytes,
): Promise<KeptAudio> {
  const kept = await keepAudio(deps, tenantId, audio);
  try {
    mustBeGreeting(kind, kept);
  } catch (error) {
    await dropAudio(deps, kept, error);
    throw error;
  }
  return kept;
}

/** Make stored audio a greeting, in place of the previous one. The caller checks the actor's right. */
export async function saveKeptGreeting(
  deps: Deps,
  actor: Actor,
  { userId, kind, kept }: { readonly userId: UserId; readonly kind: GreetingKind; readonly kept: GreetingAudio },
): Promise<void> {
  let replaced: string | undefined;
  try {
    replaced = await change(deps, actor, async (change) => {
      const before = await replaceGreeting(change, { userId, kind, audio: kept });
      note(change, 'greeting.set', { userId, after: { kind, durationSeconds: kept.durationSeconds } });
      return before;
    });
  } catch (error) {
    await dropAudio(deps, kept, error);
    throw error;
  }
  await removeReplaced(deps, replaced);
}

/** Stored audio of a greeting. */
export type GreetingAudio = StoredAudio & Pick<KeptAudio, 'durationSeconds'>;

/** Remove a greeting: callers hear the spoken one again. Idempotent. */
export async function removeGreeting(
  deps: Deps,
  actor: Actor,
  { userId, kind }: { readonly userId: UserId; readonly kind: GreetingKind },
): Promise<void> {
  const removed = await change(deps, actor, async (change) => {
    const before = await deleteGreeting(change, userId, kind);
    if (before !== undefined) note(change, 'greeting.removed', { userId, before: { kind } });
    return before;
  });
  await removeReplaced(deps, removed);
}

/** Return the audio of a greeting, for a person who may manage the mailbox. Throws UserError (404) if there is none. */
export async function greetingAudio(
  { db }: Deps,
  { tenantId, userId, kind }: Mailbox & { readonly kind: GreetingKind },
): Promise<StoredAudio> {
  const greeting = (await findGreetings(db, tenantId, userId)).find((one) => one.kind === kind);
  const audio = greeting && (await findGreetingAudio(db, greeting.recordingId));
  if (!audio) throw new UserError((words) => words.greetings.notRecorded, 404);
  return audio;
}

function mustBeGreeting(kind: GreetingKind, { mimeType, durationSeconds }: KeptAudio): void {
  if (!playedByPhones.includes(mimeType)) throw new UserError((words) => words.greetings.notForPhones, 415);
  if (durationSeconds > longestSeconds(kind) + roundingSeconds)
    throw new UserError((words) => words.greetings.tooLong(longestSeconds(kind)), 413);
  if (durationSeconds < shortestGreetingSeconds) throw new UserError((words) => words.greetings.tooShort);
}

function note(
  change: Change,
  event: 'greeting.set' | 'greeting.removed',
  { userId, ...facts }: { userId: UserId } & Pick<Parameters<Change['record']>[0], 'before' | 'after'>,
): void {
  change.record({ event, subjectId: userId, ...facts });
  change.touch(userId);
}

/** Remove the audio of a replaced greeting, after the commit. A crash leaves an orphaned file, which the sweep removes. */
async function removeReplaced(deps: Deps, storageKey: string | undefined): Promise<void> {
  if (storageKey === undefined) return;
  await removeUnnamed(deps, storageKey).catch((error) =>
    deps.log.warn({ error, storageKey }, 'recording of a replaced greeting not removed'),
  );
}
