import { beforeAll, expect, test } from 'vitest';
import type { CallStep, LegOutcome, SimulatedCall } from '../../../src/phone/simulator/call.types.js';
import { lineOf } from '../../../src/phone/simulator/make-call.js';
import { wav } from '../../support/audio.js';
import { main } from '../../support/phone.js';
import { accessNumber, annsPin, type MenuCompany, menuCompany } from '../../support/phone-menu.js';

/*
 * Calls from the first word to the last, in both languages, as docs/heard-calls.md shows them: so that prompts are read in
 * their order before they are changed. After a change: `npx vitest run test/adapters/phone/heard-calls.test.ts -u`, and read
 * the file aloud.
 */

/** Keys, words, a message of so many seconds, or the outcome of a phone that rings. */
type Move =
  | { readonly keys: string }
  | { readonly say: string }
  | { readonly message: number }
  | { readonly phone: LegOutcome };
const keys = (...all: readonly string[]): readonly Move[] => all.map((text) => ({ keys: text }));
const say = (text: string): Move => ({ say: text });
const message = (seconds: number): Move => ({ message: seconds });
const silence: Move = { keys: '' };

interface HeardCall {
  readonly title: string;
  readonly to: string;
  readonly from?: string;
  readonly moves: readonly Move[];
}

const signedIn = (title: string, ...moves: readonly Move[]): HeardCall => ({
  title,
  to: accessNumber,
  moves: [...keys('101', annsPin), ...moves],
});

const heardCalls = (no: string): readonly HeardCall[] => [
  {
    title: 'A caller leaves a message',
    to: main,
    moves: [
      say('Bo Chen'),
      ...keys('1'),
      { phone: 'no-answer' },
      message(4),
      ...keys('2', '3'),
      message(5),
      ...keys('4'),
    ],
  },
  {
    title: 'A caller is not understood',
    to: main,
    moves: [say('xylophone'), say('Ann Baker'), ...keys('7'), say(no), { phone: 'no-answer' }],
  },
  { title: 'A caller enters letters of a name', to: main, moves: [...keys('2436', '2', '#')] },
  signedIn('Phone menu: messages', ...keys('9', '0', '1', '0', '6', '7', '3', '3', '5', '8', '2', '#', '*')),
  signedIn('Phone menu: forward', ...keys('2', '4', '999', '102', '2'), message(3), ...keys('2', '1', '*')),
  signedIn(
    'Phone menu: greetings',
    ...keys('3', '1', '1'),
    message(3),
    ...keys('2', '1', '3', '*', '2', '1'),
    message(0.1),
  ),
  {
    title: 'Phone menu: from one’s own number, out of office and PIN',
    to: accessNumber,
    from: '+14165550191',
    moves: keys('#', '0000', '#', annsPin, '4', '1', '4', '1', '5', '1234', '8135', '8136', '8135', '8135'),
  },
  {
    title: 'Phone menu: keys typed ahead, then silence',
    to: accessNumber,
    moves: [...keys('101#8135#2'), silence, silence, silence],
  },
];

const wordForNo = { en: 'no', fr: 'non' } as const;
const languages = ['en', 'fr'] as const;
const sections = new Map<string, string>();

beforeAll(async () => {
  for (const language of languages) sections.set(language, await section(language));
}, 120_000);

test('calls are heard as docs/heard-calls.md says', async () => {
  const head = [
    '# Calls as they are heard',
    'Written by `npx vitest run test/adapters/phone/heard-calls.test.ts -u`. Read it aloud when you change what is said. “…” stands for sentences that were heard before.',
  ];
  const text = [...head, ...languages.map((language) => sections.get(language))].join('\n\n');
  await expect(`${text}\n`).toMatchFileSnapshot('../../../docs/heard-calls.md');
});

async function section(language: 'en' | 'fr'): Promise<string> {
  const menu = await menuCompany({ tenant: { language, languageKey: true } });
  await menu.company.db.user.updateMany({ data: { language } });
  await menu.company.db.tenant.update({
    where: { id: menu.company.tenantId },
    data: { operatorId: menu.company.dan.id },
  });
  await menu.message(4);
  await menu.message(75, { callerName: '', ani: '' });
  menu.company.clock.forward({ hours: 30 });
  const calls: string[] = [];
  const heard = new Set<string>();
  for (const call of heardCalls(wordForNo[language])) calls.push(await linesOf(menu, call, heard));
  expect(menu.provider.problems).toEqual([]);
  return [`## ${language === 'en' ? 'English' : 'Français'}`, ...calls].join('\n\n');
}

async function linesOf(
  { provider: { phone } }: MenuCompany,
  { title, to, from = '+15145550123', moves }: HeardCall,
  heard: Set<string>,
) {
  let call = await phone.start({ from, to });
  for (const move of moves) call = await next(call.id, move);
  if (call.expects !== 'over') call = await phone.hangUp(call.id);
  const lines = inOneBreath(call.heard).map((step) => `- ${lineOf(onlyNew(step, heard)).trim()}`);
  return [`### ${title}`, '', ...lines].join('\n');

  function next(id: string, move: Move): Promise<SimulatedCall> {
    if ('keys' in move) return phone.press(id, move.keys);
    if ('say' in move) return phone.speak(id, move.say);
    return 'message' in move ? phone.leave(id, wav(move.message), 'key') : phone.decide(id, move.phone);
  }
}

/** One step for all that is said in a row. */
function inOneBreath(steps: readonly CallStep[]): readonly CallStep[] {
  const joined: CallStep[] = [];
  for (const step of steps) {
    const before = joined.at(-1);
    if (step.kind === 'said' && before?.kind === 'said' && before.to === step.to)
      joined[joined.length - 1] = { ...before, text: `${before.text} ${step.text}` };
    else joined.push(step);
  }
  return joined;
}

/** What is said, with “…” for the sentences that were heard before. */
function onlyNew(step: CallStep, heard: Set<string>): CallStep {
  if (step.kind !== 'said') return step;
  const told = step.text.split(/(?<=[.?!]) /).map((sentence) => {
    const isNew = !heard.has(sentence);
    heard.add(sentence);
    return isNew ? sentence : '…';
  });
  return { ...step, text: told.filter((one, at) => one !== '…' || told[at - 1] !== '…').join(' ') };
}
