import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { MenuAnswer } from '../core/calls/phone-menu/menu-answer.js';
import { menuTokens } from '../core/calls/phone-menu/menu-audio.js';
import { answerAtAccessNumber, continueMenu } from '../core/calls/phone-menu/phone-menu.js';
import { UserError } from '../core/errors.js';
import { address, type PostContext } from './post-context.js';
import { GatherPost, RecordingPost } from './read.js';
import { languageTag } from './render.js';

/** How long a caller may think, and pause between the keys of a number. */
const thinkSeconds = 6;
/** Silence that ends a recorded greeting. */
const silenceSeconds = 4;
/** Between two parts of a long prompt, and before a recording is asked for again. */
const pauseSeconds = 1;

/** Answer a call to the access number. */
export const answerWithMenu = async (about: PostContext): Promise<string> =>
  menuTwiml(about, await answerAtAccessNumber(about.deps, about.tenantId, about));

/** Answer a post of a call in the menu. */
export async function goOnInMenu(about: PostContext): Promise<string> {
  const { deps, tenantId, callId, carried, body } = about;
  if (carried.leg === undefined) throw new UserError((words) => words.calls.unknownLeg, 404);
  const { Digits: keys } = GatherPost.parse(body);
  const { RecordingSid: sid, RecordingUrl: url } = RecordingPost.parse(body);
  const post = { keys, recording: sid === undefined ? undefined : { sid, url } };
  return menuTwiml(about, await continueMenu(deps, tenantId, { callId, turn: carried.leg }, post));
}

/** Render an answer of the menu. Every prompt can be interrupted by a key. */
export async function menuTwiml({ deps, tenantId, callId }: PostContext, answer: MenuAnswer): Promise<string> {
  const tokens = await menuTokens(deps, { tenantId, callId }, answer);
  const action = address(deps.publicUrl, '/voice/menu', { tenant: tenantId, call: callId, leg: answer.turn });
  const response = new VoiceResponse();
  const heard = gatherFor(response, answer, action);
  for (const [index, part] of answer.parts.entries())
    if (part.kind === 'say') heard.say({ language: languageTag[part.language ?? answer.language] }, part.text);
    else if (part.kind === 'pause') heard.pause({ length: pauseSeconds });
    else heard.play(`${deps.publicUrl}/voice/menu/audio/${tokens.get(index)}`);

  if (answer.input === 'none') response.hangup();
  if (answer.input === 'pause') response.pause({ length: pauseSeconds });
  if (answer.input === 'speech')
    response.record({
      ...{ action, method: 'POST', timeout: silenceSeconds, finishOnKey: '#', playBeep: true, trim: 'trim-silence' },
      ...(answer.maxSeconds === undefined ? {} : { maxLength: answer.maxSeconds }),
    });
  // Reached after the pause, and when nothing was recorded: the provider then posts no action.
  if (answer.input === 'pause' || answer.input === 'speech') response.redirect({ method: 'POST' }, action);
  return response.toString();
}

/** What holds the words: a question takes keys in the midst of them. */
function gatherFor(response: VoiceResponse, { input }: MenuAnswer, action: string) {
  if (input !== 'key' && input !== 'number') return response;
  return response.gather({
    ...{ input: ['dtmf'], timeout: thinkSeconds, action, method: 'POST', actionOnEmptyResult: true },
    ...(input === 'key' ? { numDigits: 1, finishOnKey: '' } : { finishOnKey: '#' }),
  });
}
