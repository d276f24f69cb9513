import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { Card } from '../../../src/core/chat/view.js';
import { UserError } from '../../../src/core/errors.js';
import type { VoicemailId } from '../../../src/core/ids.js';
import type { IncomingVoicemail } from '../../../src/core/voicemail/arrival/incoming-voicemail.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { markHeard } from '../../../src/core/voicemail/mailbox/mark-heard.js';
import { openPlayer } from '../../../src/core/voicemail/sharing/player-link.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../../support/read.js';
import { bytesOf } from '../../support/recordings.js';

let company: Company;
let message: VoicemailId;

beforeEach(async () => {
  company = await testCompany({ platforms: ['chat', 'other'] });
});

/** A message of Cléo's for Ann, with its card in Ann's chats. */
beforeEach(async () => {
  message = await leave({});
  await company.work();
});

async function leave(incoming: Partial<IncomingVoicemail>): Promise<VoicemailId> {
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: crypto.randomUUID(),
    mailbox: { extension: '101' },
    audio: wav(4),
    ani: '+1 416 555 0142',
    callerName: 'Cleo from the bank',
    ...incoming,
  });
  return id;
}

const cardIn = (person: Person, platform: string): Card | undefined => company.cardsOf(person, platform).at(-1);
const newest = (person: Person): Card | undefined => cardIn(person, 'chat');
const actorOf = (person: Person) =>
  ({ kind: 'self', tenantId: company.tenantId, userId: person.id, role: 'member', via: 'web' }) as const;
const row = (id: string) => company.db.voicemail.findUniqueOrThrow({ where: { id } });
const lines = async (subjectId: string) =>
  (await company.audit()).filter((line) => line.subjectId === subjectId).map(({ event }) => event);

function tokenOn(card: Card | undefined): string {
  const audio = card?.blocks.find((block) => block.kind === 'audio')?.audio;
  return audio?.url.replace('https://attendant.example/v/', '') ?? '';
}

describe('a message arrives', () => {
  test('with who, when in the reader’s zone, how long, and what can be done', () => {
    const card = newest(company.ann);
    expect(textOf(card)).toContain('Voicemail from Cleo from the bank');
    expect(textOf(card)).toContain('Call back: +1 416 555 0142');
    expect(textOf(card)).toContain('Received: 10:00');
    expect(textOf(card)).toContain('Length: 4 s');
    expect(card?.summary).toBe('Voicemail from Cleo from the bank, 4 s');
    expect(buttonsOf(card).map(({ action }) => action)).toEqual([
      'voicemail.forward',
      'voicemail.export',
      'voicemail.handled',
      'voicemail.delete',
      'caller.block',
    ]);
    expect(textOf(cardIn(company.ann, 'other'))).toBe(textOf(card));
  });

  test('a colleague’s number has the colleague’s name', async () => {
    await leave({ ani: '(416) 555-0192', callerName: 'WIRELESS CALLER' });
    await company.work();
    expect(textOf(newest(company.ann))).toContain('Voicemail from Bo Chen');
  });

  test('what a caller is named is text, and one line', async () => {
    await leave({ ani: 'anonymous', callerName: ' <b>Bo</b>\n*x*\u202E  \u0000 ' });
    await company.work();
    expect(newest(company.ann)?.title).toBe('Voicemail from <b>Bo</b> *x*');
    expect(textOf(newest(company.ann))).toContain('Number withheld');
  });

  test('a long transcript is cut, with a way to the rest', async () => {
    await company.db.voicemail.update({ where: { id: message }, data: { transcript: 'word '.repeat(600) } });
    await company.click(company.ann, 'voicemail.handled', { voicemail: message });
    await company.work();
    expect(textOf(newest(company.ann))).toContain('The rest of the transcript is on the Listen page.');
    expect(textOf(newest(company.ann)).length).toBeLessThan(1500);
  });
});

