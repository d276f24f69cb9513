import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Decision } from '../core/calls/decision.js';
import { callWords, type PhoneSettings } from '../core/calls/phone-settings.js';
import type { Locale } from '../core/chat/phrasing.js';
import type { DialTarget } from '../core/routing/decide.js';
import { longestMessageSeconds } from '../core/voicemail/arrival/probe-audio.js';
import type { GreetingPart } from '../core/voicemail/greetings/played-greeting.js';

/** Where the provider posts what comes of a Decision; full addresses. */
export interface Links {
  readonly gather: string;
  readonly outcome: string;
  readonly whisper: string;
  /** The action of `Record`: the caller is still there. */
  readonly recorded: string;
  /** The recording callback. */
  readonly recording: string;
  /** A recorded greeting. */
  readonly greeting: (token: string) => string;
}

/** Voices and recognisers of both languages, Canadian: the accent of most callers, and understood by all. */
const languageTag = { en: 'en-CA', fr: 'fr-CA' } as const satisfies Record<Locale, string>;

/** How long a caller may think before the question counts as unanswered. */
const thinkSeconds = 5;
/** Silence that ends a message. */
const silenceSeconds = 8;

/** What the adapter adds to a Decision. */
interface RenderedWith {
  readonly hints: readonly string[];
  readonly callerId: string | undefined;
  /** What a caller hears before the tone; undefined: the Decision's own prompt. */
  readonly greeting: readonly GreetingPart[] | undefined;
}

/** What the provider is to do, in its own markup. */
export function render(
  decision: Decision,
  links: Links,
  facts: PhoneSettings,
  { hints, callerId, greeting }: RenderedWith,
): string {
  const response = new VoiceResponse();
  const language = languageTag[decision.language];
  const words = callWords(decision.language);
  const say = (text: string | undefined) => text && response.say({ language }, text);

  switch (decision.action) {
    case 'ask': {
      const gather = response.gather({
        input: facts.speechEnabled ? ['dtmf', 'speech'] : ['dtmf'],
        action: links.gather,
        method: 'POST',
        timeout: thinkSeconds,
        actionOnEmptyResult: true,
        // Nine choices are one key; an extension or a name has as many as it has, and ends with the pound key.
        ...(decision.choices ? { numDigits: 1 } : { finishOnKey: '#' }),
        ...(facts.speechEnabled
          ? { language, speechTimeout: 'auto', ...(hints.length > 0 ? { hints: hints.join(',') } : {}) }
          : {}),
      });
      if (decision.prompt) gather.say({ language }, decision.prompt);
      break;
    }
    case 'dial': {
      say(decision.prompt);
      const dial = response.dial({
        action: links.outcome,
        method: 'POST',
        timeout: decision.ringSeconds,
        answerOnBridge: true,
        // Without it the provider shows From, and refuses the call where that is no number it knows.
        ...(callerId === undefined ? {} : { callerId }),
      });
      ring(dial, decision.target, links, facts);
      break;
    }
    case 'voicemail':
      for (const part of greeting ?? [])
        if (part.kind === 'play') response.play(links.greeting(part.token));
        else say(part.text);
      if (!greeting) say(decision.prompt);
      response.record({
        action: links.recorded,
        method: 'POST',
        maxLength: longestMessageSeconds,
        timeout: silenceSeconds,
        finishOnKey: '#',
        playBeep: true,
        trim: 'trim-silence',
        recordingStatusCallback: links.recording,
        recordingStatusCallbackMethod: 'POST',
        recordingStatusCallbackEvent: ['completed', 'absent'],
      });
      // Reached only when nothing was recorded: the provider posts nothing then.
      say(words.heardNoMessage);
      response.hangup();
      break;
    case 'queue':
      say(decision.prompt);
      response.enqueue({ action: links.outcome, method: 'POST' }, decision.callId);
      break;
    case 'announce':
      say(decision.prompt);
      response.hangup();
      break;
    case 'hangup':
      response.hangup();
      break;
    default:
      return decision satisfies never;
  }
  return response.toString();
}

function ring(dial: VoiceResponse.Dial, target: DialTarget, links: Links, facts: PhoneSettings): void {
  const whisper = target.confirm ? { url: links.whisper, method: 'POST' } : {};
  if (target.kind === 'number') dial.number(whisper, target.e164);
  else dial.sip(whisper, facts.agentSipTemplate.replace('{agentId}', encodeURIComponent(target.agentId)));
}

/** To whoever picks up in another's place: whose call it is, twice, and one key to take it. */
export function renderWhisper(whisper: { text: string; language: Locale }, pressed: string): string {
  const response = new VoiceResponse();
  const language = languageTag[whisper.language];
  response
    .gather({ input: ['dtmf'], numDigits: 1, timeout: thinkSeconds, action: pressed, method: 'POST' })
    .say({ language, loop: 2 }, whisper.text);
  response.hangup();
  return response.toString();
}

/** Lets the two talk. */
export const renderBridge = (): string => new VoiceResponse().toString();

/** Says one thing, or nothing, and ends the call. */
export function renderGoodbye(text: string | undefined, language: Locale): string {
  const response = new VoiceResponse();
  if (text) response.say({ language: languageTag[language] }, text);
  response.hangup();
  return response.toString();
}
