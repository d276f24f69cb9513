import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApiKey, createMailKey, revokeApiKey } from '../../../src/core/api-keys/api-keys.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { Deps } from '../../../src/core/deps.js';
import { mailAdapter, type SenderLimits } from '../../../src/ingest/listen.js';
import { root } from '../../../src/root-folder.js';
import { wav } from '../../support/audio.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/ports.js';

const domain = 'voicemail.maple.example';

let company: Company;
let other: Company;
let key: string;
let othersKey: string;
let port: number;
beforeAll(async () => {
  company = await testCompany();
  other = await testCompany({ numberless: true });
  key = await createMailKey(company.deps, installationActor(company.tenantId, 'cli'));
  othersKey = await createMailKey(other.deps, installationActor(other.tenantId, 'cli'));
  port = await open(company.deps);
});

async function open(deps: Deps, limits?: Partial<SenderLimits>): Promise<number> {
  const port = await freePort();
  const adapter = mailAdapter(deps, { host: '127.0.0.1', port, domain }, limits);
  await adapter.start?.();
  atTheEnd(async () => adapter.stop?.());
  return port;
}

/** What Asterisk sends with its own subject and body. */
const ofAsterisk = (to: string, more: SendMailOptions = {}): SendMailOptions => ({
  from: 'Asterisk PBX <asterisk@pbx.maple.example>',
  to,
  subject: '[PBX]: New message 3 in mailbox 101',
  messageId: `<Asterisk-3-${randomUUID()}-101-812@pbx>`,
  text:
    'Dear Ann Baker:\n\n\tJust wanted to let you know you were just left a 0:04 long message (number 3)\n' +
    'in mailbox 101 from "Lou Marsh" <4165550177>, on Monday, January 14, 2030 at 09:58:00 AM so you might\n' +
    'want to check it when you get a chance.  Thanks!\n\n\t\t\t\t--Asterisk\n\n',
  attachments: [{ filename: 'msg0003.wav', contentType: 'audio/x-wav', content: wav(4) }],
  ...more,
});

/** The reply code to a mail: 250, or that of the refusal, with its words. */
async function send(mail: SendMailOptions, at = port): Promise<{ code: number; words: string }> {
  const transport = createTransport({ host: '127.0.0.1', port: at, ignoreTLS: true });
  company.clock.forward({ seconds: 1 });
  try {
    const { response } = await transport.sendMail(mail);
    return { code: Number(response.slice(0, 3)), words: response };
  } catch (error) {
    const { responseCode, response } = error as { responseCode?: number; response?: string };
    if (responseCode === undefined) throw error;
    return { code: responseCode, words: response ?? '' };
  } finally {
    transport.close();
  }
}

const messagesOf = (userId: string, of = company) =>
  of.db.voicemail.findMany({ where: { userId }, include: { recording: true }, orderBy: { createdAt: 'asc' } });
const lastOf = async (userId: string, of = company) => (await messagesOf(userId, of)).at(-1);

async function filesOf({ deps, tenantId }: Company): Promise<number> {
  let files = 0;
  for await (const key of deps.recordings.list()) if (key.startsWith(tenantId)) files += 1;
  return files;
}

