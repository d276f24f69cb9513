import { beforeEach, describe, expect, test } from 'vitest';
import { answerCall, decideAfterLeg } from '../../../src/core/calls/answer-call.js';
import { endCall, recordMessageLeft } from '../../../src/core/calls/end-call.js';
import { closeForgottenCall } from '../../../src/core/calls/history/call-tasks.js';
import type { Prisma } from '../../../src/generated/prisma/client.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { recordingMessenger } from '../../support/messenger.js';
import { buttonsOf, textOf } from '../../support/read.js';

const stranger = '+15145550123';
const annsNumber = '+14165550101';
let company: Company;
let calls = 0;

beforeEach(async () => {
  company = await testCompany();
});

/** A call to Ann's direct number, which rings her first. */
async function call(callerName = '', ani = stranger) {
  const callId = `history-${++calls}`;
  const { deps, tenantId } = company;
  await answerCall(deps, tenantId, { callId, ani, dnis: annsNumber, callerName });
  return {
    callId,
    ends: (leg: number, disposition: 'answered' | 'no-answer') =>
      decideAfterLeg(deps, tenantId, { callId, leg, disposition }),
    hangsUp: () => endCall(deps, tenantId, callId),
    row: () => company.db.call.findFirstOrThrow({ where: { callId } }),
  };
}

const settings = (data: Prisma.TenantUpdateInput) =>
  company.db.tenant.update({ where: { id: company.tenantId }, data });
const own = (person: Person, data: Prisma.UserUncheckedUpdateInput) =>
  company.db.user.update({ where: { id: person.id }, data });

/** A minute on: whatever may still be heard of a call was heard. */
async function later(): Promise<void> {
  company.clock.forward({ minutes: 2 });
  await company.work({ twice: true });
}

const told = (person = company.ann) => company.cardsOf(person).map((card) => textOf(card));

describe('a call that nobody answered and that left no message', () => {
  test('is told once, with who, when and the way to call back', async () => {
    const { hangsUp } = await call('Cy Roy');
    await hangsUp();
    await company.work();
    expect(told()).toEqual([]); // An answer may still be heard of.
    await later();
    expect(told()).toHaveLength(1);
    expect(told()[0]).toMatch(/Missed call from Cy Roy[\s\S]*514/);
    const answer = await company.press(company.ann, company.cardsOf(company.ann)[0], 'calls.back');
    expect(textOf(answer)).toMatch(/Call Cy Roy back[\s\S]*514 555 0123/);
  });

  test('is no news where its message is heard of late, and the card changes where it was told already', async () => {
    const early = await call();
    await early.ends(1, 'no-answer');
    await early.hangsUp();
    await recordMessageLeft(company.deps, company.tenantId, early.callId);
    await later();
    expect(told()).toEqual([]);
    expect(await early.row()).toMatchObject({ disposition: 'voicemail' });

    const late = await call();
    await late.ends(1, 'no-answer');
    await late.hangsUp();
    await later();
    expect(told()[0]).toContain('Missed call');
    await recordMessageLeft(company.deps, company.tenantId, late.callId);
    await company.work({ twice: true });
    expect(told()).toHaveLength(1);
    expect(told()[0]).toContain('Left a message');
  });

  test('that was answered after all is no missed call: the end may come before the outcome', async () => {
    const { ends, hangsUp, row } = await call();
    await hangsUp();
    expect(await row()).toMatchObject({ disposition: 'missed' });
    await ends(1, 'answered');
    await later();
    expect(await row()).toMatchObject({ disposition: 'answered', answeredByUserId: company.ann.id });
    expect(told()).toEqual([]);
  });

  test.each([
    ['none', 0, 0],
    ['email', 0, 1],
    ['chat', 1, 0],
    ['both', 1, 1],
  ] as const)('is told where the person wants it: %s', async (missedCallNotification, cards, mails) => {
    await own(company.ann, { missedCallNotification });
    await (await call()).hangsUp();
    const mail = recordingMessenger();
    const { messengers } = company.deps;
    const deps = {
      ...company.deps,
      messengers: { forPlatform: (at: string) => (at === 'mail' ? mail : messengers.forPlatform(at)) },
    };
    company.clock.forward({ minutes: 2 });
    await company.tasks.work(deps);
    expect(told()).toHaveLength(cards);
    expect(mail.posted.map(({ to }) => to.address)).toEqual(mails === 1 ? [company.ann.email] : []);
  });

  test('is told to nobody where the company tells of none', async () => {
    await settings({ missedCalls: false });
    await (await call()).hangsUp();
    await later();
    expect(told()).toEqual([]);
    expect(company.mails).toEqual([]);
  });

  test('is told in French', async () => {
    await own(company.ann, { language: 'fr' });
    await (await call('Cy Roy')).hangsUp();
    await later();
    expect(told()[0]).toMatch(/Appel manqué de Cy Roy[\s\S]*Personne n’a répondu/);
  });

  test('of a caller of whom nothing is known is told in words', async () => {
    await (await call('', '')).hangsUp();
    await later();
    expect(told()[0]).toContain('Missed call · Unknown caller');
    await own(company.ann, { language: 'fr' });
    await (await call('', '')).hangsUp();
    await later();
    expect(told().at(-1)).toContain('Appel manqué · Appelant inconnu');
  });
});

