import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Decision, Spoken } from '../core/calls/decision.js';
import type { PhoneSettings } from '../core/calls/phone-settings.js';
import type { Locale } from '../core/chat/phrasing.js';
import type { DialledTarget } from '../core/routing/dialled-target.js';
import type { GreetingPart } from '../core/voicemail/greetings/played-greeting.js';
import { holdMusicSeconds } from './hold-music.js';

/** The full addresses to which the provider posts the results of a Decision. */
export interface CallbackUrls {
  readonly gather: string;
  readonly outcome: string;
  /** Asked every few seconds while a caller waits in a personal queue. */
  readonly wait: string;
  /** What a waiting caller hears. */
  readonly music: string;
  readonly whisper: string;
  /** Told as soon as a phone is picked up that needs no key. */
  readonly pickedUp: string;
  /** The action of `Record`, while the caller is still on the line. */
  readonly recorded: string;
  /** The recording callback. */
  readonly recording: string;
  /** A recorded greeting. */
  readonly greeting: (token: string) => string;
  /** A key in a greeting, where the company allows it. */
  readonly greetingKey: string;
}

/** Voices and recognisers of both languages, Canadian: the accent of most callers, and understood by all. */
export const languageTag = { en: 'en-CA', fr: 'fr-CA' } as const satisfies Record<Locale, string>;

/** How long somebody who picked up in another's place may wait before they press 1. */
const pressSeconds = 5;
/** The silence after the music before we look whether the person is free. */
const pauseSeconds = 1;
/** How long a waiting caller hears music in each round. */
export const holdSeconds = holdMusicSeconds + pauseSeconds;

/** What the adapter adds to a Decision. */
interface RenderedWith {
  readonly hints: readonly string[];
  readonly callerId: string | undefined;
  /** The greeting before the tone. */
  readonly greeting: readonly GreetingPart[];
}

