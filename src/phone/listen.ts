import { type Request, type RequestHandler, Router } from 'express';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Adapter } from '../adapter.js';
import { answerCall, decideAfterLeg, decisionOf, whileWaiting } from '../core/calls/answer-call.js';
import type { Decision } from '../core/calls/decision.js';
import { speechHints } from '../core/calls/dialogue/speech-hints.js';
import { endCall } from '../core/calls/end-call.js';
import { audioByMenuToken } from '../core/calls/phone-menu/menu-audio.js';
import { endMenu } from '../core/calls/phone-menu/phone-menu.js';
import { keyInGreeting } from '../core/calls/phone-menu/star-in-greeting.js';
import {
  callerIdFor,
  callWords,
  companyOfNumber,
  isAccessNumber,
  languageOfCall,
  namesCalledFrom,
  type PhoneSettings,
  phoneSettings,
} from '../core/calls/phone-settings.js';
import type { Locale } from '../core/chat/phrasing.js';
import { concurrencyLimit } from '../core/concurrency-limit.js';
import type { Deps } from '../core/deps.js';
import { UserError } from '../core/errors.js';
import { asId, type TenantId } from '../core/ids.js';
import { depsForRequest } from '../core/request-deps.js';
import { greetingParts } from '../core/voicemail/greetings/played-greeting.js';
import type { VoiceConfig } from '../env.js';
import { requestIdOf } from '../request-id.js';
import { holdMusicPath, sendHoldMusic } from './hold-music.js';
import { afterRecord, recordingReported, review } from './message-review.js';
import { outgoingAnswered, outgoingKey, outgoingRecorded, outgoingStatus } from './outgoing.js';
import { answerWithMenu, goOnInMenu, menuTwiml } from './phone-menu.js';
import { aboutOf, address, legOf, type PostContext } from './post-context.js';
import { CallPost, DialPost, GatherPost, LinkParameters, readGather, readOutcome, StatusPost } from './read.js';
import { sendRecordingBack } from './recording-playback.js';
import { type CallbackUrls, holdSeconds, render, renderGoodbye, renderHold } from './render.js';
import { requireSignature, unsignedLimit } from './require-signature.js';
import { greetingOfCall, sendAudio } from './send-audio.js';
import { whisper } from './whisper.js';

/** The phone's adapter: programmable voice, by TwiML. Every post must be signed; others are answered with 401. */
export function listen(deps: Deps, voice: VoiceConfig): Adapter {
  const router = Router();
  const facts = cachedPhoneSettings(deps);
  const inTurn = concurrencyLimit(mostAtOnce);
  const speak = twimlAnswers(deps, inTurn);
  const note = storedPost(deps, inTurn);

  // Before the signatures: providers fetch what they play as anybody does; the address itself is signed.
  const slowUnknown = unsignedLimit();
  router.get('/voice/greetings/:token', sendAudio(deps, greetingOfCall, slowUnknown));
  router.get('/voice/menu/audio/:token', sendAudio(deps, audioByMenuToken, slowUnknown));
  router.get(holdMusicPath, sendHoldMusic);
  router.get('/voice/recordings/:token', sendRecordingBack(deps));
  router.use('/voice', requireSignature(deps, voice));
  router.post(
    '/voice/incoming',
    speak(async (about) => {
      if (isAccessNumber(about.to, await facts(about.tenantId))) return answerWithMenu(about);
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
      return next(
        about,
        await decideAfterLeg(about.deps, about.tenantId, { ...legOf(about), disposition, weFetch: true }),
      );
    }),
  );
  router.post(
    '/voice/wait',
    speak(async (about) => {
      const { leg, round = 0 } = about.carried;
      const { Digits: digits } = GatherPost.parse(about.body);
      const silentSeconds = (round + 1) * holdSeconds;
      const waited = await whileWaiting(about.deps, about.tenantId, {
        ...{ callId: about.callId, leg, digits, silentSeconds, weFetch: true },
      });
      if (waited.kind === 'goes-on') return next(about, waited.decision);
      const again = waitAddress(about.deps.publicUrl, about, round + 1);
      const links = { wait: again, music: `${deps.publicUrl}${holdMusicPath}` };
      return renderHold(round % roundsBetweenWords === 0 ? waited.prompt : undefined, waited.language, links);
    }),
  );
  router.post('/voice/whisper', speak(whisper));
  router.post('/voice/menu', speak(goOnInMenu));
  router.post(
    '/voice/greeting-key',
    speak(async (about) => {
      const { Digits: keys } = GatherPost.parse(about.body);
      const pressed = await keyInGreeting(about.deps, about.tenantId, {
        ...legOf(about),
        leg: about.carried.leg,
        keys,
      });
      if (pressed.kind === 'menu') return menuTwiml(about, pressed.answer);
      const { prompt: _, ...bare } = pressed.decision;
      return render(bare, linksFor(about.deps.publicUrl, about, bare), await facts(about.tenantId), {
        ...{ hints: [], callerId: undefined, greeting: [] },
      });
    }),
  );
  const spoken = speak(afterRecord);
  const noted = note(recordingReported);
  router.post('/voice/recording', (request, response, proceed) =>
    (LinkParameters.parse(request.query).recorded === '1' ? spoken : noted)(request, response, proceed),
  );
  router.post('/voice/review', speak(review));
  router.post('/voice/outgoing', speak(outgoingAnswered));
  router.post('/voice/outgoing/key', speak(outgoingKey));
  router.post('/voice/outgoing/recorded', speak(outgoingRecorded));
  router.post('/voice/outgoing/status', note(outgoingStatus));
  router.post(
    '/voice/resume',
    speak(async (about) => next(about, await decisionOf(about.deps, about.tenantId, legOf(about)))),
  );
  router.post('/voice/status', note(status));
  return { name: 'phone', router };

  async function next(about: PostContext, decision: Decision): Promise<string> {
    const { deps, tenantId, from } = about;
    const known = await facts(tenantId);
    const isHeard = decision.action === 'ask' && decision.input === 'keys-and-speech';
    const called = isHeard ? await namesCalledFrom(deps, tenantId, from, known.country) : [];
    const hints = isHeard ? speechHints(decision, known, called) : [];
    const links = linksFor(deps.publicUrl, about, decision);
    const greeting = await greetingFor(about, decision);
    return render(decision, links, known, { hints, callerId: callerIdFor(about, known), greeting });
  }
}

