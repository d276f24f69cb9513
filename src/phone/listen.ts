import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { afterLeg, answerCall } from '../core/calls/answer-call.js';
import type { Decision } from '../core/calls/call-plan.js';
import { endCall } from '../core/calls/end-call.js';
import { hintsFor } from '../core/calls/hints.js';
import {
  callWords,
  companyOfNumber,
  namesCalledFrom,
  type PhoneFacts,
  phoneFacts,
  whisperTo,
} from '../core/calls/phone-facts.js';
import type { Deps } from '../core/deps.js';
import { UserError } from '../core/errors.js';
import { forRequest } from '../core/for-request.js';
import { as, type TenantId } from '../core/ids.js';
import type { Ear } from '../ear.js';
import type { VoiceConfig } from '../env.js';
import { requestIdOf } from '../request-id.js';
import { CallPost, Carried, DialPost, GatherPost, RecordingPost, readGather, readOutcome, StatusPost } from './read.js';
import { type Links, render, renderBridge, renderGoodbye, renderWhisper } from './render.js';
import { isSigned } from './signature.js';
import { takeMissingRecordings, takeRecording } from './take-recording.js';

/** What every handler gets: the company and the call that a post is about, and what our own address carried. */
interface About {
  /** What the core may use for this request. */
  readonly deps: Deps;
  readonly tenantId: TenantId;
  readonly callId: string;
  /** Who calls, as the provider says it. */
  readonly ani: string;
  readonly carried: Carried;
  readonly body: unknown;
}

/** The phone's ear: programmable voice, spoken to in TwiML. Every post is signed, or it is 401. */
export function listen(deps: Deps, voice: VoiceConfig): Ear {
  const router = Router();
  const facts = factsKept(deps);
  const speak = (on: (about: About) => Promise<string>) => twiml(deps, on);

  router.use('/voice', urlencoded({ extended: false, limit: '100kb' }), signed(deps, voice));
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
      return next(about, await afterLeg(about.deps, about.tenantId, { ...legOf(about), disposition }));
    }),
  );
  router.post('/voice/whisper', speak(whisper));
  router.post('/voice/recording', recording(deps, voice));
  router.post('/voice/status', status(deps, voice));
  return { name: 'phone', router };

  async function next(about: About, decision: Decision): Promise<string> {
    const { deps, tenantId, ani } = about;
    const known = await facts(tenantId);
    const isHeard = decision.action === 'ask' && known.speechEnabled;
    const hints = isHeard ? hintsFor(decision, known, await namesCalledFrom(deps, tenantId, ani)) : [];
    return render(decision, linksFor(deps.publicUrl, about, decision), known, hints);
  }
}

/** Refuses whatever our provider did not send. */
const signed =
  (deps: Deps, voice: VoiceConfig): RequestHandler =>
  (request, response, proceed) => {
    const fields = z.record(z.string(), z.string()).safeParse(request.body ?? {});
    const post = {
      url: `${deps.publicUrl}${request.originalUrl}`,
      fields: fields.data ?? {},
      header: (name: string) => request.get(name),
    };
    if (fields.success && isSigned(post, voice.authToken)) return proceed();
    deps.log.warn({ requestId: requestIdOf(response), path: request.path }, 'voice signature refused');
    response.status(401).type('text/plain').send('The signature does not match.');
  };

/** Answers in TwiML, always: whoever called hears an apology rather than a machine's error. */
const twiml =
  (attendant: Deps, on: (about: About) => Promise<string>): RequestHandler =>
  async (request, response) => {
    const deps = forRequest(attendant, requestIdOf(response));
    let answer: string;
    try {
      answer = await on(await aboutOf(deps, request));
    } catch (error) {
      if (error instanceof z.ZodError) return void malformed(response);
      deps.log.error({ error, path: request.path }, 'call stumbled');
      answer = renderGoodbye(callWords('en').trouble, 'en');
    }
    response.type('text/xml').send(answer);
  };

async function whisper(about: About): Promise<string> {
  const { deps, carried, tenantId } = about;
  if (carried.pressed === '1') {
    const { Digits } = GatherPost.parse(about.body);
    if (Digits !== '1') return renderGoodbye(undefined, 'en');
    // Noted before the two can talk: what the dial says later of a leg that was taken no longer counts.
    await afterLeg(deps, tenantId, { ...legOf(about), disposition: 'answered' });
    return renderBridge();
  }
  const said = await whisperTo(deps, tenantId, legOf(about));
  if (!said) return renderGoodbye(undefined, 'en');
  return renderWhisper(said, address(deps.publicUrl, '/voice/whisper', { ...carried, pressed: '1' }));
}

