import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { examples } from '../../src/core/app/handler-registry.js';
import { installationActor } from '../../src/core/chat/actor.js';
import type { Deps } from '../../src/core/deps.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { mailMessenger } from '../../src/mail/messenger.js';
import { renderMail } from '../../src/mail/render.js';
import { type SmtpMail, smtpMail } from '../../src/mail/smtp.js';
import { root } from '../../src/root-folder.js';
import { wav } from '../support/audio.js';
import { type Company, testCompany } from '../support/company.js';
import { cutOff } from '../support/database-outage.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/ports.js';
import { textOf } from '../support/read.js';
import { sweep } from '../support/tasks.js';

/** A real SMTP server on this machine; `busy` makes it refuse temporarily, and an address with `gone` permanently. */
const inbox: ParsedMail[] = [];
let busy = false;
/** The number of mails after which the connection is cut instead of an answer. */
let drops = 0;
/** The connection is cut before the mail. */
let hangsUp = false;
let whenTaken = async () => {};
const cutConnections = () => {
  for (const connection of server.connections as Set<{ _socket: Socket }>) connection._socket.destroy();
};
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo({ address }, _session, done) {
    if (hangsUp) cutConnections();
    else if (address.startsWith('gone')) done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
    else if (busy) done(Object.assign(new Error('Try later'), { responseCode: 451 }));
    else done();
  },
  onData(stream, _session, done) {
    simpleParser(stream).then((mail) => {
      inbox.push(mail);
      drops -= 1;
      if (drops >= 0) cutConnections();
      else whenTaken().then(() => done(), done);
    }, done);
  },
});

let company: Company;
let deps: Deps;
let mail: SmtpMail;