describe('a phone system mails a voicemail', () => {
  test('it is in the mailbox with its caller and its card when the sender hears 250', async () => {
    company.clock.set('2030-01-14T15:00:00Z');
    const date = new Date('2030-01-14T14:58:00Z');
    expect(await send(ofAsterisk(`101.${key}@${domain}`, { date }))).toMatchObject({ code: 250 });

    const message = await lastOf(company.ann.id);
    expect(message).toMatchObject({ ani: '+14165550177', callerName: 'Lou Marsh', receivedAt: date });
    expect(message?.durationSeconds).toBeCloseTo(4, 1);
    const notices = await company.db.notice.findMany({ where: { subjectId: message?.id ?? '' } });
    expect(notices).toMatchObject([{ userId: company.ann.id, kind: 'voicemail.arrived' }]);
  });

  test('the same message again is answered 250 and stored once, at the same moment too', async () => {
    const before = (await messagesOf(company.ann.id)).length;
    const files = await filesOf(company);
    const mail = ofAsterisk(`101.${key}@${domain}`);
    const codes = await Promise.all([send(mail), send(mail), send(mail)]);
    expect(codes.map(({ code }) => code)).toEqual([250, 250, 250]);
    expect(await send(mail)).toMatchObject({ code: 250 });
    expect(await messagesOf(company.ann.id)).toHaveLength(before + 1);
    expect(await filesOf(company)).toBe(files + 1);
  });

  test.each([
    ['<>', 3],
    ['< >', 5],
    [' ', 7],
  ])('two mails whose Message-ID is “%s” are two messages', async (id, shortest) => {
    const before = (await messagesOf(company.ann.id)).length;
    for (const seconds of [shortest, shortest + 1]) {
      const { messageId: _, ...mail } = ofAsterisk(`101.${key}@${domain}`);
      const attachments = [{ filename: 'msg.wav', contentType: 'audio/x-wav', content: wav(seconds) }];
      // Written out, because the library replaces an empty Message-ID by one of its own.
      const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({
        ...mail,
        attachments,
      });
      const raw = (message as Buffer).toString('latin1').replace(/^Message-ID: .*$/m, `Message-ID: ${id}`);
      const envelope = { from: 'pbx@pbx.maple.example', to: `101.${key}@${domain}` };
      expect(await send({ envelope, raw: Buffer.from(raw, 'latin1') })).toMatchObject({ code: 250 });
    }
    expect(await messagesOf(company.ann.id)).toHaveLength(before + 2);
  });

  test('a copy for another mailbox is a message of its own', async () => {
    const mail = ofAsterisk(`102.${key}@${domain}`);
    await send(mail);
    await send({ ...mail, to: `100.${key}@${domain}` });
    expect(await messagesOf(company.bo.id)).toHaveLength(1);
    expect(await messagesOf(company.ada.id)).toHaveLength(1);
  });

  test.each([
    ['an extension, in capitals', () => `101.${key.toUpperCase()}@${domain.toUpperCase()}`],
    ['a direct number', () => `+14165550101.${key}@${domain}`],
    ['a national direct number', () => `4165550101.${key}@${domain}`],
    ['an e-mail address', () => `${company.ann.email.replace('@', '=')}.${key}@${domain}`],
  ])('the mailbox is named by %s', async (_, address) => {
    const before = (await messagesOf(company.ann.id)).length;
    expect(await send(ofAsterisk(address()))).toMatchObject({ code: 250 });
    expect(await messagesOf(company.ann.id)).toHaveLength(before + 1);
  });

  test.each([
    [
      'its headers',
      { headers: { 'X-Asterisk-CallerID': '4165550178', 'X-Asterisk-CallerIDName': 'Mia Fox' } },
      '+14165550178',
      'Mia Fox',
    ],
    [
      'a line of FreePBX',
      {
        text: 'ANN,\n\nThere is a new voicemail in mailbox 101:\n\n\tFrom:\t"MIA FOX" <14165550178>\n\tLength:\t0:04 seconds\n',
      },
      '+14165550178',
      'MIA FOX',
    ],
    ['a French line', { text: 'Nouveau message\nDe : Mia Fox <4165550178>\nDurée : 0:04' }, '+14165550178', 'Mia Fox'],
    ['the subject', { subject: 'Voicemail from 416-555-0178', text: '' }, '+14165550178', ''],
    [
      'a caller without a number',
      { text: 'you were just left a 0:04 long message (number 3)\nin mailbox 101 from an unknown caller, on Monday' },
      '',
      'an unknown caller',
    ],
    ['nothing', { subject: 'hello', text: 'hello' }, '', ''],
  ] as const)('the caller is read from %s', async (_, more, ani, callerName) => {
    expect(await send(ofAsterisk(`101.${key}@${domain}`, more))).toMatchObject({ code: 250 });
    expect(await lastOf(company.ann.id)).toMatchObject({ ani, callerName });
  });

  test('wav49, as Asterisk prefers it, is taken and is playable; a picture beside it is skipped', async () => {
    const gsm = await readFile(join(root, 'test', 'payloads', 'audio', 'gsm.wav'));
    const logo = { filename: 'logo.png', contentType: 'image/png', content: Buffer.alloc(2000, 7) };
    const attachments = [logo, { filename: 'msg0003.WAV', contentType: 'audio/x-WAV', content: gsm }];
    expect(await send(ofAsterisk(`101.${key}@${domain}`, { attachments }))).toMatchObject({ code: 250 });
    const { recording } = (await lastOf(company.ann.id)) ?? {};
    expect((await company.deps.audio.playable(recording as never)).content.subarray(0, 4).toString()).toBe('RIFF');
  });

  test('what the caller marked as urgent is urgent', async () => {
    await send(ofAsterisk(`101.${key}@${domain}`, { headers: { 'X-Asterisk-VM-Flag': 'Urgent' } }));
    expect(await lastOf(company.ann.id)).toMatchObject({ urgent: true });
    await send(ofAsterisk(`101.${key}@${domain}`));
    expect(await lastOf(company.ann.id)).toMatchObject({ urgent: false });
  });

  test('a date in the future or long past is not believed', async () => {
    for (const date of [new Date('2031-01-01'), new Date('1971-01-01')]) {
      await send(ofAsterisk(`101.${key}@${domain}`, { date }));
      expect((await lastOf(company.ann.id))?.receivedAt).toEqual(company.clock.now());
    }
  });
});

