import type { Heard, LegOutcome, Line, Waiting } from './call.types.js';
import type { Tape } from './spoken-audio.js';
import { Refused, readTwiml, type Verb } from './twiml.js';

/** How the simulated provider reaches us, and where it notes what went wrong. */
export interface Wire {
  /** Posts a form, signed; resolves with the body of a 2xx, rejects with Refused. */
  post(line: Line, url: string, fields: Readonly<Record<string, string>>): Promise<string>;
  /** The call is over; tells our status address. */
  over(line: Line, by: 'caller' | 'attendant'): Promise<void>;
  /** Keeps a recording and says where it can be fetched. */
  keep(line: Line, tape: Tape): { readonly sid: string; readonly url: string };
  /** Posts the action of `Record` after the caller has gone, unless the provider forgets to. */
  tellHangUp(line: Line, url: string, fields: Readonly<Record<string, string>>): Promise<void>;
  /** Tells the recording callback, as often as the provider happens to. */
  tellRecording(line: Line, url: string, fields: Readonly<Record<string, string>>): Promise<void>;
  problem(error: unknown): void;
}

const mostDocuments = 100;

/** Asks an address what to do and does it, until the call waits for somebody or is over. Never rejects. */
export async function follow(
  wire: Wire,
  line: Line,
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  try {
    line.documents += 1;
    if (line.documents > mostDocuments) throw new Refused('it goes round in circles');
    await perform(wire, line, readTwiml(await wire.post(line, url, fields)), url);
  } catch (error) {
    await breakOff(wire, line, error);
  }
}

/** What the real provider does with an answer that it cannot perform. */
async function breakOff(wire: Wire, line: Line, error: unknown): Promise<void> {
  wire.problem(error);
  line.heard.push(said('caller', 'We are sorry, an application error has occurred. Goodbye.', 'en'));
  await wire.over(line, 'attendant');
}

async function perform(wire: Wire, line: Line, verbs: readonly Verb[], base: string): Promise<void> {
  for (const [index, verb] of verbs.entries()) {
    const waiting = { verb, rest: verbs.slice(index + 1), base };
    switch (verb.name) {
      case 'Gather':
        for (const inner of verb.children) utter(line, inner, 'caller');
        return wait(line, 'choice', waiting);
      case 'Dial':
        checkCallerId(line, verb);
        line.heard.push({ kind: 'rang', whom: verb.children[0]?.text ?? verb.text });
        return wait(line, 'outcome', waiting);
      case 'Record':
        line.heard.push({ kind: 'tone' });
        return wait(line, 'recording', waiting);
      case 'Redirect':
        return follow(wire, line, absolute(verb.text, base), {});
      case 'Hangup':
      case 'Reject':
        return wire.over(line, 'attendant');
      default:
        utter(line, verb, 'caller');
    }
  }
  await wire.over(line, 'attendant');
}

/** The real one shows From where it is told nothing, and dials no number for a caller id that is none. */
function checkCallerId(line: Line, dial: Verb): void {
  const shown = dial.attributes.callerId ?? line.from;
  if (dial.children.some(({ name }) => name === 'Number') && !/^\+[1-9]\d{7,14}$/.test(shown))
    throw new Refused(`callerId is not a valid number: ${shown}`);
}

function wait(line: Line, expects: Line['expects'], waiting: Waiting): void {
  line.expects = expects;
  line.waiting = waiting;
}

/** The caller keyed or said something, or nothing. */
export async function afterGather(
  wire: Wire,
  line: Line,
  { verb, rest, base }: Waiting,
  input: { keys?: string; speech?: string },
): Promise<void> {
  const { action, numDigits, finishOnKey = '#', actionOnEmptyResult } = verb.attributes;
  const listens = (verb.attributes.input ?? 'dtmf').split(' ');
  const keys = listens.includes('dtmf') ? keysTaken(input.keys ?? '', finishOnKey, Number(numDigits ?? 255)) : '';
  const speech = listens.includes('speech') ? (input.speech ?? '') : '';

  if (keys === '' && speech === '' && actionOnEmptyResult !== 'true') return perform(wire, line, rest, base);
  return follow(wire, line, absolute(action ?? base, base), {
    ...(keys !== '' || speech === '' ? { Digits: keys } : {}),
    ...(speech === '' ? {} : { SpeechResult: speech, Confidence: '0.9' }),
  });
}

function keysTaken(keys: string, finishOnKey: string, most: number): string {
  const end = [...keys].findIndex((key) => finishOnKey.includes(key));
  return keys.slice(0, end === -1 ? keys.length : end).slice(0, most);
}

/** The phone that rang did this. */
export async function afterDial(wire: Wire, line: Line, waiting: Waiting, outcome: LegOutcome): Promise<void> {
  const { verb, rest, base } = waiting;
  const fields = await dialled(wire, line, waiting, outcome).catch((error: unknown) => breakOff(wire, line, error));
  if (!fields) return;
  line.heard.push({ kind: 'outcome', outcome });
  const { action } = verb.attributes;
  if (action === undefined) return perform(wire, line, rest, base);
  return follow(wire, line, absolute(action, base), fields);
}

async function dialled(
  wire: Wire,
  line: Line,
  { verb, base }: Waiting,
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
      const bridged = noun?.attributes.url ? await whispered(wire, line, noun, base, outcome === 'answer') : true;
      // As the real one: somebody picked up, so it is "completed", talked or not.
      return { DialCallStatus: 'completed', DialBridged: String(bridged), DialCallDuration: '12' };
    }
    default:
      return outcome satisfies never;
  }
}

/** What whoever picked up is told, and whether the two were let talk. */
async function whispered(wire: Wire, line: Line, noun: Verb, base: string, presses: boolean): Promise<boolean> {
  const child = { CallSid: `${line.id.slice(0, 2)}c${line.id.slice(3)}`, ParentCallSid: line.id, To: noun.text };
  const url = absolute(noun.attributes.url ?? base, base);
  let verbs = readTwiml(await wire.post(line, url, child));
  for (let at = 0; at < verbs.length; at += 1) {
    const verb = verbs[at];
    if (verb?.name === 'Hangup') return false;
    if (verb?.name !== 'Gather') {
      if (verb) utter(line, verb, 'callee');
      continue;
    }
    for (const inner of verb.children) utter(line, inner, 'callee');
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
  wire: Wire,
  line: Line,
  { verb, rest, base }: Waiting,
  tape: Tape,
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
    await follow(wire, line, absolute(action ?? base, base), { ...told, Digits: '#' });
  } else {
    // Nobody listens any more: what the action answers is not performed.
    await wire.tellHangUp(line, absolute(action ?? base, base), { ...told, Digits: 'hangup' });
    await wire.over(line, 'caller');
  }
  const state = kept ? 'completed' : 'absent';
  if (recordingStatusCallback && recordingStatusCallbackEvent.includes(state)) {
    await wire.tellRecording(line, absolute(recordingStatusCallback, base), { ...told, RecordingStatus: state });
  }
}

function utter(line: Line, verb: Verb, to: 'caller' | 'callee'): void {
  if (verb.name === 'Play') line.heard.push({ kind: 'played', what: verb.text });
  if (verb.name === 'Say') {
    const language = verb.attributes.language?.startsWith('fr') ? 'fr' : 'en';
    line.heard.push(said(to, verb.text, language));
  }
}

const said = (to: 'caller' | 'callee', text: string, language: 'en' | 'fr'): Heard => ({
  kind: 'said',
  to,
  text,
  language,
});

const absolute = (url: string, base: string): string => new URL(url, base).href;
