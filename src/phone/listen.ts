import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Adapter } from '../adapter.js';
import { afterLeg, answerCall } from '../core/calls/answer-call.js';
import { recordingTold } from '../core/calls/awaited-message/awaited-message.js';
import type { Decision } from '../core/calls/decision.js';
import { hintsFor } from '../core/calls/dialogue/speech-hints.js';
import { endCall } from '../core/calls/end-call.js';
import {
  callerIdFor,
  callWords,
  companyOfNumber,
  languageOfCall,
  namesCalledFrom,
  type PhoneSettings,
  phoneSettings,
  whisperTo,
} from '../core/calls/phone-settings.js';
import type { Locale } from '../core/chat/phrasing.js';
import type { Deps } from '../core/deps.js';
import { UserError } from '../core/errors.js';
import { as, type TenantId } from '../core/ids.js';
import { forRequest } from '../core/request-deps.js';
import { shortestMessageSeconds } from '../core/voicemail/arrival/probe-audio.js';
import { greetingParts } from '../core/voicemail/greetings/played-greeting.js';
import type { VoiceConfig } from '../env.js';
import { requestIdOf } from '../request-id.js';
import { sendGreeting } from './greeting-audio.js';
import { CallPost, Carried, DialPost, GatherPost, RecordingPost, readGather, readOutcome, StatusPost } from './read.js';
import { type Links, render, renderBridge, renderGoodbye, renderWhisper } from './render.js';
import { carriesSignature, isSigned } from './signature.js';

/** What every handler gets: the company and the call that a post is about, and what our own address carried. */
interface About {
  /** What the core may use for this request. */
  readonly deps: Deps;
  readonly tenantId: TenantId;
  readonly callId: string;
  /** Who calls and what was dialled, as the provider says it. */
  readonly from: string;
  readonly to: string;
  readonly carried: Carried;
  readonly body: unknown;
}

/** The phone's adapter: programmable voice, spoken to in TwiML. Every post is signed, or it is 401. */
export function listen(deps: Deps, voice: VoiceConfig): Adapter {
  const router = Router();
  const facts = factsKept(deps);
  const speak = speaking(deps);
  const note = noting(deps);

  // Before the signatures: providers fetch what they play as anybody does; the address itself is signed.
  router.get('/voice/greetings/:token', sendGreeting(deps));
  router.use('/voice', signed(deps, voice));
  router.post(
    '/voice/incoming',
    speak(async (about) => {
      const call = readGather(GatherPost.parse(about.body), {});
      return next(about, await answerCall(about.deps, about.tenantId, { ...call, callId: about.callId }));
    }),
  );
  router.post(
    '/voice/gather',
    speak(async (about) => {
      const call = readGather(GatherPost.parse(about.body), about.carried);
      return next(about, await answerCall(about.deps, about.tenantId, call));
    }),
  );
  router.post(
    '/voice/outcome',
    speak(async (about) => {
      const disposition = readOutcome(DialPost.parse(about.body), about.carried.confirm === '1');
      return next(about, await afterLeg(about.deps, about.tenantId, { ...legOf(about), disposition, weFetch: true }));
    }),
  );
  router.post('/voice/whisper', speak(whisper));
  const spoken = speak(recorded);
  const noted = note(async (about) => noteTold(about, RecordingPost.parse(about.body)));
  router.post('/voice/recording', (request, response, proceed) =>
    (Carried.parse(request.query).recorded === '1' ? spoken : noted)(request, response, proceed),
  );
  router.post('/voice/status', note(status));
  return { name: 'phone', router };

  async function next(about: About, decision: Decision): Promise<string> {
    const { deps, tenantId, from } = about;
    const known = await facts(tenantId);
    const isHeard = decision.action === 'ask' && known.speechEnabled;
    const called = isHeard ? await namesCalledFrom(deps, tenantId, from, known.country) : [];
    const hints = isHeard ? hintsFor(decision, known, called) : [];
    const links = linksFor(deps.publicUrl, about, decision);
    const greeting = await greetingFor(about, decision);
    return render(decision, links, known, { hints, callerId: callerIdFor(about, known), greeting });
  }
}

/**
 * Refuses what our provider did not send, and after a while unheard: each address that tries is slowed down. What is signed
 * never meets the limit, whatever else comes from its address.
 */
