import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import express, { type RequestHandler, urlencoded } from 'express';
import { LRUCache } from 'lru-cache';
import { parseBuffer } from 'music-metadata';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { z } from 'zod';
import { readCallerId } from '../../core/caller-id.js';
import { UserError } from '../../core/errors.js';
import type { VoiceConfig } from '../../env.js';
import {
  type CallState,
  type LegOutcome,
  type SimulatedCall,
  type SimulatedPhone,
  simulatedCallOf,
} from './call.types.js';
import { controlRouter } from './control-server.js';
import {
  afterDial,
  afterGather,
  afterRecord,
  afterTalk,
  beginTalk,
  followTwiml,
  type ProviderCallbacks,
} from './follow-twiml.js';
import { asPhoneRecording, type PhoneRecording } from './spoken-audio.js';
import { TwimlRefused } from './twiml.js';

/** Faults of a real provider, for tests. */
interface ProviderFaults {
  /** How many times the recording callback is sent. */
  recordingCallbacks: 0 | 1 | 2;
  /** Whether the action of `Record` is posted when the caller hangs up. */
  actionAfterHangUp: boolean;
  /** Recordings cannot be downloaded. */
  recordingsAway: boolean;
  /** How many more requests for a recording are answered "not found", because it is reported before it is ready. */
  recordingsNotYet: number;
  /** Recordings were deleted from the account. */
  recordingsDeleted: boolean;
  /** Recordings are not in the API but in a storage at this address; `{sid}` is replaced. Undefined: in the API. */
  redirectsTo: string | undefined;
  /** Whether the end of a call is reported. */
  statusCallbacks: boolean;
  /** Numbers that are not the account's: no call may show them. */
  unverified: readonly string[];
  /** The outcome of a request for a call; `lost`: it rings, and the answer does not arrive. */
  calls: 'taken' | 'rate-limited' | 'broken' | 'lost';
  /** The outcome of a request to lead a running call elsewhere. */
  redirects: 'taken' | 'broken' | 'not-answered';
}

/** A voice provider on this machine: real posts, signatures and recordings; only the phones are simulated. */
export interface SimulatedProvider {
  /** The account by which our side reaches it, as for a real provider. */
  readonly voice: VoiceConfig;
  readonly phone: SimulatedPhone;
  /** The errors that a real provider would have reported, oldest first. */
  readonly problems: readonly string[];
  readonly faults: ProviderFaults;
  stop(): Promise<void>;
}

/** No faults. */
export const noFaults: Readonly<ProviderFaults> = {
  recordingCallbacks: 1,
  actionAfterHangUp: true,
  recordingsAway: false,
  recordingsNotYet: 0,
  recordingsDeleted: false,
  redirectsTo: undefined,
  statusCallbacks: true,
  unverified: [],
  calls: 'taken',
  redirects: 'taken',
};

interface KeptTape extends PhoneRecording {
  readonly sid: string;
  readonly callId: string;
}

/**
 * Start the provider on a loopback port. `answersAt`: our own public address, read at each call, because it may be
 * known only later. With `voice`, it takes that account and address.
 */