describe('who may write, and where to', () => {
  test.each([
    ['no key', () => `101@${domain}`],
    ['a key that was never made', () => `101.${'a'.repeat(24)}@${domain}`],
    ['another domain', () => `101.${key}@elsewhere.example`],
    ['an extension of nobody', () => `177.${key}@${domain}`],
    ['a person without access', () => `${company.nil.email.replace('@', '=')}.${key}@${domain}`],
    ['SQL', () => `101'--.${key}@${domain}`],
  ])('%s is refused in the same words', async (_, address) => {
    expect(await send(ofAsterisk(address()))).toMatchObject({
      code: 550,
      words: expect.stringContaining('There is no such mailbox'),
    });
  });

  test('a key opens its own company only', async () => {
    const before = (await messagesOf(company.ann.id)).length;
    const theirs = (await messagesOf(other.ann.id, other)).length;
    await send(ofAsterisk(`${other.ann.email.replace('@', '=')}.${othersKey}@${domain}`));
    expect(await messagesOf(other.ann.id, other)).toHaveLength(theirs + 1);
    expect(await messagesOf(company.ann.id)).toHaveLength(before);
  });

  test('a revoked key, and a key to the JSON API, are refused', async () => {
    const actor = installationActor(company.tenantId, 'cli');
    const revoked = await createMailKey(company.deps, actor);
    await revokeApiKey(company.deps, actor, revoked.slice(0, 6));
    const api = await createApiKey(company.deps, actor);
    expect(await send(ofAsterisk(`101.${revoked}@${domain}`))).toMatchObject({ code: 550 });
    expect(await send(ofAsterisk(`101.${api}@${domain}`))).toMatchObject({ code: 550 });
  });

  test('nothing is relayed, and one message names one mailbox', async () => {
    expect(await send(ofAsterisk('someone@elsewhere.example'))).toMatchObject({ code: 550 });
    const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
    const both = [`101.${key}@${domain}`, `102.${key}@${domain}`];
    const { accepted, rejectedErrors } = await transport.sendMail(ofAsterisk(both.join(', ')));
    expect(accepted).toEqual([both[0]]);
    expect(rejectedErrors).toMatchObject([{ responseCode: 452 }]);
  });
});

