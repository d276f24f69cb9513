import { readFile } from 'node:fs/promises';
import { UserError } from '../../core/errors.js';
import { type Config, isLoopback } from '../../env.js';
import type { CallStep, LegOutcome, SimulatedCall, SimulatedPhone } from './call.types.js';
import { phoneOf } from './local-phone.js';
import { startSimulatedProvider } from './provider.js';
import { synthesizeSpeech } from './spoken-audio.js';

/** A caller's reaction to a prompt: words or keys; empty keys let the prompt time out. */
export type CallerTurn = { readonly say: string } | { readonly keys: string };

/** The behaviour of a simulated caller. */
export interface Caller {
  readonly from: string;
  readonly to: string;
  /** One per prompt. The first words left over are spoken as the message after the tone. */
  readonly turns?: readonly CallerTurn[];
  /** A WAV file to play after the tone. */
  readonly record?: Buffer;
  /** The reaction of every phone that rings; undefined: no answer. */
  readonly phones?: LegOutcome;
}

/** A caller who has said everything confirms so often, then hangs up. */
const mostConfirmations = 3;

/** Run the call to its end and report each step as it is heard. */
export async function makeCall(
  phone: SimulatedPhone,
  caller: Caller,
  tell: (heard: CallStep) => void,
): Promise<SimulatedCall> {
  const turns = [...(caller.turns ?? [])];
  let call = await phone.start({ from: caller.from, to: caller.to });
  let told = 0;
  let confirmations = 0;

  for (;;) {
    for (const heard of call.heard.slice(told)) tell(heard);
    told = call.heard.length;
    if (call.expects === 'over') return call;
    call = await step(call);
  }

  async function step(call: SimulatedCall): Promise<SimulatedCall> {
    switch (call.expects) {
      case 'choice': {
        const turn = turns.shift();
        if (turn && 'say' in turn) return phone.speak(call.id, turn.say);
        // Confirm a question about words or keys that the caller gave; stay silent after silence.
        const answered = caller.turns?.some((one) => 'say' in one || one.keys !== '') ? '1' : '';
        if (!turn) confirmations += 1;
        if (confirmations > mostConfirmations) return phone.hangUp(call.id);
        return phone.press(call.id, turn?.keys ?? answered);
      }
      case 'outcome':
        return phone.decide(call.id, caller.phones ?? 'no-answer');
      case 'talk':
        return phone.decide(call.id, 'answer');
      case 'recording': {
        const said = turns.findIndex((turn) => 'say' in turn);
        const [words] = said < 0 ? [] : turns.splice(said, 1);
        const spoken = words && 'say' in words ? await synthesizeSpeech(words.say, languageOf(call)) : undefined;
        const message = caller.record ?? spoken;
        return message ? phone.leave(call.id, message, 'key') : phone.hangUp(call.id);
      }
      case 'over':
        return call;
      default:
        return call.expects satisfies never;
    }
  }
}

const languageOf = ({ heard }: SimulatedCall) =>
  heard.findLast((one): one is CallStep & { kind: 'said' } => one.kind === 'said')?.language ?? 'en';

/** Format one step of a call as a line for a terminal. */
export function lineOf(heard: CallStep): string {
  switch (heard.kind) {
    case 'said':
      return heard.to === 'caller'
        ? `  Attendant: ${heard.text}`
        : `  (to the person who answers) Attendant: ${heard.text}`;
    case 'played':
      return `  (plays a recording of ${Math.round(heard.durationSeconds)} s)`;
    case 'pressed':
      return `  Caller presses ${heard.keys === '' ? 'nothing' : heard.keys}`;
    case 'spoke':
      return `  Caller: ${heard.text}`;
    case 'rang':
      return `  (rings ${heard.whom})`;
    case 'outcome':
      return `  (${outcomes[heard.outcome]})`;
    case 'tone':
      return '  (tone)';
    case 'recorded':
      return `  Caller leaves a message of ${Math.round(heard.durationSeconds)} s`;
    case 'hung-up':
      return heard.by === 'caller' ? '  Caller hangs up' : '  The call ends';
    default:
      return heard satisfies never;
  }
}

const outcomes: Record<LegOutcome, string> = {
  answer: 'answered',
  'no-key': 'nobody presses 1',
  busy: 'busy',
  'no-answer': 'no answer',
  refuse: 'refused',
};

/** The options of `attendant call`; `record` names a WAV file. */
export interface CallOptions extends Omit<Caller, 'record'> {
  readonly record?: string;
}

/**
 * `attendant call`: simulate a call to the installation on this data folder, or to the one whose provider is to listen
 * at a loopback VOICE_API_URL; print what the caller hears. Rejects (UserError) when neither is running.
 */
export async function callCommand(
  config: Config,
  options: CallOptions,
  print: (line: string) => void,
): Promise<SimulatedCall> {
  const { phone, hangUp } = await telephone(config);
  try {
    const { record: file, ...caller } = options;
    const record = file === undefined ? undefined : await readFile(file).catch(() => undefined);
    if (file !== undefined && !record) throw new UserError((words) => words.calls.noSuchFile(file), 404);
    return await makeCall(phone, { ...caller, ...(record ? { record } : {}) }, (heard) => print(lineOf(heard)));
  } finally {
    await hangUp();
  }
}

async function telephone(config: Config): Promise<{ phone: SimulatedPhone; hangUp: () => Promise<void> }> {
  const beside = await phoneOf(config.dataFolder);
  if (beside) return { phone: beside, hangUp: async () => {} };

  const { voice, http } = config;
  if (!voice || !isLoopback(new URL(voice.apiUrl).hostname))
    throw new UserError((words) => words.calls.nobodyToCall, 409);
  const publicUrl = http.publicUrl ?? `http://${http.host}:${http.port}`;
  const provider = await startSimulatedProvider({ answersAt: () => publicUrl, voice });
  return { phone: provider.phone, hangUp: provider.stop };
}