describe('listening', () => {
  test('the link on the card plays the message, and every card then says heard', async () => {
    const player = await openPlayer(company.deps, tokenOn(newest(company.ann)), actorOf(company.ann));
    expect(player.voicemail.id).toBe(message);
    expect(player.actor).toMatchObject({ kind: 'self', userId: company.ann.id });

    await markHeard(company.deps, player.actor, player.voicemail.id);
    await markHeard(company.deps, player.actor, player.voicemail.id);
    await company.work();
    expect(textOf(newest(company.ann))).toContain('Heard by Ann Baker, 10:00');
    expect(textOf(cardIn(company.ann, 'other'))).toContain('Heard by Ann Baker, 10:00');
    expect(await lines(message)).toEqual([
      'voicemail.received',
      'voicemail.played',
      'voicemail.heard',
      'voicemail.played',
    ]);
  });

  test('somebody else who is signed in is refused, on the record', async () => {
    const opened = openPlayer(company.deps, tokenOn(newest(company.ann)), actorOf(company.bo));
    await expect(opened).rejects.toBeInstanceOf(UserError);
    expect(await lines(message)).toContain('voicemail.link-refused');
    await expect(openPlayer(company.deps, tokenOn(newest(company.ann)), actorOf(company.ann))).resolves.toBeTruthy();
  });

  test('a link that was changed, or has ended, opens nothing', async () => {
    const token = tokenOn(newest(company.ann));
    await expect(openPlayer(company.deps, `${token}x`, undefined)).rejects.toMatchObject({ status: 404 });
    await expect(openPlayer(company.deps, 'x', undefined)).rejects.toMatchObject({ status: 404 });
    company.clock.forward({ days: 31 });
    await expect(openPlayer(company.deps, token, undefined)).rejects.toMatchObject({ status: 403 });
    company.clock.forward({ days: -31 });
  });

  test('a link that its person has ended opens nothing, and the card brings another', async () => {
    const token = tokenOn(newest(company.ann));
    expect(textOf(await company.click(company.bo, 'voicemail.revoke', { voicemail: message }))).toContain(
      'not in your',
    );
    await expect(openPlayer(company.deps, token, undefined)).resolves.toBeTruthy();

    await company.click(company.ann, 'voicemail.revoke', { voicemail: message });
    await expect(openPlayer(company.deps, token, undefined)).rejects.toMatchObject({ status: 403 });
    await company.work();
    expect(tokenOn(newest(company.ann))).not.toBe(token);
    await expect(openPlayer(company.deps, tokenOn(newest(company.ann)), undefined)).resolves.toBeTruthy();
    // The old link is not known even as an expired one.
    await expect(openPlayer(company.deps, token, undefined)).rejects.toBeInstanceOf(UserError);
    expect(await lines(message)).toContain('voicemail.link-revoked');
  });

  test('nobody marks another’s message heard', async () => {
    await expect(markHeard(company.deps, actorOf(company.bo), message)).rejects.toMatchObject({ status: 404 });
    expect((await row(message)).heardAt).toBeNull();
  });

  test('an admin listens as somebody only while they act as them, and the line names both', async () => {
    const session = await company.db.impersonationSession.create({
      data: {
        tenantId: company.tenantId,
        impersonatorId: company.ada.id,
        userId: company.ann.id,
        reason: 'Ann asked me to look',
        startedAt: company.clock.now(),
        expiresAt: new Date(company.clock.now().getTime() + 60_000),
      },
    });
    const shown = await company.click(company.ada, 'voicemail.open', { voicemail: message });
    const token = tokenOn(shown.kind === 'say' ? shown.card : undefined);
    expect(token).not.toBe(tokenOn(newest(company.ann)));

    const player = await openPlayer(company.deps, token, actorOf(company.ada));
    expect(player.actor).toMatchObject({ kind: 'impersonating', impersonatorId: company.ada.id });
    await markHeard(company.deps, player.actor, message);
    await company.work();
    expect(textOf(newest(company.ann))).toContain('Heard by Ada Roy for Ann Baker, 10:00');
    const [, played] = (await company.audit()).filter(({ subjectId }) => subjectId === message);
    expect(played).toMatchObject({ actorId: company.ann.id, impersonatorId: company.ada.id, sessionId: session.id });
    const becomes = (role: string) => company.db.user.update({ where: { id: company.ada.id }, data: { role } });
    await becomes('member');
    await expect(openPlayer(company.deps, token, undefined)).rejects.toMatchObject({ status: 403 });
    await becomes('admin');
    await company.db.impersonationSession.update({ where: { id: session.id }, data: { endedAt: new Date() } });
    await expect(openPlayer(company.deps, token, undefined)).rejects.toMatchObject({ status: 403 });
  });
});

