import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { verifyChain } from '../../../src/core/audit/verify-chain.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { buttonsOf, formOf, textOf } from '../../support/read.js';

const reason = 'Ann is ill and asked me to set her absence.';

let company: Company;
beforeEach(async () => {
  company = await testCompany({ platforms: ['slack', 'teams', 'web'] });
});

/** The same person on another platform. */
const on = (platform: string, person: Person): Person => ({ ...person, account: { ...person.account, platform } });
const begin = (admin: Person = company.ada) =>
  company.submit(admin, 'impersonation.start', { user: company.ann.id, reason });
const session = () => company.db.impersonationSession.findFirstOrThrow({ orderBy: { startedAt: 'desc' } });
const toldAnn = () => company.cardsOf(company.ann, 'slack')[0];

describe('Ann ends a session in her name by the card that told her', () => {
  test('it ends at once, on record under her own name, and both are told', async () => {
    const { ada, ann, tenantId } = company;
    await begin();
    await company.work();
    const answer = await company.press(ann, toldAnn(), 'impersonation.end-mine');
    expect(textOf(answer)).toContain('You ended it. Ada Roy no longer acts as you.');
    expect(await session()).toMatchObject({ endedHow: 'ended-by-person', endedById: ann.id });
    await company.work({ twice: true });
    const [began, ended] = company.cardsOf(ann, 'slack');
    expect(buttonsOf(began)).toEqual([]);
    expect(textOf(began)).toContain('Ada Roy no longer acts as you');
    expect(textOf(ended)).toContain('You ended it.');
    expect(textOf(company.cardsOf(ada, 'slack').at(-1))).toContain('Ann Baker ended it.');
    const line = (await company.audit()).find(({ event }) => event === 'impersonation.ended');
    expect(line).toMatchObject({ actorId: ann.id, impersonatorId: null, sessionId: (await session()).id, reason });
    expect(await verifyChain(company.deps, tenantId)).toMatchObject({ kind: 'whole' });
  });

  test('the admin’s next click on every platform does nothing, and says who ended it', async () => {
    const { ada, ann } = company;
    await begin();
    await company.work();
    await company.press(ann, toldAnn(), 'impersonation.end-mine');
    for (const platform of ['slack', 'teams', 'web']) {
      const admin = on(platform, ada);
      const refused = await company.ask(admin, 'ooo until Friday 5pm');
      expect(textOf(refused), platform).toMatch(/no longer acting as Ann Baker[\s\S]*Ann Baker ended it[\s\S]*Nothing/);
      expect(refused.bar).toBeUndefined();
      expect(textOf(await company.ask(admin, 'status')), platform).not.toContain('Nothing was done');
    }
    expect(await company.db.outOfOfficePeriod.count()).toBe(0);
  });

  test('a late click is refused once, even when the platform delivers it twice', async () => {
    const { ada, ann } = company;
    await begin();
    await company.work();
    await company.press(ann, toldAnn(), 'impersonation.end-mine');
    const id = randomUUID();
    await company.ask(ada, 'ooo until Friday 5pm', { id });
    await company.ask(ada, 'ooo until Friday 5pm', { id });
    expect(await company.db.outOfOfficePeriod.count()).toBe(0);
  });

  test('pressed again, or after another end, it changes nothing and says so', async () => {
    const { ada, ann } = company;
    await begin();
    await company.work();
    const card = toldAnn();
    await company.click(ada, 'impersonation.stop');
    const lines = (await company.audit()).length;
    for (const _time of [1, 2])
      expect(textOf(await company.press(ann, card, 'impersonation.end-mine'))).toContain('It was over already');
    expect(await session()).toMatchObject({ endedHow: 'stopped', endedById: null });
    expect(await company.audit()).toHaveLength(lines);
  });

  test('two presses at the same moment end it once', async () => {
    const { ann } = company;
    await begin();
    await company.work();
    const card = toldAnn();
    await Promise.all([1, 2, 3].map(() => company.press(ann, card, 'impersonation.end-mine')));
    const ends = (await company.audit()).filter(({ event }) => event === 'impersonation.ended');
    expect(ends).toHaveLength(1);
  });

  test('nobody else ends it by that button, here or in another company', async () => {
    await begin();
    const other = await testCompany({ numberless: true });
    const carries = { session: (await session()).id };
    for (const [at, person] of [
      [company, company.bo],
      [company, company.ada],
      [other, other.ann],
      [other, other.ada],
    ] as const) {
      const action = at === other && person === other.ada ? 'impersonation.end' : 'impersonation.end-mine';
      // Ada acts as Ann, so hers is a stop of her own.
      if (person === company.ada) continue;
      expect(textOf(await at.click(person, action, carries))).toContain('There is no such session');
    }
    for (const odd of [{}, { session: 'x' }, { session: '\u0000' }, { session: 'a'.repeat(500) }])
      expect(textOf(await company.click(company.ann, 'impersonation.end-mine', odd))).toContain('no such session');
    expect((await session()).endedAt).toBeNull();
  });

  test('she may do it even where the app is closed to her', async () => {
    const { ann } = company;
    await company.db.user.update({ where: { id: ann.id }, data: { appAllowed: false } });
    await begin();
    await company.click(ann, 'impersonation.end-mine', { session: (await session()).id });
    expect(await session()).toMatchObject({ endedHow: 'ended-by-person' });
  });
});

