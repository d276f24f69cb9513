import type { CallStep, SimulatedCall, SimulatedPhone } from '../../src/web/simulated-phone.port.js';

/** A scripted phone with one call: a greeting, a ringing backup, the mailbox. */
export function scriptedPhone(): SimulatedPhone & { readonly left: Buffer[] } {
  const calls = new Map<string, SimulatedCall>();
  const left: Buffer[] = [];

  const step = async (id: string, heard: readonly CallStep[], expects: SimulatedCall['expects']) => {
    const call = calls.get(id);
    if (!call) throw new Error(`no call ${id}`);
    const after = { ...call, heard: [...call.heard, ...heard], expects };
    calls.set(id, after);
    return after;
  };
  const says = (text: string, language: 'en' | 'fr' = 'en'): CallStep => ({
    kind: 'said',
    to: 'caller',
    text,
    language,
  });

  return {
    left,
    numbers: async () => [
      { number: '+14165550100', whose: 'Maple & Co' },
      { number: '+14165550101', whose: 'Ann Baker' },
    ],
    find: async (id) => calls.get(id),
    async start({ from, to }) {
      const id = `call-${calls.size + 1}`;
      calls.set(id, { id, from, to, heard: [], expects: 'choice' });
      return step(id, [says('Maple & Co. Say the name of the person, or key in their extension.')], 'choice');
    },
    press: (id, keys) =>
      step(
        id,
        [
          { kind: 'pressed', keys },
          says('Ann Baker is out of office. One moment, I am trying Bo Chen.'),
          { kind: 'rang', whom: 'Bo Chen' },
        ],
        'outcome',
      ),
    speak: (id, text) =>
      step(id, [{ kind: 'spoke', text }, says('I did not understand. Say the name again.')], 'choice'),
    ringing: async () => [],
    talk: (id) => step(id, [{ kind: 'outcome', outcome: 'answer' }], 'talk'),
    decide: (id, outcome) =>
      step(
        id,
        [
          { kind: 'outcome', outcome },
          { kind: 'said', to: 'callee', text: 'A call for Ann Baker. To take it, press 1.', language: 'en' },
          says('Bonjour, vous êtes bien chez Ann Baker. Laissez un message après le signal.', 'fr'),
          { kind: 'tone' },
        ],
        'recording',
      ),
    async leave(id, audio) {
      left.push(audio);
      return step(
        id,
        [
          { kind: 'recorded', durationSeconds: 4 },
          { kind: 'hung-up', by: 'attendant' },
        ],
        'over',
      );
    },
    hangUp: (id) => step(id, [{ kind: 'hung-up', by: 'caller' }], 'over'),
  };
}