export async function startSimulatedProvider(options: {
  answersAt: () => string;
  voice?: VoiceConfig;
  country?: string;
  /** Our address on this machine, by which the provider reaches us whatever the public one is. */
  reachedAt?: string;
  /** The path of the API on its host, such as `/api/laml` at SignalWire. */
  apiPath?: string;
}): Promise<SimulatedProvider> {
  const { answersAt, reachedAt, country = 'CA', apiPath = '' } = options;
  const accountSid = options.voice?.accountSid ?? `AC${randomBytes(16).toString('hex')}`;
  const authToken = options.voice?.authToken ?? randomBytes(16).toString('hex');
  const lines = new LRUCache<string, CallState>({ max: 500 });
  const tapes = new LRUCache<string, KeptTape>({ max: 200 });
  const problems: string[] = [];
  const faults: ProviderFaults = { ...noFaults };

  const app = express();
  const wanted = new URL(options.voice?.apiUrl ?? 'http://127.0.0.1:0');
  const server = app.listen(Number(wanted.port || 80), wanted.hostname);
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const origin = `http://${wanted.hostname}:${(server.address() as AddressInfo).port}`;
  const apiUrl = `${origin}${apiPath}`;

  const wire: ProviderCallbacks = {
    async post(line, url, fields) {
      const form = { ...fieldsOf(line), ...fields };
      const isOurs = reachedAt !== undefined && url.startsWith(`${answersAt()}/`);
      const response = await fetch(isOurs ? `${reachedAt}${url.slice(answersAt().length)}` : url, {
        method: 'POST',
        headers: { 'x-twilio-signature': webhooks.getExpectedTwilioSignature(authToken, url, form) },
        body: new URLSearchParams(form),
        redirect: 'error',
        signal: AbortSignal.timeout(15_000),
      });
      const body = await response.text();
      if (!response.ok) throw new TwimlRefused(`${new URL(url).pathname} answered ${response.status}`);
      return body;
    },
    async fetchAudio(url) {
      const response = await fetch(url, { signal: AbortSignal.timeout(15_000) });
      if (!response.ok) throw new TwimlRefused(`${new URL(url).pathname} answered ${response.status}`);
      const audio = Buffer.from(await response.arrayBuffer());
      const { format } = await parseBuffer(audio, undefined, { duration: true });
      return { durationSeconds: format.duration ?? 0 };
    },
    async over(line, by) {
      if (line.expects === 'over') return;
      line.expects = 'over';
      line.waiting = undefined;
      line.heard.push({ kind: 'hung-up', by });
      if (!faults.statusCallbacks) return;
      await report(line, { CallStatus: 'completed', CallDuration: '30' });
    },
    keep(line, recording) {
      const sid = `RE${randomBytes(16).toString('hex')}`;
      tapes.set(sid, { ...recording, sid, callId: line.id });
      return { sid, url: `${origin}${account}/Recordings/${sid}` };
    },
    async tellHangUp(line, url, fields) {
      if (faults.actionAfterHangUp) await wire.post(line, url, fields).catch(wire.problem);
    },
    async tellRecording(line, url, fields) {
      for (let time = 0; time < faults.recordingCallbacks; time += 1) {
        await retryTwice(() => wire.post(line, url, fields)).catch(wire.problem);
      }
    },
    problem(error) {
      problems.push(error instanceof Error ? error.message : String(error));
    },
  };

  /** Report the state of a call; of one that we did not ask for to the number's own address. */
  async function report(line: CallState, status: Readonly<Record<string, string>>): Promise<void> {
    const url = line.asked ? line.asked.statusUrl : `${answersAt()}/voice/status`;
    if (url !== undefined) await wire.post(line, url, status).catch(wire.problem);
  }

  const fieldsOf = (line: CallState): Record<string, string> => ({
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: line.id,
    CallStatus: 'in-progress',
    Direction: line.asked ? 'outbound-api' : 'inbound',
    From: line.from,
    To: line.to,
    ...(line.name === '' ? {} : { CallerName: line.name }),
  });

  const phone: SimulatedPhone = {
    async start({ from, to, name = '' }) {
      const line: CallState = {
        id: `CA${randomBytes(16).toString('hex')}`,
        from: from.trim() === '' ? 'anonymous' : callingFrom(from, country),
        name,
        to: dialledIn(to, country),
        heard: [],
        expects: 'choice',
        waiting: undefined,
        asked: undefined,
        typedAhead: '',
        documents: 0,
      };
      lines.set(line.id, line);
      await followTwiml(wire, line, `${answersAt()}/voice/incoming`, { CallStatus: 'ringing' });
      return simulatedCallOf(line);
    },
    async press(callId, keys) {
      const { line, waiting } = waitingFor(callId, 'choice');
      line.heard.push({ kind: 'pressed', keys });
      await afterGather(wire, line, waiting, { keys });
      return simulatedCallOf(line);
    },
    async speak(callId, text) {
      const { line, waiting } = waitingFor(callId, 'choice');
      line.heard.push({ kind: 'spoke', text });
      await afterGather(wire, line, waiting, { speech: text });
      return simulatedCallOf(line);
    },
    async decide(callId, outcome) {
      const rung = lineOf(callId);
      if (isRinging(rung)) return pickUp(rung, outcome);
      if (rung.expects === 'talk') {
        const { line, waiting } = waitingFor(callId, 'talk');
        await afterTalk(wire, line, waiting);
        return simulatedCallOf(line);
      }
      const { line, waiting } = waitingFor(callId, 'outcome');
      await afterDial(wire, line, waiting, outcome);
      return simulatedCallOf(line);
    },
    async talk(callId) {
      const rung = lineOf(callId);
      if (isRinging(rung)) return pickUp(rung, 'answer');
      const { line, waiting } = waitingFor(callId, 'outcome');
      await beginTalk(wire, line, waiting);
      return simulatedCallOf(line);
    },
    async leave(callId, audio, end = 'hang-up') {
      const { line, waiting } = waitingFor(callId, 'recording');
      const recording = await asPhoneRecording(audio, Number(waiting.verb.attributes.maxLength ?? 3600));
      await afterRecord(wire, line, waiting, recording, end);
      return simulatedCallOf(line);
    },
    async hangUp(callId) {
      const line = lineOf(callId);
      await wire.over(line, 'caller');
      return simulatedCallOf(line);
    },
    async ringing() {
      return [...lines.rvalues()].flatMap((line) => (line && isRinging(line) ? [simulatedCallOf(line)] : []));
    },
    async find(callId) {
      const line = lines.get(callId);
      return line && simulatedCallOf(line);
    },
  };

  /** Somebody picks up a call that we make, or does not. */
  async function pickUp(line: CallState, outcome: LegOutcome): Promise<SimulatedCall> {
    line.heard.push({ kind: 'outcome', outcome });
    if (outcome === 'answer' || outcome === 'no-key') {
      line.expects = 'choice';
      await report(line, { CallStatus: 'in-progress' });
      await followTwiml(wire, line, line.asked?.url ?? '', {});
    } else {
      line.expects = 'over';
      await report(line, { CallStatus: outcome === 'no-answer' ? 'no-answer' : 'busy' });
    }
    return simulatedCallOf(line);
  }

  function lineOf(callId: string): CallState {
    const line = lines.get(callId);
    if (!line) throw new UserError((words) => words.calls.callIsOver, 404);
    return line;
  }

  /** Take the call out of its wait point, so that no second input answers the same wait. */
  function waitingFor(callId: string, expected: CallState['expects']) {
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
    // A storage refuses a request with two kinds of credentials.
    const kept = tapes.get(request.params.sid);
    if (request.headers.authorization !== undefined) response.status(400).end();
    else if (!kept) response.status(404).end();
    else response.type(kept.mimeType).send(kept.audio);
  });
  app.use(knows(accountSid, authToken));
  app.get(`${account}/Recordings.json`, (request, response) => {
    const recordings = [...tapes.values()].filter(({ callId }) => callId === request.query.CallSid);
    if (faults.recordingsAway) return void response.status(503).end();
    const listed = faults.recordingsDeleted ? [] : recordings;
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
    if (faults.recordingsAway) response.status(503).end();
    else if (faults.recordingsDeleted) response.status(410).end();
    else if (faults.recordingsNotYet > 0 || !kept) {
      faults.recordingsNotYet = Math.max(0, faults.recordingsNotYet - 1);
      response.status(404).end();
    } else if (faults.redirectsTo !== undefined) response.redirect(307, faults.redirectsTo.replace('{sid}', sid));
    else response.type(kept.mimeType).send(kept.audio);
  });
  app.post(`${account}/Calls.json`, urlencoded({ extended: false }), (request, response) => {
    const { To: to, From: from, Url: url, StatusCallback: statusUrl } = CallRequest.parse(request.body);
    const refused = whyNotCalled({ to, from, url }, faults);
    if (faults.calls === 'broken') return void response.status(500).json({ code: 20500, status: 500 });
    if (refused) return void response.status(refused.status).json({ ...refused, more_info: '' });
    const line: CallState = {
      ...{ id: `CA${randomBytes(16).toString('hex')}`, from, to, name: '', heard: [{ kind: 'rang', whom: to }] },
      ...{ expects: 'outcome', waiting: undefined, documents: 0, typedAhead: '', asked: { url, statusUrl } },
    };
    lines.set(line.id, line);
    void report(line, { CallStatus: 'ringing' });
    if (faults.calls === 'lost') return void response.destroy();
    response.status(201).json({ sid: line.id, status: 'queued', to, from, direction: 'outbound-api' });
  });
  app.post(`${account}/Calls/:sid`, urlencoded({ extended: false }), (request, response) => {
    const line = lines.get(String(request.params.sid).replace(/\.json$/, ''));
    const { Url: url } = CallRedirect.parse(request.body);
    if (!line) return void response.status(404).json({ code: 20404, status: 404 });
    if (faults.redirects === 'broken') return void response.status(503).json({ code: 20503, status: 503 });
    if (line.expects === 'over' || faults.redirects === 'not-answered')
      return void response.status(400).json({ code: 21220, status: 400 });
    line.waiting = undefined;
    response.json({ sid: line.id, status: 'in-progress' });
    void followTwiml(wire, line, url, {});
  });
  app.use(`${apiPath}/simulator`, controlRouter(phone));

  return {
    voice: { accountSid, authToken, apiUrl },
    phone,
    problems,
    faults,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const CallRequest = z.object({
  To: z.string().default(''),
  From: z.string().default(''),
  Url: z.string().default(''),
  StatusCallback: z.string().optional(),
});
const CallRedirect = z.object({ Url: z.url() });

/** Why the real provider does not make a call: https://www.twilio.com/docs/api/errors. Undefined: it does. */
function whyNotCalled(
  { to, from, url }: { readonly to: string; readonly from: string; readonly url: string },
  { calls, unverified }: ProviderFaults,
): { readonly status: number; readonly code: number; readonly message: string } | undefined {
  const no = (status: number, code: number, message: string) => ({ status, code, message });
  if (calls === 'rate-limited') return no(429, 20429, 'Too Many Requests');
  if (!isE164(to)) return no(400, 21211, `The phone number you are attempting to call, ${to}, is not valid.`);
  if (!isE164(from)) return no(400, 21212, `The source phone number provided, ${from}, is not valid.`);
  if (unverified.includes(from)) return no(400, 21210, 'The source phone number provided is not yet verified.');
  if (!URL.canParse(url)) return no(400, 21205, 'Url is not a valid URL');
  return undefined;
}

const isE164 = (text: string): boolean => /^\+[1-9]\d{7,14}$/.test(text);

/** A call that we make and that nobody has picked up yet. */
const isRinging = ({ asked, expects, waiting }: CallState): boolean =>
  asked !== undefined && expects === 'outcome' && waiting === undefined;

/** Basic credentials, as the provider's own API requires. */
const knows =
  (accountSid: string, authToken: string): RequestHandler =>
  (request, response, proceed) => {
    const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    if (request.headers.authorization === expected) return proceed();
    response.status(401).set('www-authenticate', 'Basic').end();
  };

/** Retry a failed callback, twice. */
async function retryTwice(work: () => Promise<unknown>): Promise<void> {
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

/** The caller as a network or switch sends it: a number as E.164; an address, an extension or a word unchanged. */
function callingFrom(typed: string, country: string): string {
  const { number, name } = readCallerId(typed, country);
  if (number.startsWith('+') && !/[:@<]/.test(typed)) return number;
  if (number === '' && name !== '' && !/[:@<]/.test(typed))
    throw new UserError((words) => words.calls.noSuchNumber(typed));
  return typed.trim();
}

/** Extensions of our own switch can be dialled unchanged. */
const dialledIn = (typed: string, country: string): string =>
  /^\d{1,7}$/.test(typed.trim()) ? typed.trim() : numberIn(typed, country);

function numberIn(typed: string, country: string): string {
  const { number } = readCallerId(typed, country);
  if (!number.startsWith('+')) throw new UserError((words) => words.calls.noSuchNumber(typed));
  return number;
}