describe('handling', () => {
  test('the card that was clicked and every other one say so, and it can be reopened', async () => {
    const answer = await company.press(company.ann, newest(company.ann), 'voicemail.handled');
    expect(answer.kind).toBe('replace');
    expect(textOf(answer)).toContain('Handled by Ann Baker, 10:00');
    await company.work();
    expect(textOf(cardIn(company.ann, 'other'))).toContain('Handled by Ann Baker');

    await company.press(company.ann, newest(company.ann), 'voicemail.reopen');
    await company.work();
    expect(textOf(newest(company.ann))).not.toContain('Handled');
    expect(await lines(message)).toEqual(['voicemail.received', 'voicemail.handled', 'voicemail.reopened']);
  });

  test('a second click changes nothing', async () => {
    await company.click(company.ann, 'voicemail.handled', { voicemail: message });
    await company.click(company.ann, 'voicemail.handled', { voicemail: message });
    expect(await lines(message)).toEqual(['voicemail.received', 'voicemail.handled']);
  });

  test.each([
    'voicemail.handled',
    'voicemail.reopen',
    'voicemail.delete',
    'voicemail.undo',
    'voicemail.export',
    'voicemail.open',
    'voicemail.forward',
  ])('%s with the id of somebody else’s message is refused', async (action) => {
    const before = await row(message);
    const answer = await company.click(company.bo, action, { voicemail: message });
    expect(textOf(answer)).toContain('not in your mailbox');
    expect(await row(message)).toEqual(before);
    expect(textOf(await company.click(company.bo, action, { voicemail: 'x' }))).toContain('not in your mailbox');
  });
});