beforeAll(async () => {
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  mail = smtpMail({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Attendant <attendant@maple.example>' });
  company = await testCompany();
  const messenger = mailMessenger(mail, company.deps.audio);
  deps = {
    ...company.deps,
    mail,
    messengers: {
      forPlatform: (platform) => (platform === 'mail' ? messenger : company.deps.messengers.forPlatform(platform)),
    },
  };
});
afterAll(async () => {
  mail.stop();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
beforeEach(async () => {
  inbox.length = 0;
  [drops, hangsUp] = [0, false];
  await company.db.user.update({ where: { id: company.ann.id }, data: { email: company.ann.email } });
  await wants('app_only');
});

const wants = (notificationType: string) => company.db.user.updateMany({ data: { notificationType } });
const leave = (mailbox = '101', audio = wav(3)) =>
  receiveVoicemail(deps, installationActor(company.tenantId, 'api'), {
    sourceId: crypto.randomUUID(),
    mailbox: { extension: mailbox },
    audio,
    callerName: '<b>Bo</b> & Söhne',
    ani: '+14165550142',
  });
const work = (how?: { twice: boolean }) => company.tasks.work(deps, how);
const addressee = (one: ParsedMail | undefined) => (one?.to as AddressObject | undefined)?.text;

test('somebody who wants e-mail gets one, with the link and without audio', async () => {
  await wants('email_only');
  await leave();
  await work({ twice: true });
  expect(inbox).toHaveLength(1);
  const [one] = inbox;
  expect(addressee(one)).toBe('ann@maple.example');
  expect(one?.from?.text).toBe('"Attendant" <attendant@maple.example>');
  expect(one?.subject).toBe('Voicemail from <b>Bo</b> & Söhne');
  expect(one?.text).toMatch(/Listen \(3 s\): https:\/\/attendant\.example\/v\//);
  expect(one?.text).toContain('Call back: +1 416 555 0142');
  expect(one?.html).toContain('&lt;b>Bo&lt;/b> &amp; Söhne');
  expect(one?.html).not.toContain('<b>');
  expect(one?.html).toContain('<html lang="en">');
  expect(one?.attachments).toEqual([]);
  expect(one?.messageId).toMatch(/^<notice-[\da-f-]{36}@maple\.example>$/);
});

test('somebody who wants the audio too gets it attached', async () => {
  await wants('email_with_attachment');
  await leave();
  await work();
  expect(inbox[0]?.attachments).toMatchObject([
    { filename: 'voicemail-2030-01-14-1000.wav', contentType: 'audio/wav' },
  ]);
  expect(inbox[0]?.attachments[0]?.content).toEqual(wav(3));
});

test('audio that mail programs do not play is attached as plain WAV', async () => {
  await wants('email_with_attachment');
  const { id } = await leave('101', await readFile(`${root}test/payloads/audio/gsm.wav`));
  await work();
  await company.click(company.ann, 'voicemail.export', { voicemail: id });
  await work();
  expect(inbox).toHaveLength(2);
  for (const { attachments } of inbox) expect(attachments[0]?.content.readUInt16LE(20)).toBe(1);
});

test('a missing file keeps no mail back, and an export of it fails at once', async () => {
  await wants('email_with_attachment');
  const { id } = await leave();
  const { recording } = await company.db.voicemail.findUniqueOrThrow({ where: { id }, include: { recording: true } });
  await company.deps.recordings.remove(recording?.storageKey ?? '');
  await work();
  expect(inbox[0]?.subject).toContain('Voicemail from');
  expect(inbox[0]?.attachments).toEqual([]);
  await company.click(company.ann, 'voicemail.export', { voicemail: id });
  await work();
  expect(await company.db.export.findFirst({ where: { voicemailId: id } })).toMatchObject({ status: 'failed' });
});

test('somebody who wants only the app gets no mail', async () => {
  await leave();
  await work();
  expect(inbox).toEqual([]);
});

test('somebody who chose nothing gets mail until a chat account is linked', async () => {
  const { ann, db, tenantId } = company;
  await db.user.updateMany({ data: { notificationType: null } });
  await leave();
  await work();
  expect(inbox).toEqual([]);

  await db.account.deleteMany({ where: { userId: ann.id } });
  await leave();
  await work({ twice: true });
  expect(inbox).toHaveLength(1);
  await db.account.create({ data: { ...ann.account, tenantId, userId: ann.id, linkedBy: 'email' } });
});

test('a mail stands as it was sent: what changes later makes no second one', async () => {
  await wants('email_only');
  const { id } = await leave();
  await work();
  await company.click(company.ann, 'voicemail.handled', { voicemail: id });
  await work();
  expect(inbox).toHaveLength(1);
  expect(textOf(company.cardsOf(company.ann).at(-1))).toContain('Handled');
});

test('a server that is busy gets the mail later; the chat card does not wait', async () => {
  await wants('email_only');
  busy = true;
  const before = company.cardsOf(company.ann).length;
  await leave();
  await expect(work()).rejects.toThrow('everywhere');
  expect(company.cardsOf(company.ann)).toHaveLength(before + 1);
  busy = false;
  company.clock.forward({ minutes: 1 });
  await work();
  expect(inbox).toHaveLength(1);
  expect(company.cardsOf(company.ann)).toHaveLength(before + 1);
});

test('an address that does not exist is on record as unreachable', async () => {
  await wants('email_only');
  await company.db.user.update({ where: { id: company.bo.id }, data: { email: 'gone@maple.example' } });
  await leave('102');
  await work();
  const posting = await company.db.posting.findFirstOrThrow({ where: { platform: 'mail', status: 'unreachable' } });
  expect(posting).toMatchObject({ address: 'gone@maple.example' });
  expect(posting.why).toContain('No such mailbox');
});

test('“E-mail me” sends the message to oneself through the real server, once', async () => {
  const { id } = await leave();
  await work();
  await company.click(company.ann, 'voicemail.export', { voicemail: id });
  await work({ twice: true });
  expect(inbox).toHaveLength(1);
  expect(addressee(inbox[0])).toBe('ann@maple.example');
  expect(inbox[0]?.messageId).toMatch(/^<export-/);
  expect(inbox[0]?.attachments[0]?.content).toEqual(wav(3));
});

test('an export that the server will not take is tried again, and in the end said', async () => {
  const { id } = await leave();
  await work();
  await company.db.user.update({ where: { id: company.ann.id }, data: { email: 'gone-ann@maple.example' } });
  await company.click(company.ann, 'voicemail.export', { voicemail: id });
  for (let attempt = 1; attempt < 8; attempt += 1) {
    await expect(work()).rejects.toThrow();
    company.clock.forward({ minutes: 1 });
  }
  await work();
  expect(await company.db.export.findFirst({ where: { voicemailId: id } })).toMatchObject({ status: 'failed' });
  expect(textOf(company.cardsOf(company.ann).at(-1))).toContain('Could not be e-mailed to gone-ann@maple.example');
});

test('every card can be mailed, in both languages, and says nothing in markup of its own', () => {
  for (const { view } of examples) {
    for (const locale of ['en', 'fr'] as const) {
      const card = view(locale);
      if (!('blocks' in card)) continue;
      const { subject, text, html } = renderMail(card, locale, { homeUrl: 'https://attendant.example' });
      expect(subject.length).toBeLessThanOrEqual(150);
      expect(text.trim()).not.toBe('');
      expect(html).not.toMatch(/<b>|<i>/);
      // A program that shows the text alone does not glue a label to its value, or a button to the next.
      expect(html).not.toMatch(/<\/(td|th|a)><(td|th|a)\b/);
      // Who is asked something can answer: by a button of the mail, or in the browser.
      const isAsked = card.blocks.some((block) => block.kind === 'buttons' && block.buttons.length > 0);
      if (isAsked) expect(html).toMatch(/<a href="https?:/);
    }
  }
});

test('a mail whose answer was lost is sent at most once more, under the same id', async () => {
  await wants('email_only');
  await leave();
  drops = 5;
  await expect(work()).rejects.toThrow('everywhere');
  for (let minutes = 0; minutes < 5; minutes += 1) {
    company.clock.forward({ minutes: 2 });
    await sweep(deps);
    await work();
  }
  drops = 0;
  expect(inbox).toHaveLength(2);
  expect(new Set(inbox.map(({ messageId }) => messageId)).size).toBe(1);
  expect(await company.db.posting.findFirst({ where: { platform: 'mail' }, orderBy: { at: 'desc' } })).toMatchObject({
    status: 'sent',
  });
});

test('an export whose answer was lost is sent at most once more, and then counts as sent', async () => {
  const { id } = await leave();
  await work();
  await company.click(company.ann, 'voicemail.export', { voicemail: id });
  drops = 5;
  await expect(work()).rejects.toThrow('outcome unknown');
  for (let minutes = 0; minutes < 5; minutes += 1) {
    company.clock.forward({ minutes: 2 });
    await sweep(deps);
    await work();
  }
  drops = 0;
  expect(inbox).toHaveLength(2);
  expect(await company.db.export.findFirst({ where: { voicemailId: id } })).toMatchObject({
    status: 'done',
    attempts: 2,
  });
});

test('a connection that breaks before the mail is through costs no try', async () => {
  const { id } = await leave();
  await work();
  await company.click(company.ann, 'voicemail.export', { voicemail: id });
  hangsUp = true;
  await expect(work()).rejects.toThrow();
  hangsUp = false;
  expect(await company.db.export.findFirst({ where: { voicemailId: id } })).toMatchObject({
    status: 'waiting',
    unsure: false,
  });
  company.clock.forward({ minutes: 2 });
  await work();
  expect(inbox).toHaveLength(1);
});

test('an export that the server took while the database went away is recorded when it is back, and sent once', async () => {
  const { id } = await leave();
  await work();
  await company.click(company.ann, 'voicemail.export', { voicemail: id });
  let letIn = async () => {};
  whenTaken = async () => {
    letIn = await cutOff(company.databaseUrl);
  };
  const working = work();
  await eventually(() => expect(inbox).toHaveLength(1));
  whenTaken = async () => {};
  await wait(1500);
  await letIn();
  await working;
  expect(await company.db.export.findFirst({ where: { voicemailId: id } })).toMatchObject({
    status: 'done',
    attempts: 1,
  });
  company.clock.forward({ minutes: 5 });
  await sweep(deps);
  await work();
  expect(inbox).toHaveLength(1);
});

test('an e-mail about a message can be stopped from the mail program, and stands in the thread of its message', async () => {
  await wants('email_only');
  const { id } = await leave();
  await work();
  const [one] = inbox;
  expect(one?.headers.get('auto-submitted')).toBe('auto-generated');
  expect(one?.references).toBe(`<message-${id}@maple.example>`);
  expect(one?.inReplyTo).toBe(`<message-${id}@maple.example>`);
  const list = one?.headers.get('list') as unknown as { unsubscribe: { url: string }; 'unsubscribe-post': unknown };
  expect(list.unsubscribe.url).toMatch(/^https:\/\/attendant\.example\/unsubscribe\/[\w.-]+$/);
  expect(one?.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line).toBe(
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  );
  expect(one?.text).toContain(`Stop these e-mails: ${list.unsubscribe.url}`);
  expect(one?.html).toContain(list.unsubscribe.url);
});

test('a notice with nothing to open leads to the browser; a message leads to its page', async () => {
  const { ann, bo, db, tenantId } = company;
  await wants('email_only');
  const { id } = await leave();
  await work();
  expect(inbox[0]?.text).not.toContain('Open Attendant');
  await db.user.update({ where: { id: bo.id }, data: { email: bo.email, notificationType: 'email_only' } });
  await db.mailboxMember.create({ data: { tenantId, ownerId: ann.id, userId: bo.id, level: 'handle' } });
  await company.click(ann, 'voicemail.claim', { voicemail: id });
  await company.submit(ann, 'voicemail.hand-over', { user: bo.id }, { voicemail: id });
  await work();
  const told = inbox.find(({ subject }) => subject?.startsWith('A voicemail was handed to you'));
  expect(addressee(told)).toBe(bo.email);
  expect(told?.text).toContain('Open Attendant: https://attendant.example');
  expect(told?.html).toContain('<a href="https://attendant.example"');
});
