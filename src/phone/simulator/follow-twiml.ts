import type { CallState, CallStep, LegOutcome, WaitPoint } from './call.types.js';
import type { PhoneRecording } from './spoken-audio.js';
import { readTwiml, TwimlRefused, type TwimlVerb } from './twiml.js';

/** How the simulated provider reaches us, and where it reports errors. */
export interface ProviderCallbacks {
  /** Post a signed form; resolves to the body of a 2xx, rejects with `TwimlRefused`. */
  post(line: CallState, url: string, fields: Readonly<Record<string, string>>): Promise<string>;
  /** Fetch what is played, as a real provider does when it is about to play it; rejects with `TwimlRefused`. */
  fetchAudio(url: string): Promise<{ readonly durationSeconds: number }>;
  /** End the call; posts to our status address. */
  over(line: CallState, by: 'caller' | 'attendant'): Promise<void>;
  /** Store a recording and return where it can be downloaded. */
  keep(line: CallState, tape: PhoneRecording): { readonly sid: string; readonly url: string };
  /** Post the action of `Record` after the caller has hung up, unless that fault is set. */
  tellHangUp(line: CallState, url: string, fields: Readonly<Record<string, string>>): Promise<void>;
  /** Post the recording callback, as often as the faults say. */
  tellRecording(line: CallState, url: string, fields: Readonly<Record<string, string>>): Promise<void>;
  problem(error: unknown): void;
}

const mostDocuments = 100;

/** Request the document at an address and perform it, until the call waits for input or is over. Never rejects. */
export async function followTwiml(
  wire: ProviderCallbacks,
  line: CallState,
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  try {
    line.documents += 1;
    if (line.documents > mostDocuments) throw new TwimlRefused('it goes round in circles');
    await perform(wire, line, readTwiml(await wire.post(line, url, fields)), url);
  } catch (error) {
    await breakOff(wire, line, error);
  }
}

/** End the call as the real provider does for a document that it cannot perform. */
async function breakOff(wire: ProviderCallbacks, line: CallState, error: unknown): Promise<void> {
  wire.problem(error);
  line.heard.push(said('caller', 'We are sorry, an application error has occurred. Goodbye.', 'en'));
  await wire.over(line, 'attendant');
}

async function perform(
  wire: ProviderCallbacks,
  line: CallState,
  verbs: readonly TwimlVerb[],
  base: string,
): Promise<void> {
  for (const [index, verb] of verbs.entries()) {
    const waiting = { verb, rest: verbs.slice(index + 1), base };
    switch (verb.name) {
      case 'Gather': {
        const { typedAhead } = line;
        if (typedAhead !== '') {
          // A key ends the prompts, so whoever types ahead hears none of them.
          line.typedAhead = '';
          return afterGather(wire, line, waiting, { keys: typedAhead });
        }
        for (const inner of verb.children) await utter(wire, line, inner, 'caller');
        return wait(line, 'choice', waiting);
      }
      case 'Dial':
        checkCallerId(line, verb);
        line.heard.push({ kind: 'rang', whom: verb.children[0]?.text ?? verb.text });
        return wait(line, 'outcome', waiting);
      case 'Record':
        line.heard.push({ kind: 'tone' });
        return wait(line, 'recording', waiting);
      case 'Redirect':
        return followTwiml(wire, line, absolute(verb.text, base), {});
      case 'Hangup':
      case 'Reject':
        return wire.over(line, 'attendant');
      default:
        await utter(wire, line, verb, 'caller');
    }
  }
  await wire.over(line, 'attendant');
}

/** The real provider uses From when no caller id is given, and refuses to dial with an invalid one. */
function checkCallerId(line: CallState, dial: TwimlVerb): void {
  const shown = dial.attributes.callerId ?? line.from;
  if (dial.children.some(({ name }) => name === 'Number') && !/^\+[1-9]\d{7,14}$/.test(shown))
    throw new TwimlRefused(`callerId is not a valid number: ${shown}`);
}

function wait(line: CallState, expects: CallState['expects'], waiting: WaitPoint): void {
  line.expects = expects;
  line.waiting = waiting;
}