describe('What an admin opened while acting as somebody', () => {
  test('does nothing once that is over, however it ended and wherever it is clicked', async () => {
    const { ada } = company;
    await begin();
    const form = formOf(await company.click(on('teams', ada), 'ooo.set'));
    const card = await company.ask(on('teams', ada), 'settings');
    await company.click(ada, 'impersonation.stop');
    const late = await company.submit(on('teams', ada), form, { from: '2026-11-26', privacy: 'away' });
    expect(textOf(late)).toContain('opened while you acted as Ann Baker. Nothing was done.');
    expect(textOf(await company.press(on('teams', ada), card, 'settings.save'))).toContain('Nothing was done');
    expect(await company.db.outOfOfficePeriod.count()).toBe(0);
  });

  test('on a list neither, at one message or at several', async () => {
    const { ada, ann } = company;
    // A mailbox that the admin shares: they may handle the message themselves.
    await company.db.mailboxMember.create({
      data: { tenantId: company.tenantId, ownerId: ann.id, userId: ada.id, level: 'handle' },
    });
    const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
      ...{ sourceId: randomUUID(), mailbox: { userId: ann.id }, audio: wav(4) },
    });
    await begin();
    const list = await company.ask(ada, 'voicemail');
    await company.click(ada, 'impersonation.stop');
    const shown = buttonsOf(list).filter(({ kind }) => kind === 'action');
    expect(shown.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['voicemail.handled', 'voicemail.delete']),
    );
    for (const { action, carries = {} } of shown) {
      const ticked = carries.voicemails === '' ? { voicemails: id } : {};
      expect(textOf(await company.click(ada, action, { ...carries, ...ticked })), action).toContain('Nothing was done');
    }
    expect(await company.db.voicemail.findUniqueOrThrow({ where: { id } })).toMatchObject({
      handledAt: null,
      deletedAt: null,
    });
  });

  test('does nothing in a later session as somebody else', async () => {
    const { ada, bo } = company;
    await begin();
    const form = formOf(await company.click(ada, 'ooo.set'));
    await company.click(ada, 'impersonation.stop');
    await company.submit(ada, 'impersonation.start', { user: bo.id, reason });
    expect(textOf(await company.submit(ada, form, { privacy: 'away' }))).toContain('Nothing was done');
    expect(await company.db.outOfOfficePeriod.count()).toBe(0);
  });
});

describe('Admins see the sessions', () => {
  test('that run, with a button that ends one; the admin whose it was is told by whom', async () => {
    const { ada, ann, eve } = company;
    await company.db.user.update({ where: { id: eve.id }, data: { role: 'admin' } });
    await begin();
    const list = await company.press(eve, await company.ask(eve, 'audit'), 'impersonation.sessions');
    expect(textOf(list)).toMatch(/Ada Roy au nom de Ann Baker|Ada Roy as Ann Baker/);
    const after = await company.press(eve, list, 'impersonation.end');
    expect(textOf(after)).toContain('Ada Roy');
    expect(await session()).toMatchObject({ endedHow: 'ended-by-admin', endedById: eve.id });
    await company.work();
    expect(textOf(company.cardsOf(ada, 'slack').at(-1))).toContain('Ève Müller ended it.');
    expect(textOf(company.cardsOf(ann, 'slack').at(-1))).toContain('Ève Müller ended it.');
    expect(textOf(await company.ask(ada, 'status'))).toContain('Ève Müller ended it.');
  });

  test('and those that are over, page by page, each with what was done in it', async () => {
    const { ada, bo } = company;
    for (let at = 1; at <= 6; at += 1) {
      await company.submit(ada, 'impersonation.start', { user: bo.id, reason: `${reason} Number ${at}.` });
      if (at === 6) await company.ask(ada, 'available');
      await company.ask(ada, 'stop');
      company.clock.forward({ minutes: 1 });
    }
    const list = await company.press(ada, await company.ask(ada, 'audit'), 'impersonation.sessions');
    expect(textOf(list)).toMatch(/Number 6[\s\S]*Number 3/);
    expect(textOf(list)).not.toContain('Number 2');
    expect(textOf(list)).toContain('Stopped by Ada Roy');
    const older = buttonsOf(list).find(({ label }) => label === 'Older');
    if (!older) throw new Error('no older sessions');
    expect(textOf(await company.click(ada, older))).toMatch(/Number 2[\s\S]*Number 1/);
    const details = await company.press(ada, list, 'audit.list');
    expect(textOf(details)).toContain('What was done in this session');
    expect(textOf(details)).toContain('Impersonation began');
  });

  test('members and managers do not, and end none', async () => {
    await begin();
    const carries = { session: (await session()).id };
    for (const person of [company.bo, company.eve]) {
      const refusal = /may not|ne pouvez|pas ce droit|Demandez/;
      expect(textOf(await company.click(person, 'impersonation.sessions'))).toMatch(refusal);
      expect(textOf(await company.click(person, 'impersonation.end', carries))).toMatch(refusal);
    }
    expect((await session()).endedAt).toBeNull();
  });
});
