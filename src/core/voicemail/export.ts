import { randomUUID } from 'node:crypto';
import { change } from '../change.js';
import { installation } from '../chat/actor.js';
import type { Asker } from '../chat/asker.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { as, type TenantId, type UserId, type VoicemailId } from '../ids.js';
import {
  type ClaimedExport,
  claimExport,
  countExportsSince,
  findRecentExport,
  insertExport,
  settleExport,
} from './export.store.js';
import { lockForwardable } from './forward.store.js';
import { RecordingMissing } from './ports.js';
import { mustBeThere, retellOwner } from './voicemail.js';
import { audioFileName, exportMail } from './voicemail.views.js';

/** Mails that one person may ask for in an hour, counted in rows: all processes together send no more. */
const mostAnHour = 60;

/** After so many tries the person is told that the mail could not be sent. */
const mostAttempts = 8;

/**
 * Asks for the message as an attachment to the asker's own e-mail address; the task `voicemail.export` sends it.
 * Refuses (UserError) while no mail server is configured (409), or when the message is not there (404).
 * A second press within a minute sends no second mail. Refuses more than `mostAnHour` (429).
 */
export async function askToExport(deps: Deps, asker: Asker, id: VoicemailId): Promise<void> {
  if (!deps.mail) throw new UserError((words) => words.voicemail.noMail, 409);
  const there = await change(deps, asker.actor, async (change) => {
    if (!(await lockForwardable(change, asker.user.id, id))) return false;
    if (await findRecentExport(change, id)) return true;
    const hourAgo = new Date(change.now.getTime() - 3_600_000);
    if ((await countExportsSince(change, asker.user.id, hourAgo)) >= mostAnHour)
      throw new UserError((words) => words.voicemail.tooManyMails, 429);
    const exportId = randomUUID();
    await insertExport(change, { id: exportId, voicemailId: id, userId: asker.user.id, email: asker.user.email });
    change.record({ event: 'voicemail.export-asked', subjectId: id, after: { to: asker.user.email } });
    change.nudge({ name: 'voicemail.export', payload: { exportId } });
    await retellOwner(change, id, asker.user.id);
    return true;
  });
  if (there) return;
  await mustBeThere(deps, asker.actor, id);
  throw new UserError((words) => words.voicemail.gone, 404);
}

/**
 * Sends the mail; called by the task `voicemail.export`. Twice is once: it is claimed first, and a repeat after a
 * crash carries the same message id, by which mail servers know it. Rejects when the mail server may take it later.
 */
export async function exportVoicemail(deps: Deps, exportId: string): Promise<void> {
  if (!deps.mail) return; // It waits; the sweep comes back when mail is configured again.
  const claimed = await claimExport(deps.db, exportId, deps.clock.now());
  if (!claimed) return;

  try {
    if (claimed.recording) await send(deps, deps.mail, claimed, claimed.recording);
    await settle(deps, claimed, claimed.recording ? 'done' : 'failed');
  } catch (error) {
    const giveUp = claimed.attempts >= mostAttempts || error instanceof RecordingMissing;
    await settle(deps, claimed, giveUp ? 'failed' : 'waiting');
    if (giveUp) deps.log.warn({ error, exportId }, 'export given up');
    else throw error;
  }
}

async function send(
  deps: Deps,
  mail: NonNullable<Deps['mail']>,
  claimed: ClaimedExport,
  recording: NonNullable<ClaimedExport['recording']>,
): Promise<void> {
  const { voicemail, reader } = claimed;
  await mail.send({
    to: claimed.email,
    ...exportMail({ ...reader, now: deps.clock.now() }, voicemail),
    attachments: [
      {
        fileName: audioFileName(voicemail.receivedAt, reader.timeZone, recording.mimeType),
        ...(await deps.audio.playable(recording)),
      },
    ],
    messageId: `export-${claimed.id}`,
  });
}

async function settle(deps: Deps, claimed: ClaimedExport, status: 'done' | 'failed' | 'waiting'): Promise<void> {
  await change(deps, installation(as<TenantId>(claimed.tenantId), 'job'), async (change) => {
    if (!(await settleExport(change, claimed, status)) || status === 'waiting') return;
    change.record({
      event: status === 'done' ? 'voicemail.exported' : 'voicemail.export-failed',
      subjectId: claimed.voicemail.id,
      after: { to: claimed.email },
    });
    await retellOwner(change, claimed.voicemail.id, as<UserId>(claimed.userId));
  });
}
