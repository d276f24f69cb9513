import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Decision } from '../core/calls/decision.js';
import { callWords, type PhoneSettings } from '../core/calls/phone-settings.js';
import type { Locale } from '../core/chat/phrasing.js';
import type { DialTarget } from '../core/routing/path.js';
import { longestMessageSeconds } from '../core/voicemail/arrival/probe-audio.js';

/** The full addresses to which the provider posts the results of a Decision. */
export interface CallbackUrls {
  readonly gather: string;
  readonly outcome: string;
  /** Asked every few seconds while a caller waits in a personal queue. */
  readonly wait: string;
  readonly whisper: string;
  /** The action of `Record`, while the caller is still on the line. */
  readonly recorded: string;
  /** The recording callback. */
  readonly recording: string;
}

/** Voices and recognisers of both languages, Canadian: the accent of most callers, and understood by all. */
const languageTag = { en: 'en-CA', fr: 'fr-CA' } as const satisfies Record<Locale, string>;

/** How long a caller may think before the prompt counts as unanswered. */
const thinkSeconds = 5;
/** How long a waiting caller hears nothing before we look whether the person is free. */
export const holdSeconds = 10;
/** Silence that ends a message. */
const silenceSeconds = 8;

/** Render a Decision as TwiML. */
export function render(
  decision: Decision,
  links: CallbackUrls,
  facts: PhoneSettings,
  { hints, callerId }: { readonly hints: readonly string[]; readonly callerId: string | undefined },
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
        // A menu choice is one key; an extension or a name has any length and ends with the pound key.
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
        // Without a caller id the provider uses From, and refuses the call when it does not know that number.
        ...(callerId === undefined ? {} : { callerId }),
      });
      ring(dial, decision.target, links, facts);
      break;
    }
    case 'voicemail':
      say(decision.prompt);
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
      // Reached only when nothing was recorded; the provider then posts no action.
      say(words.heardNoMessage);
      response.hangup();
      break;
    case 'queue':
      say(decision.prompt);
      hold(response, links.wait);
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

/** A caller still waits: they hear their place, or nothing, and are asked after again. */
export function renderHold(prompt: string | undefined, language: Locale, wait: string): string {
  const response = new VoiceResponse();
  if (prompt !== undefined) response.say({ language: languageTag[language] }, prompt);
  hold(response, wait);
  return response.toString();
}

/** Silence in which one key ends the wait. */
const hold = (response: VoiceResponse, wait: string) =>
  response.gather({
    input: ['dtmf'],
    numDigits: 1,
    timeout: holdSeconds,
    action: wait,
    method: 'POST',
    actionOnEmptyResult: true,
  });

function ring(dial: VoiceResponse.Dial, target: DialTarget, links: CallbackUrls, facts: PhoneSettings): void {
  const whisper = target.confirm ? { url: links.whisper, method: 'POST' } : {};
  if (target.kind === 'number') dial.number(whisper, target.e164);
  else dial.sip(whisper, facts.agentSipTemplate.replace('{agentId}', encodeURIComponent(target.agentId)));
}

/**
 * The whisper to a person who answers in another's place: it says twice whose call it is, and asks for one key to
 * accept it.
 */
export function renderWhisper(whisper: { text: string; language: Locale }, pressed: string): string {
  const response = new VoiceResponse();
  const language = languageTag[whisper.language];
  response
    .gather({ input: ['dtmf'], numDigits: 1, timeout: thinkSeconds, action: pressed, method: 'POST' })
    .say({ language, loop: 2 }, whisper.text);
  response.hangup();
  return response.toString();
}

/** Connect the two. */
export const renderBridge = (): string => new VoiceResponse().toString();

/** Say one sentence, or none, and end the call. */
export function renderGoodbye(text: string | undefined, language: Locale): string {
  const response = new VoiceResponse();
  if (text) response.say({ language: languageTag[language] }, text);
  response.hangup();
  return response.toString();
}