describe('forwarding', () => {
  const forward = (note = 'Please *call* her') =>
    company.submit(company.ann, 'voicemail.forward', { recipient: company.bo.id, note }, { voicemail: message });

  test('brings a copy with its own id, unheard, with the note, and the original says so', async () => {
    const form = formOf(await company.press(company.ann, newest(company.ann), 'voicemail.forward'));
    expect(form.fields.map(({ name }) => name)).toEqual(['recipient', 'note']);
    const answer = await forward();
    expect(textOf(answer)).toContain('Forwarding to Bo Chen…');

    await company.work({ twice: true });
    expect(textOf(newest(company.ann))).toContain('Forwarded to Bo Chen, 10:00');
    expect(textOf(newest(company.bo))).toContain('Forwarded by Ann Baker\n“Please *call* her”');
    const copies = await company.db.voicemail.findMany({ where: { userId: company.bo.id, forwardOfId: message } });
    expect(copies).toHaveLength(1);
    expect(copies[0]).toMatchObject({ heardAt: null, recordingId: (await row(message)).recordingId });
    expect(await lines(message)).toContain('voicemail.forwarded');
  });

  test('the same wish twice is one copy; to them again with another note is said at the field', async () => {
    await Promise.all([forward(), forward()]);
    await company.work();
    expect(problemsOf(await forward('another'))).toEqual({ recipient: 'They already have this message from you.' });
    await company.work();
    expect(await company.db.voicemail.count({ where: { forwardOfId: message } })).toBe(1);
  });

  test('not to oneself, to nobody without access, to nobody at all', async () => {
    const to = (recipient: string) =>
      company.submit(company.ann, 'voicemail.forward', { recipient, note: 'kept' }, { voicemail: message });
    const toAnn = await to(company.ann.id);
    expect(problemsOf(toAnn)).toEqual({ recipient: 'This message is yours already. Choose somebody else.' });
    expect(formOf(toAnn).fields[1]).toMatchObject({ value: 'kept' });
    expect(problemsOf(await to(company.nil.id)).recipient).toContain('no voicemail');
    expect(problemsOf(await to(crypto.randomUUID())).recipient).toContain('from the list');
    expect(problemsOf(await to('Xyzzy Nobody')).recipient).toContain('Nobody in the directory fits');
    expect(await company.db.forward.count({ where: { voicemailId: message } })).toBe(0);
  });

  test('either gate closed refuses, and says which', async () => {
    await company.db.user.update({ where: { id: company.ann.id }, data: { forwardingAllowed: false } });
    expect(textOf(await forward())).toContain('switched off for you');
    await company.db.tenant.updateMany({ data: { forwardingAllowed: false } });
    expect(textOf(await forward())).toContain('Your company has switched');
    const shown = await company.click(company.ann, 'voicemail.open', { voicemail: message });
    expect(buttonsOf(shown).map(({ action }) => action)).not.toContain('voicemail.forward');
    await company.db.tenant.updateMany({ data: { forwardingAllowed: true } });
    await company.db.user.update({ where: { id: company.ann.id }, data: { forwardingAllowed: true } });
  });

  test('the copy survives the end of the original', async () => {
    await forward();
    await company.work();
    await company.click(company.ann, 'voicemail.delete', { voicemail: message });
    company.clock.forward({ minutes: 6 });
    await company.work({ twice: true });
    expect(await row(message)).toMatchObject({ recordingId: null, transcript: null });

    const player = await openPlayer(company.deps, tokenOn(newest(company.bo)), undefined);
    expect((await bytesOf(company.deps, player.voicemail.recording.storageKey)).length).toBeGreaterThan(0);
    await company.click(company.bo, 'voicemail.delete', { voicemail: player.voicemail.id });
    company.clock.forward({ minutes: 6 });
    await company.work();
    await expect(company.deps.recordings.read(player.voicemail.recording.storageKey)).rejects.toThrow();
    company.clock.forward({ minutes: -12 });
  });

  test('a message deleted while its forward still waits arrives whole', async () => {
    await forward();
    company.tasks.lose();
    await company.click(company.ann, 'voicemail.delete', { voicemail: message });
    company.clock.forward({ minutes: 6 });
    await company.work();
    expect((await row(message)).purgedAt).toBeNull();
    const { id: forwardId } = await company.db.forward.findFirstOrThrow({ where: { voicemailId: message } });
    await company.tasks.add([{ name: 'voicemail.forward', payload: { forwardId } }]);
    await company.tasks.add([{ name: 'voicemail.purge', payload: { voicemailId: message } }]);
    await company.work();
    expect((await row(message)).purgedAt).not.toBeNull();
    const player = await openPlayer(company.deps, tokenOn(newest(company.bo)), undefined);
    expect((await bytesOf(company.deps, player.voicemail.recording.storageKey)).length).toBeGreaterThan(0);
    company.clock.forward({ minutes: -6 });
  });
});

describe('deleting', () => {
  test('can be undone for five minutes', async () => {
    const answer = await company.press(company.ann, newest(company.ann), 'voicemail.delete');
    expect(textOf(answer)).toContain('Deleted. Until 10:05');
    expect(buttonsOf(answer).map(({ action }) => action)).toEqual(['voicemail.undo']);
    await company.work();
    expect(textOf(cardIn(company.ann, 'other'))).toContain('Deleted.');

    const back = await company.press(company.ann, answer, 'voicemail.undo');
    expect(textOf(back)).toContain('Call back');
    company.clock.forward({ minutes: 6 });
    await company.work();
    expect(await row(message)).toMatchObject({ deletedAt: null, purgedAt: null });
    company.clock.forward({ minutes: -6 });
  });

  test('then audio and transcript go, a tombstone stays, and the cards say so', async () => {
    const recording = await company.db.recording.findFirstOrThrow({ where: { voicemails: { some: { id: message } } } });
    const token = tokenOn(newest(company.ann));
    await company.db.voicemail.update({ where: { id: message }, data: { transcript: 'secret' } });
    await company.click(company.ann, 'voicemail.delete', { voicemail: message });
    company.clock.forward({ minutes: 5 });
    await company.work({ twice: true });

    expect(await row(message)).toMatchObject({ transcript: null, recordingId: null, callerName: 'Cleo from the bank' });
    await expect(company.deps.recordings.read(recording.storageKey)).rejects.toThrow();
    expect(await company.db.recording.count({ where: { id: recording.id } })).toBe(0);
    expect(textOf(newest(company.ann))).toContain('Deleted for good.');
    expect(buttonsOf(newest(company.ann))).toEqual([]);
    await expect(openPlayer(company.deps, token, undefined)).rejects.toBeInstanceOf(UserError);
    expect(textOf(await company.click(company.ann, 'voicemail.undo', { voicemail: message }))).toContain('are over');
    expect((await lines(message)).filter((event) => event === 'voicemail.purged')).toHaveLength(1);
    company.clock.forward({ minutes: -5 });
  });
});