describe('what cannot be a voicemail', () => {
  test.each([
    ['no attachment', { attachments: [] }, 554, 'no recording'],
    ['text named wav', { attachments: [{ filename: 'a.wav', content: 'not audio at all' }] }, 554, 'cannot be played'],
    ['an empty file', { attachments: [{ filename: 'a.wav', content: Buffer.alloc(0) }] }, 554, 'cannot be played'],
    [
      'two recordings',
      { attachments: [1, 2].map((n) => ({ filename: `${n}.wav`, content: wav(3) })) },
      554,
      'one recording',
    ],
    [
      'eleven minutes',
      { attachments: [{ filename: 'a.wav', content: wav(660, { samplesPerSecond: 8000 }) }] },
      552,
      '10 minutes',
    ],
    [
      '26 MB',
      { attachments: [{ filename: 'a.wav', content: Buffer.concat([wav(1), Buffer.alloc(26 * 1024 * 1024)]) }] },
      552,
      '',
    ],
  ])('%s is refused with words, and nothing is left', async (_, more, code, words) => {
    const before = await filesOf(company);
    const messages = (await messagesOf(company.ann.id)).length;
    const reply = await send(ofAsterisk(`101.${key}@${domain}`, more));
    expect(reply).toMatchObject({ code, words: expect.stringContaining(words) });
    expect(await messagesOf(company.ann.id)).toHaveLength(messages);
    expect(await filesOf(company)).toBe(before);
  });
});

test('a full disk and a database that is away are answered 451; sent again, the message is stored once', async () => {
  const before = (await messagesOf(company.ann.id)).length;
  let broken: 'disk' | 'database' | undefined = 'disk';
  const away = (code: string) => Promise.reject(Object.assign(new Error('away'), { code }));
  const recordings: Deps['recordings'] = {
    ...company.deps.recordings,
    put: (...wish) => (broken === 'disk' ? away('ENOSPC') : company.deps.recordings.put(...wish)),
  };
  const db = new Proxy(company.deps.db, {
    get: (target, name) =>
      broken === 'database' && name === 'apiKey' ? { findUnique: () => away('P1001') } : Reflect.get(target, name),
  });
  const at = await open({ ...company.deps, recordings, db });
  const mail = ofAsterisk(`101.${key}@${domain}`);

  expect(await send(mail, at)).toMatchObject({ code: 451 });
  broken = 'database';
  await expect(send(mail, at)).resolves.toMatchObject({ code: 451 });
  broken = undefined;
  expect(await send(mail, at)).toMatchObject({ code: 250 });
  expect(await messagesOf(company.ann.id)).toHaveLength(before + 1);
});