function signed(deps: Deps, voice: VoiceConfig): RequestHandler[] {
  const slowRefused = slowed();
  const refuse: RequestHandler = (request, response) => {
    deps.log.warn({ requestId: requestIdOf(response), path: request.path }, 'voice signature refused');
    response.status(401).type('text/plain').send('The signature does not match.');
  };
  const refuseSlowly = (request: Request, response: Response) =>
    void slowRefused(request, response, () => refuse(request, response, () => {}));
  return [
    (request, response, proceed) => {
      // Unsigned posts are refused before their body is read.
      if (carriesSignature((name) => request.get(name))) proceed();
      else refuseSlowly(request, response);
    },
    urlencoded({ extended: false, limit: '100kb' }),
    (request, response, proceed) => {
      const fields = Fields.safeParse(request.body ?? {});
      const post = {
        url: `${deps.publicUrl}${request.originalUrl}`,
        fields: fields.data ?? {},
        header: (name: string) => request.get(name),
      };
      if (fields.success && isSigned(post, voice.authToken)) proceed();
      else refuseSlowly(request, response);
    },
  ];
}

const Fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** So many a minute from one address. */
const mostRefused = 60;
const slowed = () =>
  rateLimit({
    windowMs: 60_000,
    limit: mostRefused,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
    handler: (_request, response) => void response.status(429).type('text/plain').send('Too many requests.'),
  });

/**
 * Answers in TwiML, always: the caller hears an apology in their language rather than a machine's error. Posts about calls
 * that we do not know are slowed down by address, as nobody is on the line then.
 */
function speaking(attendant: Deps): (on: (about: About) => Promise<string>) => RequestHandler {
  const slowUnknown = slowed();
  return (on) => async (request, response) => {
    const deps = forRequest(attendant, requestIdOf(response));
    try {
      response.type('text/xml').send(await on(await aboutOf(deps, request)));
    } catch (error) {
      deps.log[error instanceof UserError ? 'warn' : 'error']({ error, path: request.path }, 'voice webhook failed');
      const apologize = async () => {
        const language = await languageFor(deps, request).catch((): Locale => 'en');
        response.type('text/xml').send(renderGoodbye(callWords(language).trouble, language));
      };
      if (error instanceof UserError && error.status === 404) void slowUnknown(request, response, apologize);
      else await apologize();
    }
  };
}

/** In which to apologize, as far as the post tells. */
async function languageFor(deps: Deps, request: Request): Promise<Locale> {
  const carried = Carried.parse(request.query);
  const post = CallPost.partial().safeParse(request.body ?? {}).data;
  const tenantId = carried.tenant ? as<TenantId>(carried.tenant) : await companyOfNumber(deps, post?.To ?? '');
  return tenantId ? languageOfCall(deps, tenantId, carried.call ?? post?.CallSid ?? '') : 'en';
}

async function whisper(about: About): Promise<string> {
  const { deps, carried, tenantId } = about;
  if (carried.pressed === '1') {
    const { Digits } = GatherPost.parse(about.body);
    if (Digits.trim() !== '1') return renderGoodbye(undefined, 'en');
    // Noted before the two can talk: what the dial says later of a leg that was taken no longer counts.
    await afterLeg(deps, tenantId, { ...legOf(about), disposition: 'answered' });
    return renderBridge();
  }
  const said = await whisperTo(deps, tenantId, legOf(about));
  if (!said) return renderGoodbye(undefined, 'en');
  return renderWhisper(said, address(deps.publicUrl, '/voice/whisper', { ...carried, pressed: '1' }));
}

/**
 * The action of `Record`, while the caller still listens. The message itself is fetched afterwards (`awaited-message`): that
 * the provider does not have it ready is nothing to the caller.
 */
async function recorded(about: About): Promise<string> {
  const { deps, tenantId, callId } = about;
  const told = RecordingPost.parse(about.body);
  await noteTold(about, told);
  const language = await languageOfCall(deps, tenantId, callId);
  const words = callWords(language);
  const isMessage = told.RecordingSid !== undefined && !isTooShort(told.RecordingDuration);
  return renderGoodbye(isMessage ? words.thanksForMessage : words.heardNoMessage, language);
}

