import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { beforeEach, expect, test } from 'vitest';
import { dispatch } from '../../../src/core/app/dispatch.js';
import { commands } from '../../../src/core/app/handler-registry.js';
import type { Request } from '../../../src/core/chat/exchange.js';
import { formatMoment, formatPeriodEdge } from '../../../src/core/chat/phrasing.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { asId } from '../../../src/core/ids.js';
import { openDatabase } from '../../../src/database/database.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';
import { problemsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

test('an unknown word gets the nearest one and the help', async () => {
  const answer = await company.ask(company.ann, 'hlep');
  expect(textOf(answer)).toContain('“help”');
  expect(textOf(answer)).toContain('/attendant help');
});

test.each([
  ['en', 'reture', 'Did you mean “return”?'],
  ['en', 'trouv', 'I don’t know “trouv”.'],
  ['en', 'x', 'I don’t know “x”.'],
  ['fr', 'report', 'Vouliez-vous dire « retour » ?'],
  ['fr', 'trover', 'Vouliez-vous dire « trouver » ?'],
  ['fr', 'finf', 'Je ne connais pas « finf ».'],
] as const)('a reader in %s who types “%s” is told a word of their own language', async (locale, typed, line) => {
  const text = textOf(await company.ask(company.ada, typed, { locale }));
  expect(text.split('\n')[0]?.replaceAll('\u00a0', ' ')).toContain(line);
});

test.each(['/attendant help', 'attendant: help', '/help', '/attendant /help', '  Help '])(
  '“%s” is the command as well',
  async (typed) => {
    expect(textOf(await company.ask(company.ann, typed))).toMatch(/^What I can do/);
  },
);

test('a name that begins like the command’s is a word of its own', async () => {
  expect(textOf(await company.ask(company.ann, 'attendants'))).toContain('I don’t know “attendants”.');
});

test.each([
  ['en', 'out of office until Friday 5pm'],
  ['en', 'I am out until Friday 5pm'],
  ['en', 'I’m out of office until Friday 5pm'],
  ['en', 'I am out of office until Friday 5pm'],
  ['en', 'I’m out of the office until Friday 5pm'],
  ['en', 'on vacation until Friday 5pm'],
  ['en', 'set out of office until Friday 5pm'],
  ['en', 'vacation until Friday 5pm'],
  ['en', 'sick until Friday 5pm'],
  ['fr', 'je suis absente jusqu’à vendredi 17 h'],
  ['fr', 'absent du bureau jusqu’à vendredi 17 h'],
  ['fr', 'je suis absente du bureau jusqu’à vendredi 17 h'],
  ['fr', 'en vacances jusqu’à vendredi 17 h'],
  ['fr', 'vacances jusqu’à vendredi 17 h'],
  ['fr', 'malade jusqu’à vendredi 17 h'],
] as const)('in %s “%s” is out of office', async (locale, typed) => {
  const text = textOf(await company.ask(company.ann, typed, { locale }));
  expect(text).toMatch(locale === 'fr' ? /^Compris/ : /^Understood/);
});

test('phrases are commands too', async () => {
  expect(textOf(await company.ask(company.ann, 'I am back'))).toContain('You are not out of office.');
  expect(textOf(await company.ask(company.ann, 'je suis de retour'))).toContain('You are not out of office.');
  for (const typed of ['where is Bo', 'who is Bo', 'où est Bo'])
    expect(textOf(await company.ask(company.ann, typed))).not.toContain('Fits in part');
  expect(textOf(await company.ask(company.ann, 'message d’accueil'))).toMatch(/^Greetings/);
  expect(textOf(await company.ask(company.ann, 'message'))).not.toMatch(/^Greetings/);
});

test('each reads in their own language', async () => {
  expect(textOf(await company.ask(company.cleo, 'help'))).toContain('Ce que je sais faire');
  expect(textOf(await company.ask(company.ann, 'aide'))).toContain('What I can do');
  expect(textOf(await company.ask(company.ann, 'help', { locale: 'fr-CA' }))).toContain('Ce que je sais faire');
});

test('help shows what somebody may do, and no more', async () => {
  expect(textOf(await company.ask(company.ann, 'help'))).not.toContain('impersonate');
  expect(textOf(await company.ask(company.ada, 'help'))).toContain('impersonate');
});

test('times are read as people write them, and end no sentence twice', () => {
  const now = new Date('2030-01-14T15:00:00Z');
  const readIn = (locale: 'en' | 'fr') => ({ locale, timeZone: 'America/Toronto', now });
  expect(formatMoment(readIn('en'), new Date('2030-01-14T06:58:00Z'))).toBe('1:58 am');
  expect(formatMoment(readIn('fr'), new Date('2030-01-14T06:58:00Z'))).toMatch(/^1.h.58$/);
  expect(formatPeriodEdge(readIn('fr'), new Date('2030-02-05T05:00:00Z'))).toBe('mar. 5 février');
});

test('the same delivery again does nothing', async () => {
  const first = await company.ask(company.ann, 'help', { id: 'once' });
  const second = await company.ask(company.ann, 'help', { id: 'once' });
  expect([first.kind, second.kind]).toEqual(['say', 'done']);
});

test('nobody without access gets in', async () => {
  expect(textOf(await company.ask(company.nil, 'help'))).toContain('not switched on for you');
});

test('every command has an example in help, in both languages', async () => {
  for (const locale of ['en', 'fr'] as const) {
    const help = textOf(await company.ask(company.ada, 'help', { locale }));
    for (const command of commands) {
      const { example } = command.help(wordsIn(locale));
      expect(help).toContain(`/attendant ${example}`);
      expect(textOf(await company.ask(company.ada, example, { locale }))).not.toMatch(/I don’t know|Je ne connais pas/);
    }
  }
});

test('whatever is typed is shown as text', async () => {
  for (const odd of [
    '<!channel>',
    '<b>x</b>',
    '*bold*',
    'שלום',
    '🧙‍♀️',
    'x'.repeat(1_900),
    '../../etc/passwd',
    "';--",
  ]) {
    const text = textOf(await company.ask(company.ann, odd, { locale: 'en' }));
    expect(text).toContain(`I don’t know “${odd.slice(0, 20)}`);
    expect(text.length).toBeLessThan(5_000);
  }
});

test('a form may be sent again under the same id once its problems are mended', async () => {
  const send = (until: string) => company.submit(company.ann, 'ooo.set', { until }, {}, { id: 'view-1' });
  expect(problemsOf(await send('whenever'))).toHaveProperty('until');
  expect((await send('2030-01-18')).kind).toBe('replace');
  expect((await send('2030-01-18')).kind).toBe('done');
  expect(await company.db.outOfOfficePeriod.count()).toBe(1);
});

test('a button or a form of another version is answered with what to type instead, in both languages', async () => {
  expect(textOf(await company.click(company.dan, 'gone.away'))).toContain('Type “/attendant help”');
  expect(textOf(await company.click(company.dan, 'voicemail.share'))).toContain('Type “/attendant voicemail”');
  expect(textOf(await company.submit(company.dan, 'ooo.plan', {}))).toContain('Type “/attendant status”');
  const old: Request = {
    id: asId(randomUUID()),
    from: { ...company.eve.account, locale: 'fr' },
    kind: 'unknown',
    what: '',
  };
  expect(textOf(await dispatch(company.deps, old))).toContain('/attendant aide');
});

test('while the database is away people are asked to try again in a moment', async () => {
  const request: Request = {
    id: asId(randomUUID()),
    from: { ...company.ann.account, locale: 'fr' },
    kind: 'command',
    text: 'back',
    mentions: [],
  };
  const away = await Promise.all([closedPort(), silentPort()]);
  for (const port of away) {
    const db = openDatabase(`postgres://nobody:x@127.0.0.1:${port}/none`, company.deps.log, { connections: 1 });
    atTheEnd(() => db.$disconnect());
    expect(textOf(await dispatch({ ...company.deps, db }, request))).toContain('Réessayez dans un instant');
  }
});

test('a database that fell silent is not waited for twice', async () => {
  const port = await listening(createServer());
  const db = openDatabase(`postgres://nobody:x@127.0.0.1:${port}/none`, company.deps.log, { connections: 1 });
  const from = company.ann.account;
  const begun = Date.now();
  const request: Request = { id: asId(randomUUID()), from, kind: 'command', text: 'back', mentions: [] };
  expect(textOf(await dispatch({ ...company.deps, db }, request))).toContain('Try again in a moment');
  expect(Date.now() - begun).toBeLessThan(8_000);
});

test('a character that no text can keep is left out', async () => {
  expect(textOf(await company.ask(company.ann, 'find b\0o'))).toContain('Bo Chen');
  const saved = await company.submit(company.dan, 'ooo.set', { until: '2030-01-18', note: 'a\0b' });
  expect(textOf(saved)).toContain('Callers are told: ab');
});

/** A port on which no server listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((closed) => server.close(closed));
  return port;
}

/** A port whose server closes every connection. */
async function silentPort(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  atTheEnd(async () => void server.close());
  return listening(server);
}

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