/**
 * Posts that are handled at once; the others wait in order. A thousand calls in the same second would otherwise wait for
 * the database's ten connections, and give up after five seconds, while a provider waits for fifteen.
 */
const mostAtOnce = 6;
type InTurn = ReturnType<typeof concurrencyLimit>;

/**
 * Answer in TwiML, even after an error: the caller hears an apology in their language. Posts about unknown calls are
 * rate limited by address, because they have no caller waiting.
 */
function twimlAnswers(
  attendant: Deps,
  inTurn: InTurn,
): (on: (about: PostContext) => Promise<string>) => RequestHandler {
  const slowUnknown = unsignedLimit();
  return (on) => async (request, response) => {
    const deps = depsForRequest(attendant, requestIdOf(response));
    try {
      response.type('text/xml').send(await inTurn(async () => on(await aboutOf(deps, request))));
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

/** The language of the apology, if the post reveals it. */
async function languageFor(deps: Deps, request: Request): Promise<Locale> {
  const carried = LinkParameters.parse(request.query);
  const post = CallPost.partial().safeParse(request.body ?? {}).data;
  const tenantId = carried.tenant ? asId<TenantId>(carried.tenant) : await companyOfNumber(deps, post?.To ?? '');
  return tenantId ? languageOfCall(deps, tenantId, carried.call ?? post?.CallSid ?? '') : 'en';
}

const overStates = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/** The call has ended. */
async function status(about: PostContext): Promise<void> {
  const { CallStatus } = StatusPost.parse(about.body);
  if (!overStates.has(CallStatus)) return;
  await endCall(about.deps, about.tenantId, about.callId);
  await endMenu(about.deps, about.tenantId, about.callId);
}

/** Return the greeting before the tone. If the recorded one cannot be looked up, the caller hears the spoken one. */
async function greetingFor({ deps, tenantId, callId }: PostContext, decision: Decision) {
  if (decision.action !== 'voicemail') return undefined;
  return greetingParts(deps, tenantId, decision).catch((error) => {
    deps.log.warn({ error, callId }, 'recorded greeting not found');
    return undefined;
  });
}

/** Handle a post for which no caller waits: it is stored, or the provider is asked to send it again. */
const storedPost =
  (attendant: Deps, inTurn: InTurn) =>
  (note: (about: PostContext) => Promise<void>): RequestHandler =>
  async (request, response) => {
    const deps = depsForRequest(attendant, requestIdOf(response));
    try {
      await inTurn(async () => note(await aboutOf(deps, request)));
      response.status(204).end();
    } catch (error) {
      deps.log.error({ error, path: request.path }, 'voice callback failed');
      if (error instanceof z.ZodError) response.status(400).type('text/plain').send('This post names no call.');
      else if (error instanceof UserError) response.status(error.status).end();
      else response.status(503).type('text/plain').send('Not noted yet.');
    }
  };

function linksFor(publicUrl: string, { tenantId, callId }: PostContext, decision: Decision): CallbackUrls {
  const place = { tenant: tenantId, call: callId, leg: decision.leg };
  const confirm = decision.action === 'dial' && decision.target.confirm ? { confirm: '1' as const } : {};
  return {
    gather: address(publicUrl, '/voice/gather', place),
    outcome: address(publicUrl, '/voice/outcome', { ...place, ...confirm }),
    music: `${publicUrl}${holdMusicPath}`,
    wait: address(publicUrl, '/voice/wait', { ...place, round: 0 }),
    whisper: address(publicUrl, '/voice/whisper', place),
    recorded: address(publicUrl, '/voice/recording', { ...place, recorded: '1' }),
    recording: address(publicUrl, '/voice/recording', place),
    greeting: (token) => `${publicUrl}/voice/greetings/${token}`,
    greetingKey: address(publicUrl, '/voice/greeting-key', place),
  };
}

/** A waiting caller hears their place every third time. */
const roundsBetweenWords = 3;

const waitAddress = (publicUrl: string, { tenantId, callId, carried }: PostContext, round: number): string =>
  address(publicUrl, '/voice/wait', { tenant: tenantId, call: callId, ...carried, round });

/** Names and settings change slowly and calls come fast, so they are cached for a minute per company. */
function cachedPhoneSettings(deps: Deps): (tenantId: TenantId) => Promise<PhoneSettings> {
  const kept = new LRUCache<TenantId, PhoneSettings>({
    max: 100,
    ttl: 60_000,
    fetchMethod: (tenantId) => phoneSettings(deps, tenantId),
  });
  return async (tenantId) => (await kept.fetch(tenantId)) ?? phoneSettings(deps, tenantId);
}