/** The caller pressed keys, spoke, or did neither. */
export async function afterGather(
  wire: ProviderCallbacks,
  line: CallState,
  { verb, rest, base }: WaitPoint,
  input: { keys?: string; speech?: string },
): Promise<void> {
  const { action, numDigits, finishOnKey = '#', actionOnEmptyResult } = verb.attributes;
  const listens = (verb.attributes.input ?? 'dtmf').split(' ');
  const taken = keysTaken(input.keys ?? '', finishOnKey, Number(numDigits ?? 255));
  const keys = listens.includes('dtmf') ? taken.keys : '';
  line.typedAhead = taken.rest;
  const speech = listens.includes('speech') ? (input.speech ?? '') : '';

  if (keys === '' && speech === '' && actionOnEmptyResult !== 'true') return perform(wire, line, rest, base);
  return followTwiml(wire, line, absolute(action ?? base, base), {
    ...(keys !== '' || speech === '' ? { Digits: keys } : {}),
    ...(speech === '' ? {} : { SpeechResult: speech, Confidence: '0.9' }),
  });
}

/** The keys that this question takes, without the one that ends it, and those that are left for the next. */
function keysTaken(keys: string, finishOnKey: string, most: number): { keys: string; rest: string } {
  const end = [...keys].findIndex((key) => finishOnKey.includes(key));
  if (end !== -1 && end < most) return { keys: keys.slice(0, end), rest: keys.slice(end + 1) };
  return { keys: keys.slice(0, most), rest: keys.slice(most) };
}

/** The ringing phone answered or did not. */
export async function afterDial(
  wire: ProviderCallbacks,
  line: CallState,
  waiting: WaitPoint,
  outcome: LegOutcome,
): Promise<void> {
  const fields = await dialled(wire, line, waiting, outcome).catch((error: unknown) => breakOff(wire, line, error));
  if (!fields) return;
  line.heard.push({ kind: 'outcome', outcome });
  await goOnAfterDial(wire, line, waiting, fields);
}

/** The ringing phone is picked up, and the two talk until one of them hangs up, or we lead the caller elsewhere. */
export async function beginTalk(wire: ProviderCallbacks, line: CallState, waiting: WaitPoint): Promise<void> {
  const fields = await dialled(wire, line, waiting, 'answer').catch((error: unknown) => breakOff(wire, line, error));
  if (!fields) return;
  line.heard.push({ kind: 'outcome', outcome: 'answer' });
  if (fields.DialBridged === 'true') return wait(line, 'talk', waiting);
  await goOnAfterDial(wire, line, waiting, fields);
}

/** The person who picked up hangs up; the caller is still there. */
export const afterTalk = (wire: ProviderCallbacks, line: CallState, waiting: WaitPoint): Promise<void> =>
  goOnAfterDial(wire, line, waiting, { DialCallStatus: 'completed', DialBridged: 'true', DialCallDuration: '12' });

async function goOnAfterDial(
  wire: ProviderCallbacks,
  line: CallState,
  { verb, rest, base }: WaitPoint,
  fields: Record<string, string>,
): Promise<void> {
  const { action } = verb.attributes;
  if (action === undefined) return perform(wire, line, rest, base);
  return followTwiml(wire, line, absolute(action, base), fields);
}

async function dialled(
  wire: ProviderCallbacks,
  line: CallState,
  { verb, base }: WaitPoint,
  outcome: LegOutcome,
): Promise<Record<string, string>> {
  switch (outcome) {
    case 'busy':
      return { DialCallStatus: 'busy', DialSipResponseCode: '486' };
    case 'refuse':
      return { DialCallStatus: 'busy', DialSipResponseCode: '603' };
    case 'no-answer':
      return { DialCallStatus: 'no-answer' };
    case 'answer':
    case 'no-key': {
      const noun = verb.children[0];
      if (noun) await tellPickedUp(wire, line, noun, base);
      const bridged = noun?.attributes.url ? await whispered(wire, line, noun, base, outcome === 'answer') : true;
      // As the real provider: the phone was answered, so the status is "completed", connected or not.
      return { DialCallStatus: 'completed', DialBridged: String(bridged), DialCallDuration: '12' };
    }
    default:
      return outcome satisfies never;
  }
}