const isTooShort = (seconds: string): boolean => /^\d+$/.test(seconds) && Number(seconds) < shortestMessageSeconds;

/** Action and callback tell of the same recording, each may come twice or never, and in any order. */
async function noteTold({ deps, tenantId, callId }: About, told: z.infer<typeof RecordingPost>): Promise<void> {
  const { RecordingSid: sid, RecordingUrl: url, RecordingStatus: status } = told;
  if (status === 'absent') await recordingTold(deps, { tenantId, callId, recording: undefined });
  else if (sid !== undefined && (status === '' || status === 'completed'))
    await recordingTold(deps, { tenantId, callId, recording: { sid, url } });
}

const overStates = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/** The call is over. */
async function status(about: About): Promise<void> {
  const { CallStatus } = StatusPost.parse(about.body);
  if (overStates.has(CallStatus)) await endCall(about.deps, about.tenantId, about.callId);
}

/** What a caller hears before the tone. A recording that cannot be looked up must not cost the caller the spoken one. */
async function greetingFor({ deps, tenantId, callId }: About, decision: Decision) {
  if (decision.action !== 'voicemail') return undefined;
  return greetingParts(deps, tenantId, decision).catch((error) => {
    deps.log.warn({ error, callId }, 'recorded greeting not found');
    return undefined;
  });
}

/** A post that nobody on the line waits for: it is noted, or the provider is asked to tell it again. */
const noting =
  (attendant: Deps) =>
  (note: (about: About) => Promise<void>): RequestHandler =>
  async (request, response) => {
    const deps = forRequest(attendant, requestIdOf(response));
    try {
      await note(await aboutOf(deps, request));
      response.status(204).end();
    } catch (error) {
      deps.log.error({ error, path: request.path }, 'voice callback failed');
      if (error instanceof z.ZodError) response.status(400).type('text/plain').send('This post names no call.');
      else if (error instanceof UserError) response.status(error.status).end();
      else response.status(503).type('text/plain').send('Not noted yet.');
    }
  };

async function aboutOf(deps: Deps, request: Request): Promise<About> {
  const post = CallPost.parse(request.body ?? {});
  const carried = Carried.parse(request.query);
  const tenantId = carried.tenant ? as<TenantId>(carried.tenant) : await companyOfNumber(deps, post.To);
  if (!tenantId) throw new UserError((words) => words.calls.unknownCall, 404); // a number that is nobody's
  const callId = carried.call ?? post.ParentCallSid ?? post.CallSid;
  return { deps, tenantId, callId, from: post.From, to: post.To, carried, body: request.body };
}

/** The leg that our own address names; where it is lost, it is the call's latest. */
const legOf = ({ carried, callId }: About): { callId: string; leg: number | undefined } => ({
  callId,
  leg: carried.leg,
});

function linksFor(publicUrl: string, { tenantId, callId }: About, decision: Decision): Links {
  const place = { tenant: tenantId, call: callId, leg: decision.leg };
  const confirm = decision.action === 'dial' && decision.target.confirm ? { confirm: '1' as const } : {};
  return {
    gather: address(publicUrl, '/voice/gather', place),
    outcome: address(publicUrl, '/voice/outcome', { ...place, ...confirm }),
    whisper: address(publicUrl, '/voice/whisper', place),
    recorded: address(publicUrl, '/voice/recording', { ...place, recorded: '1' }),
    recording: address(publicUrl, '/voice/recording', place),
    greeting: (token) => `${publicUrl}/voice/greetings/${token}`,
  };
}

const address = (publicUrl: string, path: string, carried: Carried): string =>
  `${publicUrl}${path}?${new URLSearchParams(Object.entries(carried).map(([name, value]) => [name, String(value)]))}`;

/** Names and settings change slowly, and calls come fast: read once a minute for each company. */
function factsKept(deps: Deps): (tenantId: TenantId) => Promise<PhoneSettings> {
  const kept = new LRUCache<TenantId, PhoneSettings>({
    max: 100,
    ttl: 60_000,
    fetchMethod: (tenantId) => phoneSettings(deps, tenantId),
  });
  return async (tenantId) => (await kept.fetch(tenantId)) ?? phoneSettings(deps, tenantId);
}
