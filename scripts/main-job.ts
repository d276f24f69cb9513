import { setTimeout as pause } from 'node:timers/promises';
import { parseBuffer } from 'music-metadata';
import type { Deps } from '../src/core/deps.js';
import type { TenantId } from '../src/core/ids.js';
import type { SimulatedPhone } from '../src/phone/simulator/call.types.js';
import { lineOf, makeCall } from '../src/phone/simulator/make-call.js';
import { synthesizeSpeech } from '../src/phone/simulator/spoken-audio.js';

/** The demo's main job failed. */
export class JobFailed extends Error {}

/** The parts of a running demo that the main job uses. */
export interface Stage {
  readonly url: string;
  readonly deps: Deps;
  readonly phone: SimulatedPhone;
  readonly tell: (line: string) => void;
}

/** The caller's number, which belongs to no employee. */
const caller = '+14165550177';
const message =
  'Bonjour Marie, it is Daniel from the harbour shop. The canoes have arrived, all twelve of them. Call me back when you are in.';
const timeoutSeconds = 10;

/**
 * Run the main job against a running installation, over HTTP from end to end: a caller calls an employee who is out of
 * office, the backup does not answer, the caller leaves a message, its card arrives, its audio plays. Rejects
 * (JobFailed) with the step that failed.
 */
export async function playMainJob(stage: Stage, tenantId: TenantId): Promise<void> {
  const { tell } = stage;
  const absent = await findAbsent(stage.deps, tenantId);
  const cookie = await signIn(stage.url, absent.id);
  tell(`${absent.name} is out of office; ${absent.backup} is the backup. Somebody calls ${absent.name}:\n`);

  const record = await synthesizeSpeech(message, 'en');
  const call = await makeCall(stage.phone, { from: caller, to: absent.did, record, phones: 'no-key' }, (heard) =>
    tell(lineOf(heard)),
  );
  if (!call.heard.some(({ kind }) => kind === 'rang')) throw new JobFailed('The backup’s phone never rang.');
  if (!call.heard.some(({ kind }) => kind === 'recorded')) throw new JobFailed('No message could be left.');

  const { id, seconds } = await cardArrives(stage.deps, tenantId, call.id);
  const page = await get(`${stage.url}/messages`, cookie);
  if (!(await page.text()).includes(id)) throw new JobFailed('The message is not in the list of messages.');
  tell(`\nIts card reached ${absent.name} ${seconds.toFixed(1)} s after the call ended.`);

  const { type, durationSeconds, bytes } = await playAudio(stage.url, id, cookie);
  tell(`Its personal link plays: ${type}, ${Math.round(durationSeconds)} s, ${Math.round(bytes / 1024)} KB.`);
}

interface Absent {
  readonly id: string;
  readonly name: string;
  readonly did: string;
  readonly backup: string;
}

/** Find an employee who is out now, can be dialled, and has a backup. */
async function findAbsent({ db, clock }: Deps, tenantId: TenantId): Promise<Absent> {
  const now = clock.now();
  const periods = await db.outOfOfficePeriod.findMany({
    where: {
      tenantId,
      status: 'planned',
      startsAt: { lte: now },
      OR: [{ endsAt: null }, { endsAt: { gt: now } }],
      backupId: { not: null },
    },
  });
  for (const { userId, backupId } of periods) {
    const absent = await db.user.findFirst({ where: { id: userId, did: { not: null } } });
    const backup = await db.user.findFirst({ where: { id: backupId ?? '', personalNumber: { not: null } } });
    if (absent?.did && backup) {
      return { id: absent.id, name: absent.firstName, did: absent.did, backup: backup.firstName };
    }
  }
  throw new JobFailed('Nobody is out of office with a backup just now: set somebody out of office, and start again.');
}

/** Sign in to the demo as an employee. Resolves to the session's cookie. */
async function signIn(url: string, userId: string): Promise<string> {
  const body = new URLSearchParams({ user: userId });
  const response = await fetch(`${url}/sign-in`, { method: 'POST', body, redirect: 'manual' });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (!cookie) throw new JobFailed(`Signing in was answered with ${response.status}.`);
  return cookie;
}

/** Wait until the card of the call's message is in its owner's chat. */
async function cardArrives({ db }: Deps, tenantId: TenantId, callId: string): Promise<{ id: string; seconds: number }> {
  const since = performance.now();
  while (performance.now() - since < timeoutSeconds * 1000) {
    const voicemail = await db.voicemail.findFirst({ where: { tenantId, callId } });
    const posting =
      voicemail &&
      (await db.posting.findFirst({
        where: { status: 'sent', shows: { gt: 0 }, notice: { kind: 'voicemail.arrived', subjectId: voicemail.id } },
      }));
    if (posting) return { id: voicemail.id, seconds: (performance.now() - since) / 1000 };
    await pause(50);
  }
  throw new JobFailed(`No card arrived within ${timeoutSeconds} s.`);
}

/**
 * Open the message's personal link and play its audio as a browser's player does: request a range and check its sound.
 */
async function playAudio(url: string, id: string, cookie: string) {
  const player = await get(`${url}/messages/${id}`, cookie);
  const audio = await get(`${player.url}/audio?play`, cookie, { range: 'bytes=0-' });
  const content = Buffer.from(await audio.arrayBuffer());
  const { format } = await parseBuffer(content, { mimeType: audio.headers.get('content-type') ?? '' });
  const durationSeconds = format.duration ?? 0;
  if (durationSeconds < 1) throw new JobFailed('The audio is empty.');
  if (format.codec === 'PCM' && isSilent(content)) throw new JobFailed('The audio is silent.');
  return { type: audio.headers.get('content-type') ?? '', durationSeconds, bytes: content.length };
}

/** Whether the 16-bit samples after a WAV's header are all quiet. */
function isSilent(wav: Buffer): boolean {
  for (let at = 44; at + 1 < wav.length; at += 2) if (Math.abs(wav.readInt16LE(at)) > 500) return false;
  return true;
}

async function get(url: string, cookie: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(url, { headers: { cookie, ...headers } });
  if (!response.ok) throw new JobFailed(`${new URL(url).pathname} was answered with ${response.status}.`);
  return response;
}
