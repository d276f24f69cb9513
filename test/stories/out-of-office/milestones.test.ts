import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';
import { sweep } from '../../support/tasks.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

/** Lets the time pass, and what is due happen, each job twice. */
async function later(time: Parameters<Company['clock']['forward']>[0]): Promise<void> {
  company.clock.forward(time);
  await sweep(company.deps);
  await company.work({ twice: true });
}

const cardsOf = (person: Person): string[] => company.cardsOf(person).map(textOf);

/** It is Monday, 10:00: Ann plans to be out from Wednesday to Friday, and asks Bo. */
async function annPlans(): Promise<void> {
  const values = { from: '2030-01-16', until: '2030-01-19', backup: company.bo.id };
  await company.submit(company.ann, 'ooo.set', values);
  await company.work();
  expect(cardsOf(company.bo)).toMatchObject([expect.stringContaining('Will you cover for Ann Baker?')]);
}

test('a backup who does not answer is reminded after a day, once, and after three days the person is told', async () => {
  const { ann, bo, clock } = company;
  clock.set('2030-01-07T15:00:00Z');
  await annPlans();
  await later({ hours: 23 });
  expect(cardsOf(bo)).toHaveLength(1);
  await later({ hours: 1, minutes: 1 });
  expect(cardsOf(bo)[1]).toContain('Ann Baker still waits for your answer');
  await later({ hours: 47 });
  expect(cardsOf(bo)).toHaveLength(2);
  expect(cardsOf(ann)).toEqual([]);
  await later({ hours: 1 });
  expect(cardsOf(ann)).toMatchObject([expect.stringContaining('Bo Chen has not answered')]);
  expect(cardsOf(ann)[0]).toContain('Until they do, your calls ring them');
});

test('a backup who has answered is not reminded, and the reminder’s buttons answer too', async () => {
  const { ann, bo } = company;
  await annPlans();
  await later({ hours: 25 });
  const reminder = company.cardsOf(bo)[1];
  expect(textOf(await company.press(bo, reminder, 'cover.accept'))).toContain('You cover for Ann Baker');
  await later({ hours: 12 });
  expect(cardsOf(ann)).toMatchObject([expect.stringContaining('Bo Chen takes your calls')]);
  expect(cardsOf(bo)).toHaveLength(2);
});

test('who declines can say why, and the person reads it', async () => {
  const { ada, ann, bo } = company;
  await annPlans();
  const declined = await company.press(bo, company.cardsOf(bo)[0], 'cover.decline');
  const form = await company.press(bo, declined, 'cover.reason');
  if (form.kind !== 'open') throw new Error('no form');
  expect(textOf(await company.submit(bo, form.form, { reason: 'I am on leave too' }))).toContain('can read why');
  await company.work();
  expect(cardsOf(ann)).toMatchObject([expect.stringContaining('They say: I am on leave too')]);
  expect(await company.db.outOfOfficePeriod.findMany()).toMatchObject([{ declineReason: 'I am on leave too' }]);
  // Nobody else says anything for Bo, and a new answer takes the reason back.
  expect(textOf(await company.submit(ada, form.form, { reason: 'He never does' }))).toContain('not asked');
  await company.click(bo, 'cover.accept', form.form.carries);
  expect(await company.db.outOfOfficePeriod.findMany()).toMatchObject([
    { backupAnswer: 'accepted', declineReason: '' },
  ]);
});

test('both are told when a planned absence begins and when it is over, each once', async () => {
  const { ann, bo } = company;
  await annPlans();
  await company.press(bo, company.cardsOf(bo)[0], 'cover.accept');
  await company.work();
  company.clock.set('2030-01-16T05:00:00Z');
  await later({ minutes: 1 });
  expect(cardsOf(ann).at(-1)).toContain('You are out of office now');
  expect(cardsOf(bo).at(-1)).toContain('You take the calls of Ann Baker now');
  company.clock.set('2030-01-20T05:00:00Z');
  await later({ minutes: 1 });
  expect(cardsOf(ann).at(-1)).toContain('Nobody called while you were away');
  expect(cardsOf(bo).at(-1)).toContain('Ann Baker is back');
  const told = [cardsOf(ann).length, cardsOf(bo).length];
  await later({ days: 2 });
  expect([cardsOf(ann).length, cardsOf(bo).length]).toEqual(told);
});

test('who comes back earlier gets the digest at once, and marks all voicemails of the absence handled', async () => {
  const { ann, bo, deps, tenantId, db, clock } = company;
  await company.submit(ann, 'ooo.set', { until: '2030-01-18', backup: bo.id });
  await later({ hours: 1 });
  // Taken by Bo twice, by a number, and by Ann herself, who heard her messages by phone; then missed.
  for (const [disposition, answeredByUserId] of [
    ['answered', bo.id],
    ['answered', bo.id],
    ['answered', null],
    ['answered', ann.id],
    ['missed', null],
  ] as const)
    await db.call.create({
      data: {
        ...{ tenantId, callId: randomUUID(), askedForUserId: ann.id, startedAt: clock.now() },
        ...{ disposition, answeredByUserId },
      },
    });
  for (const sourceId of ['one', 'two'])
    await receiveVoicemail(deps, installationActor(tenantId, 'api'), {
      sourceId,
      mailbox: { userId: ann.id },
      audio: wav(4),
      receivedAt: clock.now(),
    });
  await later({ hours: 1 });
  await company.ask(ann, 'back');
  await company.work();
  const digest = company.cardsOf(ann).at(-1);
  expect(textOf(digest)).toContain('Welcome back');
  expect(textOf(digest)).toContain('Calls taken for you: 3 (Bo Chen 2)');
  expect(textOf(digest)).toContain('Calls missed: 1');
  expect(textOf(digest)).toContain('Voicemails to deal with: 2');
  expect(textOf(await company.press(ann, digest, 'ooo.handle-all'))).toContain('2 voicemails are marked handled');
  expect(await db.voicemail.count({ where: { handledAt: null } })).toBe(0);
  expect(textOf(await company.press(ann, digest, 'ooo.handle-all'))).toContain('dealt with already');
});

test('an absence that was cancelled tells nobody anything', async () => {
  const { ann, bo } = company;
  await annPlans();
  const [period] = await company.db.outOfOfficePeriod.findMany();
  await company.click(ann, 'ooo.cancel', { period: period?.id ?? '' });
  await company.work();
  const told = [cardsOf(ann).length, cardsOf(bo).length];
  await later({ days: 9 });
  expect([cardsOf(ann).length, cardsOf(bo).length]).toEqual(told);
  expect(await company.db.outOfOfficePeriod.findMany()).toMatchObject([{ milestoneAt: null }]);
});
