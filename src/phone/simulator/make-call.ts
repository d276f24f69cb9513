import { readFile } from 'node:fs/promises';
import { UserError } from '../../core/errors.js';
import { type Config, isLoopback } from '../../env.js';
import type { Heard, LegOutcome, SimulatedCall, SimulatedPhone } from './call.types.js';
import { phoneOf } from './local-phone.js';
import { startSimulatedProvider } from './provider.js';
import { speak } from './spoken-audio.js';

/** What a caller does when something is asked: says it, or keys it; no keys at all lets the question pass. */
export type Turn = { readonly say: string } | { readonly keys: string };

/** What a simulated caller does. */
export interface Caller {
  readonly from: string;
  readonly to: string;
  /** One for each question. What is left to say after the last is the message after the tone. */
  readonly turns?: readonly Turn[];
  /** Played after the tone: WAV. */
  readonly record?: Buffer;
  /** What every phone that rings does; unset: nobody answers. */
  readonly phones?: LegOutcome;
}

/** Plays the call to its end and tells each thing as it is heard. */
export async function makeCall(
  phone: SimulatedPhone,
  caller: Caller,
  tell: (heard: Heard) => void,
): Promise<SimulatedCall> {
  const turns = [...(caller.turns ?? [])];
  let call = await phone.start({ from: caller.from, to: caller.to });
  let told = 0;

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
        // A question back to whoever said or keyed something: yes. To silence: silence.
        const answered = caller.turns?.some((one) => 'say' in one || one.keys !== '') ? '1' : '';
        return phone.press(call.id, turn?.keys ?? answered);
      }
      case 'outcome':
        return phone.decide(call.id, caller.phones ?? 'no-answer');
      case 'recording': {
        const said = turns.find((turn) => 'say' in turn);
        const message = caller.record ?? (said && (await speak(said.say, languageOf(call))));
        return message ? phone.leave(call.id, message) : phone.hangUp(call.id);
      }
      case 'over':
        return call;
      default:
        return call.expects satisfies never;
    }
  }
}

const languageOf = ({ heard }: SimulatedCall) =>
  heard.findLast((one): one is Heard & { kind: 'said' } => one.kind === 'said')?.language ?? 'en';

/** One thing of a call as a line for a terminal. */
export function lineOf(heard: Heard): string {
  switch (heard.kind) {
    case 'said':
      return heard.to === 'caller' ? `  Attendant: ${heard.text}` : `  (to whoever picks up) Attendant: ${heard.text}`;
    case 'played':
      return `  (plays ${heard.what})`;
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

/** What `attendant call` was asked to do; `record` names a WAV file. */
export interface CallOptions extends Omit<Caller, 'record'> {
  readonly record?: string;
}

/**
 * `attendant call`: a simulated call to the installation that runs on this data folder, or whose provider is to be at a
 * loopback VOICE_API_URL; prints what the caller hears. Rejects (UserError) when there is nobody to call.
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