/** Report that the phone was picked up, if the noun asks for that. */
async function tellPickedUp(wire: ProviderCallbacks, line: CallState, noun: TwimlVerb, base: string): Promise<void> {
  const { statusCallback, statusCallbackEvent = 'completed' } = noun.attributes;
  if (!statusCallback || !statusCallbackEvent.split(' ').includes('answered')) return;
  await wire
    .post(line, absolute(statusCallback, base), { ...childOf(line, noun), CallStatus: 'in-progress' })
    .catch((error: unknown) => wire.problem(error));
}

/** The fields of a ringing leg. */
const childOf = (line: CallState, noun: TwimlVerb) => ({
  CallSid: `${line.id.slice(0, 2)}c${line.id.slice(3)}`,
  ParentCallSid: line.id,
  To: noun.text,
});

/** Play the whisper to the person who answered; resolves to whether the two were connected. */
async function whispered(
  wire: ProviderCallbacks,
  line: CallState,
  noun: TwimlVerb,
  base: string,
  presses: boolean,
): Promise<boolean> {
  const child = childOf(line, noun);
  const url = absolute(noun.attributes.url ?? base, base);
  let verbs = readTwiml(await wire.post(line, url, child));
  for (let at = 0; at < verbs.length; at += 1) {
    const verb = verbs[at];
    if (verb?.name === 'Hangup') return false;
    if (verb?.name !== 'Gather') {
      if (verb) await utter(wire, line, verb, 'callee');
      continue;
    }
    for (const inner of verb.children) await utter(wire, line, inner, 'callee');
    if (!presses && verb.attributes.actionOnEmptyResult !== 'true') continue;
    const digits = presses ? '1' : '';
    verbs = readTwiml(
      await wire.post(line, absolute(verb.attributes.action ?? url, url), { ...child, Digits: digits }),
    );
    at = -1;
  }
  return true;
}

/** The caller spoke after the tone, then pressed a key or hung up. */
export async function afterRecord(
  wire: ProviderCallbacks,
  line: CallState,
  { verb, rest, base }: WaitPoint,
  tape: PhoneRecording,
  end: 'key' | 'hang-up',
): Promise<void> {
  const { action, recordingStatusCallback, recordingStatusCallbackEvent = 'completed' } = verb.attributes;
  const heardSomething = tape.durationSeconds >= 0.5;
  line.heard.push({ kind: 'recorded', durationSeconds: tape.durationSeconds });
  const kept = heardSomething ? wire.keep(line, tape) : undefined;
  const told = {
    ...(kept ? { RecordingSid: kept.sid, RecordingUrl: kept.url } : {}),
    RecordingDuration: String(Math.round(tape.durationSeconds)),
  };

  if (!kept) {
    await (end === 'key' ? perform(wire, line, rest, base) : wire.over(line, 'caller'));
  } else if (end === 'key') {
    await followTwiml(wire, line, absolute(action ?? base, base), { ...told, Digits: '#' });
  } else {
    // The caller is gone, so the answer of the action is not performed.
    await wire.tellHangUp(line, absolute(action ?? base, base), { ...told, Digits: 'hangup' });
    await wire.over(line, 'caller');
  }
  const state = kept ? 'completed' : 'absent';
  if (recordingStatusCallback && recordingStatusCallbackEvent.includes(state)) {
    await wire.tellRecording(line, absolute(recordingStatusCallback, base), { ...told, RecordingStatus: state });
  }
}

async function utter(
  wire: ProviderCallbacks,
  line: CallState,
  verb: TwimlVerb,
  to: 'caller' | 'callee',
): Promise<void> {
  if (verb.name === 'Play') {
    const { durationSeconds } = await wire.fetchAudio(verb.text);
    line.heard.push({ kind: 'played', what: verb.text, durationSeconds });
  }
  if (verb.name === 'Say') {
    const language = verb.attributes.language?.startsWith('fr') ? 'fr' : 'en';
    line.heard.push(said(to, verb.text, language));
  }
}

const said = (to: 'caller' | 'callee', text: string, language: 'en' | 'fr'): CallStep => ({
  kind: 'said',
  to,
  text,
  language,
});

const absolute = (url: string, base: string): string => new URL(url, base).href;