/**
 * A recording: from its callback, or from the action of `Record` while the caller still listens. Both may come, either
 * may come twice or never; it is taken once. A callback is answered well only when the message is stored.
 */
const recording =
  (attendant: Deps, voice: VoiceConfig): RequestHandler =>
  async (request, response) => {
    const deps = forRequest(attendant, requestIdOf(response));
    const hears = request.query.recorded === '1';
    try {
      const told = RecordingPost.parse(request.body);
      const taken = await takeRecording(deps, voice, { ...(await aboutOf(deps, request)), ...told });
      if (!hears) return void response.status(204).end();
      const words = callWords(taken?.language ?? 'en');
      response.type('text/xml');
      response.send(renderGoodbye(taken ? words.thanksForMessage : words.heardNoMessage, taken?.language ?? 'en'));
    } catch (error) {
      if (error instanceof z.ZodError) return void malformed(response);
      deps.log.error({ error, path: request.path }, 'recording not taken');
      // The callback comes too, and is tried again by the provider until we have it.
      if (hears) response.type('text/xml').send(renderGoodbye(callWords('en').goodbye, 'en'));
      else
        response
          .status(error instanceof UserError ? error.status : 503)
          .type('text/plain')
          .send('Not taken yet.');
    }
  };

const overStates = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/** The call is over. A recording whose callback is missing is asked for now, since nobody will tell us later. */
const status =
  (attendant: Deps, voice: VoiceConfig): RequestHandler =>
  async (request, response) => {
    const deps = forRequest(attendant, requestIdOf(response));
    try {
      const about = await aboutOf(deps, request);
      if (overStates.has(StatusPost.parse(about.body).CallStatus)) {
        const missing = await takeMissingRecordings(deps, voice, about).catch((error: unknown) => ({ error }));
        await endCall(deps, about.tenantId, about.callId);
        if (missing) throw missing.error;
      }
      response.status(204).end();
    } catch (error) {
      if (error instanceof z.ZodError) return void malformed(response);
      // Told again by the provider, it may work.
      deps.log.error({ error, path: request.path }, 'end of call not noted');
      response.status(503).type('text/plain').send('Not noted yet.');
    }
  };

const malformed = (response: Response) =>
  response.status(400).type('text/plain').send('This form is not one of a voice provider.');

async function aboutOf(deps: Deps, request: Request): Promise<About> {
  const post = CallPost.parse(request.body);
  const carried = Carried.parse(request.query);
  const tenantId = carried.tenant ? as<TenantId>(carried.tenant) : await companyOfNumber(deps, post.To);
  if (!tenantId) throw new Error('a call to a number that is nobody’s');
  return { deps, tenantId, callId: carried.call ?? post.CallSid, ani: post.From, carried, body: request.body };
}

function legOf({ carried, callId }: About): { callId: string; leg: number } {
  if (carried.leg === undefined) throw new Error('an outcome of no leg');
  return { callId, leg: carried.leg };
}

function linksFor(publicUrl: string, { tenantId, callId }: About, decision: Decision): Links {
  const place = { tenant: tenantId, call: callId, leg: decision.leg };
  const confirm = decision.action === 'dial' && decision.target.confirm ? { confirm: '1' as const } : {};
  return {
    gather: address(publicUrl, '/voice/gather', place),
    outcome: address(publicUrl, '/voice/outcome', { ...place, ...confirm }),
    whisper: address(publicUrl, '/voice/whisper', place),
    recorded: address(publicUrl, '/voice/recording', { ...place, recorded: '1' }),
    recording: address(publicUrl, '/voice/recording', place),
  };
}

const address = (publicUrl: string, path: string, carried: Carried): string =>
  `${publicUrl}${path}?${new URLSearchParams(Object.entries(carried).map(([name, value]) => [name, String(value)]))}`;

/** Names and settings change slowly, and calls come fast: read once a minute for each company. */
function factsKept(deps: Deps): (tenantId: TenantId) => Promise<PhoneFacts> {
  const kept = new LRUCache<TenantId, PhoneFacts>({
    max: 100,
    ttl: 60_000,
    fetchMethod: (tenantId) => phoneFacts(deps, tenantId),
  });
  return async (tenantId) => (await kept.fetch(tenantId)) ?? phoneFacts(deps, tenantId);
}