describe('a call that a backup answered', () => {
  test('is told with who answered, and stands in both lists', async () => {
    await own(company.ann, { defaultBackupId: company.bo.id });
    const { ends, row } = await call('Cy Roy');
    await ends(1, 'no-answer');
    await ends(2, 'answered');
    await company.work({ twice: true });
    expect(await row()).toMatchObject({ disposition: 'answered', answeredByUserId: company.bo.id, noticeDueAt: null });
    expect(told()).toHaveLength(1);
    expect(told()[0]).toMatch(/Call from Cy Roy[\s\S]*Answered by Bo Chen/);
    expect(told(company.bo)).toEqual([]);
    expect(textOf(await company.ask(company.ann, 'calls answered'))).toContain('Answered by Bo Chen');
    expect(textOf(await company.ask(company.bo, 'calls covered'))).toContain('You took it for Ann Baker');
    expect(textOf(await company.ask(company.bo, 'calls missed'))).toContain('No missed calls');
  });

  test('that the person answered themselves is no news', async () => {
    await (await call()).ends(1, 'answered');
    await later();
    expect(told()).toEqual([]);
    expect(textOf(await company.ask(company.ann, 'calls'))).toContain('Answered');
  });
});

describe('the list', () => {
  test('leafs by place, newest first, while calls come in', async () => {
    for (let at = 0; at < 10; at += 1) {
      await (await call(`Caller ${at}`)).hangsUp();
      company.clock.forward({ minutes: 1 });
    }
    const first = await company.ask(company.ann, 'appels manqués');
    expect(textOf(first)).toMatch(/Caller 9[\s\S]*Caller 2/);
    expect(textOf(first)).not.toContain('Caller 1');
    await (await call('Caller ten')).hangsUp();
    const older = buttonsOf(first).find((button) => button.label === 'Older');
    if (!older) throw new Error('no way to older calls');
    const next = textOf(await company.click(company.ann, older));
    expect(next).toMatch(/Caller 1[\s\S]*Caller 0/);
    expect(next).not.toContain('Caller 2');
    // A place that somebody made up begins anew.
    const odd = await company.click(company.ann, 'calls.list', { show: 'weird', before: 'x~y' });
    expect(textOf(odd)).toContain('Caller ten');
  });

  test('of the company is for those who see reports', async () => {
    await (await call('Cy Roy')).hangsUp();
    const company_ = { show: 'company' };
    expect(textOf(await company.click(company.bo, 'calls.list', company_))).toContain('You may not do this');
    expect(textOf(await company.click(company.eve, 'calls.list', company_))).toMatch(
      /Cy Roy[\s\S]*Manqué par Ann Baker/,
    );
    expect(textOf(await company.click(company.ada, 'calls.list', company_))).toContain('Ann Baker missed it');
  });
});

test('a call of which nobody says that it is over is closed after four hours, and not before', async () => {
  const { row } = await call();
  const { id } = await row();
  company.clock.forward({ hours: 3, minutes: 59 });
  await closeForgottenCall(company.deps, id);
  expect(await row()).toMatchObject({ disposition: 'open' });
  company.clock.forward({ minutes: 1 });
  await closeForgottenCall(company.deps, id);
  expect(await row()).toMatchObject({ disposition: 'missed' });
});