describe('a sender that means harm', () => {
  /** A connection by hand. */
  async function dial(
    at = port,
  ): Promise<{ socket: Socket; said(): string; hears(reply: RegExp): Promise<void>; ends(): Promise<void> }> {
    const socket = connect(at, '127.0.0.1');
    let said = '';
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('error', () => {});
    const hears = (reply: RegExp) => eventually(() => expect(said).toMatch(reply), 5);
    await hears(/^(220|421) /m);
    const ends = () => eventually(() => expect(socket.destroyed).toBe(true));
    return { socket, said: () => said, hears, ends };
  }

  /** A connection that has been told to send its message. */
  async function atData(at = port, size = '') {
    const line = await dial(at);
    line.socket.write(`EHLO pbx\r\nMAIL FROM:<a@b.example>${size}\r\nRCPT TO:<101.${key}@${domain}>\r\nDATA\r\n`);
    await line.hears(/^354/m);
    return line;
  }

  const head = 'Message-ID: <x@y>\r\nContent-Type: audio/x-wav\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  const base64 = (audio: Buffer) => `${audio.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`;

  test('that hangs up in the middle of a recording leaves nothing behind', async () => {
    const files = await filesOf(company);
    const messages = (await messagesOf(company.ann.id)).length;
    const { socket } = await atData();
    socket.write(head + base64(wav(20)).slice(0, 100_000));
    socket.destroy();
    await send(ofAsterisk(`101.${key}@${domain}`));
    await eventually(async () => expect(await filesOf(company)).toBe(files + 1));
    expect(await messagesOf(company.ann.id)).toHaveLength(messages + 1);
  });

  test('that drips a byte now and then loses its turn, and its connection', async () => {
    const at = await open(company.deps, { messageSeconds: 0.3, connectionSeconds: 4 });
    const { socket, hears, ends } = await atData(at);
    socket.write(head);
    const drip = setInterval(() => socket.write('A'), 20);
    try {
      await hears(/^451/m);
      await ends();
    } finally {
      clearInterval(drip);
    }
  });

  test('that sends more than it announced, or announces too much, is refused', async () => {
    const { socket, hears } = await atData(port, ' SIZE=1000');
    socket.write(`${head + base64(wav(20))}.\r\n`);
    await hears(/^552/m);

    const line = await dial();
    line.socket.write(`EHLO pbx\r\nMAIL FROM:<a@b.example> SIZE=900000000\r\n`);
    await line.hears(/^552/m);
  });

  test.each([
    ['a megabyte of header lines', () => `${'X-A: b\r\n'.repeat(150_000)}\r\n`, 554],
    ['one header without an end', () => `X-A: ${'b'.repeat(1_000_000)}\r\n\r\n`, 554],
    ['a hundred levels of nesting', () => nested(100), 554],
    ['text beyond any template', () => `Content-Type: text/plain\r\n\r\n${'lorem ipsum\r\n'.repeat(250_000)}`, 552],
    ['nothing', () => '', 554],
    [
      'bytes that are no mail',
      () => `${String.fromCharCode(...Array.from({ length: 255 }, (_, n) => (n % 254) + 1))}`,
      554,
    ],
  ])('%s is refused, and the next message is taken', async (_, mail, code) => {
    const { socket, hears } = await atData();
    socket.write(`${mail()}\r\n.\r\n`);
    await hears(new RegExp(`^${code}`, 'm'));
    expect(await send(ofAsterisk(`101.${key}@${domain}`))).toMatchObject({ code: 250 });
  });

  function nested(levels: number): string {
    const open = Array.from(
      { length: levels },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    );
    return `${open.join('')}${head}${base64(wav(3))}`;
  }

  test('that opens too many connections is told so, and others are served when they close', async () => {
    const at = await open(company.deps, { connectionsOfAddress: 3 });
    const lines = [await dial(at), await dial(at), await dial(at)];
    const fourth = await dial(at);
    await fourth.hears(/^421/m);
    for (const { socket } of [...lines, fourth]) socket.destroy();
    await eventually(async () =>
      expect(await send(ofAsterisk(`101.${key}@${domain}`), at)).toMatchObject({ code: 250 }),
    );
  });

  test('that guesses keys is looked up no more, and wrong mailboxes of a right key close nothing', async () => {
    const at = await open(company.deps);
    const rcpt = (mailbox: string, of: string) => `RCPT TO:<${mailbox}.${of}@${domain}>\r\n`;
    const known = await dial(at);
    known.socket.write(`EHLO pbx\r\nMAIL FROM:<a@b.example>\r\n${rcpt('9999', key).repeat(100)}${rcpt('101', key)}`);
    await known.hears(/^250 .*Accepted/m);

    const guesser = await dial(at);
    guesser.socket.write(`EHLO pbx\r\nMAIL FROM:<a@b.example>\r\n${rcpt('101', 'guess').repeat(100)}`);
    await guesser.hears(/^421 /m);
    await guesser.ends();
    expect(guesser.said().match(/^550 /gm)?.length).toBeLessThan(70);

    const again = await dial(at);
    again.socket.write(`EHLO pbx\r\nMAIL FROM:<a@b.example>\r\n${rcpt('101', 'guess')}`);
    await again.hears(/^421 /m);
    known.socket.destroy();
  });

  test('an endless command, and a hundred wrong ones, end the connection', async () => {
    const long = await dial();
    long.socket.write('EHLO '.padEnd(100_000, 'a'));
    await long.ends();
    const wrong = await dial();
    wrong.socket.write('EHLO pbx\r\n'.concat('FOO\r\n'.repeat(100)));
    await wrong.ends();
  });

  test('no encryption is offered with a key that everybody has, and no password is asked for', async () => {
    const line = await dial();
    line.socket.write('EHLO pbx\r\n');
    await line.hears(/^250[ -]SIZE \d{8}/m);
    expect(line.said()).not.toMatch(/STARTTLS|AUTH/);
  });
});