/** Render a Decision as TwiML. */
export function render(
  decision: Decision,
  links: CallbackUrls,
  facts: PhoneSettings,
  { hints, callerId, greeting }: RenderedWith,
): string {
  const response = new VoiceResponse();
  const language = languageTag[decision.language];
  const say = (text: string | undefined) => text && response.say({ language }, text);

  switch (decision.action) {
    case 'ask': {
      const isHeard = decision.input === 'keys-and-speech';
      const gather = response.gather({
        input: isHeard ? ['dtmf', 'speech'] : ['dtmf'],
        action: links.gather,
        method: 'POST',
        timeout: decision.timeoutSeconds,
        actionOnEmptyResult: true,
        // A menu choice is one key, but a name may be keyed instead; it has any length and ends with the pound key.
        finishOnKey: '#',
        ...(isHeard
          ? { language, speechTimeout: 'auto', ...(hints.length > 0 ? { hints: hints.join(',') } : {}) }
          : {}),
      });
      if (decision.prompt) gather.say({ language }, decision.prompt);
      const { languageOffer } = decision;
      if (languageOffer) gather.say({ language: languageTag[languageOffer.language] }, languageOffer.text);
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
      ring(dial, decision, links, facts);
      break;
    }
    case 'voicemail': {
      const heard = facts.greetingKey && greeting.length > 0 ? gatherOneKey(response, links.greetingKey) : response;
      for (const part of greeting)
        if (part.kind === 'play') heard.play(links.greeting(part.token));
        else heard.say({ language }, part.text);
      record(response, decision, links);
      // Reached only when nothing was recorded; the provider then posts no action.
      say(decision.closing.nothing);
      response.hangup();
      break;
    }
    case 'queue':
      say(decision.prompt);
      hold(response, links);
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

/** Words in which a key may be pressed; without one the call goes on with what follows. */
const gatherOneKey = (response: VoiceResponse, action: string) =>
  response.gather({ input: ['dtmf'], numDigits: 1, finishOnKey: '', timeout: 1, action, method: 'POST' });

/** A caller still waits: they hear their place, or nothing, and are asked after again. */
export function renderHold(
  prompt: string | undefined,
  language: Locale,
  links: Pick<CallbackUrls, 'wait' | 'music'>,
): string {
  const response = new VoiceResponse();
  if (prompt !== undefined) response.say({ language: languageTag[language] }, prompt);
  hold(response, links);
  return response.toString();
}

/** Ask a caller what becomes of their message, by one key; before that the message is played, if they want to hear it. */
export function renderReview(
  {
    prompt,
    plays,
    language,
  }: { readonly prompt: string; readonly plays: string | undefined; readonly language: Locale },
  review: string,
): string {
  const response = new VoiceResponse();
  const gather = response.gather({
    ...{ input: ['dtmf'], numDigits: 1, timeout: reviewSeconds, action: review, method: 'POST' },
    actionOnEmptyResult: true,
  });
  if (plays !== undefined) gather.play(plays);
  gather.say({ language: languageTag[language] }, prompt);
  return response.toString();
}

/** How long somebody may think about their message. */
const reviewSeconds = 6;

/** Record again; `silent`: nothing was recorded. */
export function renderRecordAgain(
  step: RecordedFor & { readonly prompt: string; readonly language: Locale },
  links: RecordingUrls & { readonly silent: string },
): string {
  const response = new VoiceResponse();
  response.say({ language: languageTag[step.language] }, step.prompt);
  record(response, step, links);
  response.redirect({ method: 'POST' }, links.silent);
  return response.toString();
}

/** Where a recording is reported; without `recording` by its action alone. */
type RecordingUrls = Pick<CallbackUrls, 'recorded'> & Partial<Pick<CallbackUrls, 'recording'>>;

/** Connect somebody whom we rang with the number that they asked for. */
export function renderConnect(step: {
  readonly prompt: string;
  readonly number: string;
  readonly shown: string;
  readonly maxSeconds: number;
  readonly language: Locale;
}): string {
  const response = new VoiceResponse();
  response.say({ language: languageTag[step.language] }, step.prompt);
  response.dial({ callerId: step.shown, answerOnBridge: true, timeLimit: step.maxSeconds }).number(step.number);
  return response.toString();
}

interface RecordedFor {
  readonly maxSeconds: number;
  readonly silenceSeconds: number;
}

/** Record after a tone. Without sound the provider posts no action and goes on to the next verb. */
const record = (response: VoiceResponse, { maxSeconds, silenceSeconds }: RecordedFor, links: RecordingUrls) =>
  response.record({
    action: links.recorded,
    method: 'POST',
    maxLength: maxSeconds,
    timeout: silenceSeconds,
    finishOnKey: '#',
    playBeep: true,
    trim: 'trim-silence',
    ...(links.recording === undefined
      ? {}
      : {
          recordingStatusCallback: links.recording,
          recordingStatusCallbackMethod: 'POST',
          recordingStatusCallbackEvent: ['completed', 'absent'],
        }),
  });

/** Music during which one key ends the wait. */
const hold = (response: VoiceResponse, { wait, music }: Pick<CallbackUrls, 'wait' | 'music'>) =>
  response
    .gather({
      ...{ input: ['dtmf'], numDigits: 1, timeout: pauseSeconds, action: wait, method: 'POST' },
      actionOnEmptyResult: true,
    })
    .play(music);

/** A desk phone is known to the same switch as the agents: its extension stands in the agent's place. */
function ring(
  dial: VoiceResponse.Dial,
  { target, whisper: said }: { readonly target: DialledTarget; readonly whisper?: Spoken },
  links: CallbackUrls,
  facts: PhoneSettings,
): void {
  // The person who hears the whisper is asked for a key; our answer to that key says who is connected.
  const told = said
    ? { url: links.whisper, method: 'POST' }
    : { statusCallback: links.pickedUp, statusCallbackMethod: 'POST', statusCallbackEvent: ['answered' as const] };
  const sip = (id: string) => dial.sip(told, facts.agentSipTemplate.replace('{agentId}', encodeURIComponent(id)));
  if (target.kind === 'number') dial.number(told, target.e164);
  else if (target.kind === 'extension') sip(target.extension);
  else if (target.e164 !== undefined) dial.number(told, target.e164);
  else sip(target.agentId);
}

/**
 * Words to a person who picks up. Who answers in another's place hears twice whose call it is, and must press a key;
 * anybody else is connected without one.
 */
export function renderWhisper(whisper: Spoken & { readonly confirm: boolean }, pressed: string): string {
  const response = new VoiceResponse();
  const language = languageTag[whisper.language];
  const timeout = whisper.confirm ? pressSeconds : 1;
  response
    .gather({
      ...{ input: ['dtmf'], numDigits: 1, timeout, action: pressed, method: 'POST' },
      // Without a key too: our answer connects the two, and from then on they talk (decision 53).
      ...(whisper.confirm ? {} : { actionOnEmptyResult: true }),
    })
    .say({ language, ...(whisper.confirm ? { loop: 2 } : {}) }, whisper.text);
  if (whisper.confirm) response.hangup();
  return response.toString();
}

/** Ask somebody who picked up for keys that end with the pound key; without them they are cut off. */
export function renderKeys({ text, language }: Spoken, action: string): string {
  const response = new VoiceResponse();
  response
    .gather({ input: ['dtmf'], finishOnKey: '#', timeout: pressSeconds, action, method: 'POST' })
    .say({ language: languageTag[language] }, text);
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
