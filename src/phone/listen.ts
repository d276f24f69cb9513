import { Router } from 'express';
import type { Adapter } from '../adapter.js';
import { answerCall, decideAfterLeg, decisionOf, whileWaiting } from '../core/calls/answer-call.js';
import type { Decision } from '../core/calls/decision.js';
import { endCall } from '../core/calls/end-call.js';
import { audioByMenuToken } from '../core/calls/phone-menu/menu-audio.js';
import { endMenu } from '../core/calls/phone-menu/phone-menu.js';
import { keyInGreeting } from '../core/calls/phone-menu/star-in-greeting.js';
import { isAccessNumber } from '../core/calls/phone-settings.js';
import { announcementOf } from '../core/calls/transfer/transfer.js';
import type { Deps } from '../core/deps.js';
import type { VoiceConfig } from '../env.js';
import { menuPostsInTurn, postsInTurn, storedPost, twimlAnswers } from './answer-post.js';
import { cachedPhoneSettings, decisionTwiml, linksFor } from './decision-twiml.js';
import { holdMusicAddress, holdMusicPath, ownMusicPath, sendHoldMusic, sendOwnMusic } from './hold-music.js';
import { afterRecord, recordingReported, review } from './message-review.js';
import { outgoingAnswered, outgoingKey, outgoingRecorded, outgoingStatus } from './outgoing.js';
import { answerWithMenu, goOnInMenu, menuTwiml } from './phone-menu.js';
import { address, legOf, type PostContext } from './post-context.js';
import { DialPost, GatherPost, LinkParameters, readGather, readOutcome, StatusPost } from './read.js';
import { sendRecordingBack } from './recording-playback.js';
import { holdSeconds, render, renderHold } from './render.js';
import { requireSignature, unsignedLimit } from './require-signature.js';
import { greetingOfCall, sendAudio } from './send-audio.js';
import { whisper } from './whisper.js';

/** The phone's adapter: programmable voice, by TwiML. Every post must be signed; others are answered with 401. */
export function listen(deps: Deps, voice: VoiceConfig): Adapter {
  const router = Router();
  const facts = cachedPhoneSettings(deps);
  const next = (about: PostContext, decision: Decision) => decisionTwiml(facts, about, decision);
  const inTurn = postsInTurn();
  const speak = twimlAnswers(deps, inTurn);
  const speakInMenu = twimlAnswers(deps, menuPostsInTurn());
  const note = storedPost(deps, inTurn);

  // Before the signatures: providers fetch what they play as anybody does; the address itself is signed.
  const slowUnknown = unsignedLimit();
  router.get('/voice/greetings/:token', sendAudio(deps, greetingOfCall, slowUnknown));
  router.get('/voice/menu/audio/:token', sendAudio(deps, audioByMenuToken, slowUnknown));
  router.get(holdMusicPath, sendHoldMusic);
  router.get(ownMusicPath, sendOwnMusic(deps));
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
      const { holdMusicId } = await facts(about.tenantId);
      const links = { wait: again, music: holdMusicAddress(deps.publicUrl, holdMusicId, round + 1) };
      return renderHold(round % roundsBetweenWords === 0 ? waited.prompt : undefined, waited.language, links);
    }),
  );
  router.post('/voice/picked-up', note(pickedUp));
  router.post('/voice/whisper', speak(whisper));
  router.post('/voice/menu', speakInMenu(goOnInMenu));
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
    speak(async (about) => {
      const decision = await decisionOf(about.deps, about.tenantId, legOf(about));
      return decisionTwiml(facts, about, decision, await announcementOf(about.deps, about.tenantId, decision));
    }),
  );
  router.post('/voice/status', note(status));
  return { name: 'phone', router };
}

/** A phone was picked up that needs no key: reported at once, since the `Dial` itself reports only the end of the talk. */
async function pickedUp(about: PostContext): Promise<void> {
  const { CallStatus } = StatusPost.parse(about.body);
  if (CallStatus !== 'in-progress' && CallStatus !== 'answered') return;
  await decideAfterLeg(about.deps, about.tenantId, { ...legOf(about), disposition: 'answered', isTalk: true });
}

const overStates = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/** The call has ended. */
async function status(about: PostContext): Promise<void> {
  const { CallStatus } = StatusPost.parse(about.body);
  if (!overStates.has(CallStatus)) return;
  await endCall(about.deps, about.tenantId, about.callId);
  await endMenu(about.deps, about.tenantId, about.callId);
}

/** A waiting caller hears their place every third time. */
const roundsBetweenWords = 3;

const waitAddress = (publicUrl: string, { tenantId, callId, carried }: PostContext, round: number): string =>
  address(publicUrl, '/voice/wait', { tenant: tenantId, call: callId, ...carried, round });
