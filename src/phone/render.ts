import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Decision, Spoken } from '../core/calls/decision.js';
import type { PhoneSettings } from '../core/calls/phone-settings.js';
import type { Locale } from '../core/chat/phrasing.js';
import type { DialledTarget } from '../core/routing/dialled-target.js';

/** Where the provider posts what comes of a Decision; full addresses. */
export interface Links {
  readonly gather: string;
  readonly outcome: string;
  readonly whisper: string;
  /** The action of `Record`: the caller is still there. */
  readonly recorded: string;
  /** The recording callback. */
  readonly recording: string;
}

/** Voices and recognisers of both languages, Canadian: the accent of most callers, and understood by all. */
const languageTag = { en: 'en-CA', fr: 'fr-CA' } as const satisfies Record<Locale, string>;

/** How long somebody who picked up in another's place may wait before they press 1. */
const pressSeconds = 5;

/** What the provider is to do, in its own markup. */
export function render(
  decision: Decision,
  links: Links,
  facts: PhoneSettings,
  { hints, callerId }: { readonly hints: readonly string[]; readonly callerId: string | undefined },
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
        // A choice is one key, but a name may be keyed instead: it has as many keys as it has, and ends with the pound key.
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
        // Without it the provider shows From, and refuses the call where that is no number it knows.
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
        maxLength: decision.maxSeconds,
        timeout: decision.silenceSeconds,
        finishOnKey: '#',
        playBeep: true,
        trim: 'trim-silence',
        recordingStatusCallback: links.recording,
        recordingStatusCallbackMethod: 'POST',
        recordingStatusCallbackEvent: ['completed', 'absent'],
      });
      // Reached only when nothing was recorded: the provider posts nothing then.
      say(decision.closing.nothing);
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

/** A desk phone is known to the same switch as the agents: its extension stands in the agent's place. */
function ring(dial: VoiceResponse.Dial, target: DialledTarget, links: Links, facts: PhoneSettings): void {
  const whisper = target.confirm ? { url: links.whisper, method: 'POST' } : {};
  const sip = (id: string) => dial.sip(whisper, facts.agentSipTemplate.replace('{agentId}', encodeURIComponent(id)));
  if (target.kind === 'number') dial.number(whisper, target.e164);
  else sip(target.kind === 'agent' ? target.agentId : target.extension);
}

/** To whoever picks up in another's place: whose call it is, twice, and one key to take it. */
export function renderWhisper(whisper: Spoken, pressed: string): string {
  const response = new VoiceResponse();
  const language = languageTag[whisper.language];
  response
    .gather({ input: ['dtmf'], numDigits: 1, timeout: pressSeconds, action: pressed, method: 'POST' })
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