describe('e-mail to oneself', () => {
  test('brings the audio as an attachment, once', async () => {
    const before = company.mails.length;
    await company.press(company.ann, newest(company.ann), 'voicemail.export');
    await company.click(company.ann, 'voicemail.export', { voicemail: message });
    await company.work({ twice: true });
    const [mail, ...more] = company.mails.slice(before);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: 'ann@maple.example' });
    expect(mail?.subject).toContain('Cleo from the bank');
    expect(mail?.attachments?.[0]).toMatchObject({ fileName: 'voicemail-2030-01-14-1000.wav', mimeType: 'audio/wav' });
    expect(mail?.attachments?.[0]?.content).toEqual(wav(4));
    expect(textOf(newest(company.ann))).toContain('E-mailed to ann@maple.example, 10:00');
    expect(buttonsOf(newest(company.ann)).map(({ action }) => action)).not.toContain('voicemail.export');
    expect(await lines(message)).toEqual(['voicemail.received', 'voicemail.export-asked', 'voicemail.exported']);
  });
});

test('somebody who has more mailed than anybody reads is told to wait', async () => {
  const { db, tenantId, ann } = company;
  const at = { createdAt: company.clock.now(), status: 'done', email: ann.email };
  const id = await leave({});
  const asked = { tenantId, userId: ann.id, voicemailId: await leave({}), ...at };
  await db.export.createMany({ data: Array.from({ length: 60 }, () => asked) });
  expect(textOf(await company.click(ann, 'voicemail.export', { voicemail: id }))).toContain('Wait a while');
  company.clock.forward({ hours: 1, minutes: 1 });
  expect(textOf(await company.click(ann, 'voicemail.export', { voicemail: id }))).not.toContain('Wait a while');
  company.clock.forward({ hours: -1, minutes: -1 });
});

describe('the list', () => {
  test('shows the newest first, marks what is new, and leafs', async () => {
    for (let left = 0; left < 9; left += 1) {
      company.clock.forward({ seconds: 60 });
      await leave({ mailbox: { extension: '0105' }, ani: '', callerName: `Caller ${left}` });
    }
    const first = await company.ask(company.eve, 'messagerie');
    expect(textOf(first)).toContain('9 messages, dont 9 non écoutés');
    expect(textOf(first).indexOf('Caller 8')).toBeLessThan(textOf(first).indexOf('Caller 1'));
    expect(textOf(first)).not.toContain('Caller 0');
    expect(textOf(first)).toContain('Nouveau · Caller 8');

    const second = await company.press(company.eve, first, 'voicemail.older');
    expect(second.kind).toBe('replace');
    expect(textOf(second)).toContain('Caller 0');
    expect(textOf(second)).not.toContain('Caller 8');
    expect(textOf(await company.press(company.eve, second, 'voicemail.newer'))).toContain('Caller 8');

    const opened = await company.press(company.eve, first, 'voicemail.open');
    expect(textOf(opened)).toContain('Message vocal de Caller 8');
    expect(buttonsOf(first).filter(({ action }) => action === 'voicemail.listen')).toHaveLength(8);
  });

  test('is not part of the smaller edition', async () => {
    await company.db.tenant.updateMany({ data: { edition: 'attendant' } });
    expect(textOf(await company.ask(company.ann, 'voicemail'))).toContain('not part of your company’s edition');
    await company.db.tenant.updateMany({ data: { edition: 'attendant_plus' } });
  });
});
