import { randomUUID } from 'node:crypto';
import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Requester } from '../../chat/requester.js';
import type { Deps } from '../../deps.js';
import { OutcomeUnknown, UserError } from '../../errors.js';
import { asId, type TenantId, type VoicemailId } from '../../ids.js';
import { mailFailure } from '../../mail/mail-failure.js';
import { messageThread } from '../../notices/message-thread.js';
import { RecordingMissing } from '../../recordings/ports.js';
import { runLeased } from '../../tasks/lease.js';
import { renewalOutside, renewLease } from '../../tasks/lease.store.js';
import { recordOutcome } from '../../tasks/record-outcome.js';
import type { WorkStatus } from '../../tasks/work-status.js';
import { lockOpenMessage, updateReaderCards } from '../mailbox/message-access.js';
import type { Changed } from '../mailbox/voicemail-state.js';
import { audioFileName, exportMail } from '../voicemail.views.js';
import {
  type ClaimedExport,
  claimExport,
  countExportsSince,
  findRecentExport,
  insertExport,
  releaseExport,
  settleExport,
} from './email-to-self.store.js';

/** The most e-mails that one person may request in an hour, counted in rows: the limit holds across all processes. */
const mostAnHour = 60;

/** After this many attempts the person is told that the e-mail could not be sent. */
const mostAttempts = 8;

/**
 * Request the message as an attachment to the requester's own e-mail address; the task `voicemail.export` sends it. A
 * second click within a minute sends no second e-mail. Throws UserError while no mail server is configured (409), unless
 * the requester may handle the message (404, 403), if it is deleted (404), and for more than `mostAnHour` (429).
 */
export async function requestEmailToSelf(deps: Deps, requester: Requester, id: VoicemailId): Promise<Changed> {
  if (!deps.mail) throw new UserError((words) => words.voicemail.noMail, 409);
  return change(deps, requester.actor, async (change) => {
    const { hasAudio } = await lockOpenMessage(change, requester.actor, id);
    if (!hasAudio) throw new UserError((words) => words.voicemail.gone, 404);
    if (await findRecentExport(change, id, requester.user.id)) return 'unchanged';
    const hourAgo = new Date(change.now.getTime() - 3_600_000);
    if ((await countExportsSince(change, requester.user.id, hourAgo)) >= mostAnHour)
      throw new UserError((words) => words.voicemail.tooManyMails, 429);
    const exportId = randomUUID();
    await insertExport(change, {
      id: exportId,
      voicemailId: id,
      userId: requester.user.id,
      email: requester.user.email,
    });
    change.record({ event: 'voicemail.export-asked', subjectId: id, after: { to: requester.user.email } });
    change.enqueue({ name: 'voicemail.export', payload: { exportId } });
    await updateReaderCards(change, id);
    return 'changed';
  });
}

/**
 * Send the e-mail; called by the task `voicemail.export`. Idempotent as far as mail allows: the export is leased first,
 * the server's acceptance is recorded even if the database is unreachable for minutes, a repeat carries the same
 * message id, and an e-mail whose answer was lost is sent at most once more. Rejects when a retry may succeed.
 */
export async function emailToSelf(deps: Deps, exportId: string): Promise<void> {
  if (!deps.mail) return; // The row waits; the sweep finds it when mail is configured again.
  const { mail, db, clock } = deps;
  const claimed = await claimExport(db, clock, exportId);
  if (!claimed) return;

  await runLeased(
    () => renewLease(db, clock, 'Export', claimed),
    async (ensureHeld) => {
      try {
        await ensureHeld();
        if (claimed.recording) await send(deps, mail, claimed, claimed.recording);
      } catch (error) {
        return sendFailed(deps, claimed, error);
      }
      await settle(deps, claimed, claimed.recording ? 'done' : 'failed');
    },
    () => deps.leases?.keep(renewalOutside('Export', claimed)),
  );
}

async function sendFailed(deps: Deps, claimed: ClaimedExport, error: unknown): Promise<void> {
  const facts = { error, exportId: claimed.id, attempt: claimed.attempts };
  const unknown = error instanceof OutcomeUnknown;
  if (unknown && claimed.unsure) {
    deps.log.warn(facts, 'export sent twice, both answers lost');
    return settle(deps, claimed, 'done');
  }
  if (error instanceof RecordingMissing || (claimed.attempts >= mostAttempts && !unknown)) {
    deps.log.warn(facts, 'export given up');
    return settle(deps, claimed, 'failed');
  }
  await recordOutcome(deps.log, { exportId: claimed.id }, () => releaseExport(deps.db, deps.clock, claimed, unknown));
  throw error;
}

async function send(
  deps: Deps,
  mail: NonNullable<Deps['mail']>,
  claimed: ClaimedExport,
  recording: NonNullable<ClaimedExport['recording']>,
): Promise<void> {
  const { voicemail, reader } = claimed;
  const result = await mail.send({
    to: claimed.email,
    thread: messageThread(voicemail.id),
    ...exportMail({ ...reader, now: deps.clock.now() }, voicemail),
    attachments: [
      {
        fileName: audioFileName(voicemail.receivedAt, reader.timeZone, recording.mimeType),
        ...(await deps.audio.playable(recording)),
      },
    ],
    messageId: `export-${claimed.id}`,
  });
  if (result.kind !== 'sent') throw mailFailure(result);
}

/** Record that the e-mail was sent or given up, even if the database is unreachable just now. */
const settle = (deps: Deps, claimed: ClaimedExport, status: Exclude<WorkStatus, 'waiting'>): Promise<void> =>
  recordOutcome(deps.log, { exportId: claimed.id }, () =>
    change(deps, installationActor(asId<TenantId>(claimed.tenantId), 'job'), async (change) => {
      if (!(await settleExport(change, claimed, status))) return;
      change.record({
        event: status === 'done' ? 'voicemail.exported' : 'voicemail.export-failed',
        subjectId: claimed.voicemail.id,
        after: { to: claimed.email },
      });
      await updateReaderCards(change, claimed.voicemail.id);
    }),
  );
