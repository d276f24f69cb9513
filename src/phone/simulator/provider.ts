import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import express, { type RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { readCallerId } from '../../core/caller-id.js';
import { UserError } from '../../core/errors.js';
import type { VoiceConfig } from '../../env.js';
import { type Line, type SimulatedPhone, seen } from './call.types.js';
import { control } from './control-server.js';
import { afterDial, afterGather, afterRecord, follow, type Wire } from './follow-twiml.js';
import { type Tape, tape } from './spoken-audio.js';
import { Refused } from './twiml.js';

/** What a real provider does now and then, for tests. */
interface Moods {
  /** How often the recording callback comes. */
  recordingCallbacks: 0 | 1 | 2;
  /** Is the action of `Record` posted when the caller hangs up? */
  actionAfterHangUp: boolean;
  /** Its recordings cannot be had. */
  recordingsAway: boolean;
  /** So many more times a recording is "not found": it is told of before it is ready. */
  recordingsNotYet: number;
  /** Recordings were deleted from the account. */
  recordingsDeleted: boolean;
  /** Recordings are not in the API but in its storage, elsewhere; `{sid}` is replaced. Undefined: in the API. */
  redirectsTo: string | undefined;
  /** Is the end of a call told? */
  statusCallbacks: boolean;
}

/** A voice provider on this machine: real posts, real signatures, real recordings; only the telephones are pretended. */
export interface SimulatedProvider {
  /** How our side reaches it: the same as a real provider's account. */
  readonly voice: VoiceConfig;
  readonly phone: SimulatedPhone;
  /** What the real one would have refused, oldest first. */
  readonly problems: readonly string[];
  readonly moods: Moods;
  stop(): Promise<void>;
}

/** A provider on a good day. */
export const goodMoods: Readonly<Moods> = {
  recordingCallbacks: 1,
  actionAfterHangUp: true,
  recordingsAway: false,
  recordingsNotYet: 0,
  recordingsDeleted: false,
  redirectsTo: undefined,
  statusCallbacks: true,
};

interface KeptTape extends Tape {
  readonly sid: string;
  readonly callId: string;
}

/**
 * Starts the provider on a loopback port. `answersAt`: our own public address, asked for at each call, since it may be
 * known only later. With `voice`, it plays that account at that address.
 */
export async function startSimulatedProvider(options: {
  answersAt: () => string;
  voice?: VoiceConfig;
  country?: string;
  /** Where the API begins on its host, as `/api/laml` at SignalWire. */
  apiPath?: string;
}): Promise<SimulatedProvider> {
  const { answersAt, country = 'CA', apiPath = '' } = options;
  const accountSid = options.voice?.accountSid ?? `AC${randomBytes(16).toString('hex')}`;
  const authToken = options.voice?.authToken ?? randomBytes(16).toString('hex');
  const lines = new LRUCache<string, Line>({ max: 500 });
  const tapes = new LRUCache<string, KeptTape>({ max: 200 });
  const problems: string[] = [];
  const moods: Moods = { ...goodMoods };

  const app = express();
  const wanted = new URL(options.voice?.apiUrl ?? 'http://127.0.0.1:0');
  const server = app.listen(Number(wanted.port || 80), wanted.hostname);
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const origin = `http://${wanted.hostname}:${(server.address() as AddressInfo).port}`;
  const apiUrl = `${origin}${apiPath}`;

  const wire: Wire = {
    async post(line, url, fields) {
      const form = { ...fieldsOf(line), ...fields };
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'x-twilio-signature': webhooks.getExpectedTwilioSignature(authToken, url, form) },
        body: new URLSearchParams(form),
        redirect: 'error',
        signal: AbortSignal.timeout(15_000),
      });
      const body = await response.text();
      if (!response.ok) throw new Refused(`${new URL(url).pathname} answered ${response.status}`);
      return body;
    },
    async over(line, by) {
      if (line.expects === 'over') return;
      line.expects = 'over';
      line.waiting = undefined;
      line.heard.push({ kind: 'hung-up', by });
      if (!moods.statusCallbacks) return;
      const status = { CallStatus: 'completed', CallDuration: '30' };
      await wire.post(line, `${answersAt()}/voice/status`, status).catch(wire.problem);
    },
    keep(line, recording) {
      const sid = `RE${randomBytes(16).toString('hex')}`;
      tapes.set(sid, { ...recording, sid, callId: line.id });
      return { sid, url: `${origin}${account}/Recordings/${sid}` };
    },
    async tellHangUp(line, url, fields) {
      if (moods.actionAfterHangUp) await wire.post(line, url, fields).catch(wire.problem);
    },
    async tellRecording(line, url, fields) {
      for (let time = 0; time < moods.recordingCallbacks; time += 1) {
        await insist(() => wire.post(line, url, fields)).catch(wire.problem);
      }
    },
    problem(error) {
      problems.push(error instanceof Error ? error.message : String(error));
    },
  };

  const fieldsOf = (line: Line): Record<string, string> => ({
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: line.id,
    CallStatus: 'in-progress',
    Direction: 'inbound',
    From: line.from,
    To: line.to,
    ...(line.name === '' ? {} : { CallerName: line.name }),
  });

  const phone: SimulatedPhone = {
    async start({ from, to, name = '' }) {
      const line: Line = {
        id: `CA${randomBytes(16).toString('hex')}`,
        from: from.trim() === '' ? 'anonymous' : callingFrom(from, country),
        name,
        to: dialledIn(to, country),
        heard: [],
        expects: 'choice',
        waiting: undefined,
        documents: 0,
      };
      lines.set(line.id, line);
      await follow(wire, line, `${answersAt()}/voice/incoming`, { CallStatus: 'ringing' });
      return seen(line);
    },
    async press(callId, keys) {
      const { line, waiting } = waitingFor(callId, 'choice');
      line.heard.push({ kind: 'pressed', keys });
      await afterGather(wire, line, waiting, { keys });
      return seen(line);
    },
    async speak(callId, text) {
      const { line, waiting } = waitingFor(callId, 'choice');
      line.heard.push({ kind: 'spoke', text });
      await afterGather(wire, line, waiting, { speech: text });
      return seen(line);
    },
    async decide(callId, outcome) {
      const { line, waiting } = waitingFor(callId, 'outcome');
      await afterDial(wire, line, waiting, outcome);
      return seen(line);
    },
    async leave(callId, audio, end = 'key') {
      const { line, waiting } = waitingFor(callId, 'recording');
      const recording = await tape(audio, Number(waiting.verb.attributes.maxLength ?? 3600));
      await afterRecord(wire, line, waiting, recording, end);
      return seen(line);
    },
    async hangUp(callId) {
      const line = lineOf(callId);
      await wire.over(line, 'caller');
      return seen(line);
    },
    async find(callId) {
      const line = lines.get(callId);
      return line && seen(line);
    },
  };

  function lineOf(callId: string): Line {
    const line = lines.get(callId);
    if (!line) throw new UserError((words) => words.calls.callIsOver, 404);
    return line;
  }

  /** Takes the call from where it waits, so that nobody else answers for it too. */
  function waitingFor(callId: string, expected: Line['expects']) {
    const line = lineOf(callId);
    const { waiting } = line;
    if (line.expects !== expected || !waiting) {
      throw new UserError((words) => (line.expects === 'over' ? words.calls.callIsOver : words.calls.notNow), 409);
    }
    line.waiting = undefined;
    return { line, waiting };
  }

  const account = `${apiPath}/2010-04-01/Accounts/${accountSid}`;
  app.get('/storage/:sid', (request, response) => {
    // Storage refuses who shows two kinds of credentials.
    const kept = tapes.get(request.params.sid);
    if (request.headers.authorization !== undefined) response.status(400).end();
    else if (!kept) response.status(404).end();
    else response.type(kept.mimeType).send(kept.audio);
  });
  app.use(knows(accountSid, authToken));
  app.get(`${account}/Recordings.json`, (request, response) => {
    const recordings = [...tapes.values()].filter(({ callId }) => callId === request.query.CallSid);
    if (moods.recordingsAway) return void response.status(503).end();
    const listed = moods.recordingsDeleted ? [] : recordings;
    response.json({
      recordings: listed.map(({ sid, callId }) => ({
        sid,
        call_sid: callId,
        source: 'RecordVerb',
        status: 'completed',
      })),
    });
  });
  app.get(`${account}/Recordings/:sid`, (request, response) => {
    const sid = request.params.sid.replace(/\.wav$/, '');
    const kept = tapes.get(sid);
    if (moods.recordingsAway) response.status(503).end();
    else if (moods.recordingsDeleted) response.status(410).end();
    else if (moods.recordingsNotYet > 0 || !kept) {
      moods.recordingsNotYet = Math.max(0, moods.recordingsNotYet - 1);
      response.status(404).end();
    } else if (moods.redirectsTo !== undefined) response.redirect(307, moods.redirectsTo.replace('{sid}', sid));
    else response.type(kept.mimeType).send(kept.audio);
  });
  app.use(`${apiPath}/simulator`, control(phone));

  return {
    voice: { accountSid, authToken, apiUrl },
    phone,
    problems,
    moods,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Basic credentials, as the provider's own API asks for. */
const knows =
  (accountSid: string, authToken: string): RequestHandler =>
  (request, response, proceed) => {
    const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    if (request.headers.authorization === expected) return proceed();
    response.status(401).set('www-authenticate', 'Basic').end();
  };

/** A callback that fails is tried again, twice. */
async function insist(work: () => Promise<unknown>): Promise<void> {
  for (const delay of [200, 600]) {
    const done = await work().then(
      () => true,
      () => false,
    );
    if (done) return;
    await pause(delay);
  }
  await work();
}

/** What a network or a switch says of a caller: a number as E.164; an address, an extension or a keyed word as it is. */
function callingFrom(typed: string, country: string): string {
  const { number, name } = readCallerId(typed, country);
  if (number.startsWith('+') && !/[:@<]/.test(typed)) return number;
  if (number === '' && name !== '' && !/[:@<]/.test(typed))
    throw new UserError((words) => words.calls.noSuchNumber(typed));
  return typed.trim();
}

/** Our own switch's extensions can be dialled as they are. */
const dialledIn = (typed: string, country: string): string =>
  /^\d{1,7}$/.test(typed.trim()) ? typed.trim() : numberIn(typed, country);

function numberIn(typed: string, country: string): string {
  const { number } = readCallerId(typed, country);
  if (!number.startsWith('+')) throw new UserError((words) => words.calls.noSuchNumber(typed));
  return number;
}
