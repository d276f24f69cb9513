import { beforeEach, describe, expect, test } from 'vitest';
import { change } from '../../../src/core/change.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { asId, type VoicemailId } from '../../../src/core/ids.js';
import { raiseNoticeFor } from '../../../src/core/notices/notice.js';
import { quietUntil } from '../../../src/core/settings/quiet-hours.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { markHandled } from '../../../src/core/voicemail/mailbox/voicemail-state.js';
import { expireVoicemails } from '../../../src/core/voicemail/retention/expire-voicemails.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';
import { sweep } from '../../support/tasks.js';

let company: Company;

/** A Monday, 23:00 in Toronto; Ann's quiet hours last until 07:00. */
const night = '2030-01-15T04:00:00Z';
const morning = '2030-01-15T12:00:00Z';

beforeEach(async () => {
  company = await testCompany({ ownDatabase: true, platforms: ['chat', 'mail'] });
  // Nobody has an account at their e-mail address; the messenger of e-mails is there.
  await company.db.account.deleteMany({ where: { platform: 'mail' } });
  company.clock.set(night);
  await company.db.user.update({ where: { id: company.ann.id }, data: { quietHours: '22:00-07:00' } });
});

let sources = 0;
async function message(given: { callerName?: string; urgent?: boolean; extension?: string } = {}) {
  company.clock.forward({ seconds: 1 });
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: `quiet-${++sources}`,
    mailbox: { extension: given.extension ?? '101' },
    audio: wav(4),
    callerName: given.callerName ?? 'Cy Roy',
    urgent: given.urgent ?? false,
  });
  return asId<VoicemailId>(id);
}
const cards = (person: Person = company.ann) => company.cardsOf(person).map((card) => textOf(card));
const handle = (id: VoicemailId) =>
  markHandled(
    company.deps,
    { kind: 'self', tenantId: company.tenantId, userId: company.ann.id, role: 'member', via: 'web' },
    id,
  );

describe('the instant at which quiet hours end', () => {
  const toronto = 'America/Toronto';
  test.each([
    ['before midnight', '22:00-07:00', '2030-01-15T04:00:00Z', '2030-01-15T12:00:00Z'],
    ['after midnight', '22:00-07:00', '2030-01-15T11:59:59Z', '2030-01-15T12:00:00Z'],
    ['at the first minute', '22:00-07:00', '2030-01-15T03:00:00Z', '2030-01-15T12:00:00Z'],
    ['in the middle of the day', '12:00-13:30', '2030-01-15T17:30:00Z', '2030-01-15T18:30:00Z'],
    // 10 March 2030: the clocks go from 2:00 to 3:00.
    ['in the night that loses an hour', '22:00-07:00', '2030-03-10T06:30:00Z', '2030-03-10T11:00:00Z'],
    ['an end that the clocks skip', '22:00-02:30', '2030-03-10T06:30:00Z', '2030-03-10T07:30:00Z'],
    // 3 November 2030: the clocks go from 2:00 back to 1:00.
    ['in the night that has an hour more', '22:00-07:00', '2030-11-03T05:30:00Z', '2030-11-03T12:00:00Z'],
  ])('%s', (_when, span, now, end) => {
    expect(quietUntil(span, toronto, new Date(now))).toEqual(new Date(end));
  });

  test.each([
    ['none are set', '', night],
    ['they have just ended', '22:00-07:00', morning],
    ['they begin in a second', '22:00-07:00', '2030-01-15T02:59:59Z'],
    ['the text is no time', 'at night', night],
  ])('there is none: %s', (_why, span, now) => {
    expect(quietUntil(span, toronto, new Date(now))).toBeUndefined();
  });
});

describe('in quiet hours', () => {
  test('messages wait until their end, in the order in which they came', async () => {
    await message({ callerName: 'First Caller' });
    await message({ callerName: 'Second Caller' });
    await company.work({ twice: true });
    expect(cards()).toEqual([]);
    company.clock.set(morning);
    await company.work({ twice: true });
    expect(cards()).toHaveLength(2);
    expect(cards()[0]).toContain('First Caller');
    expect(cards()[1]).toContain('Second Caller');
  });

  test('an urgent message comes at once and says so', async () => {
    await message({ urgent: true });
    await company.work();
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toMatch(/urgent/i);
  });

  test('what the system says in its own time waits, the start of a cover does not', async () => {
    const { tenantId, ann, bo } = company;
    // A job found at night that a message is deleted in three days.
    await message({ callerName: 'Old Caller' });
    await company.db.notice.deleteMany({});
    await company.db.voicemail.updateMany({ data: { receivedAt: new Date('2029-12-18T04:00:00Z') } });
    await expireVoicemails(company.deps);
    const absence = { tenantId, userId: bo.id, backupId: ann.id, startsAt: new Date(night) };
    const { id: subjectId } = await company.db.outOfOfficePeriod.create({ data: absence });
    await change(company.deps, installationActor(tenantId, 'job'), (change) =>
      raiseNoticeFor(change, { kind: 'out-of-office.cover-began', subjectId, userId: ann.id }),
    );
    await company.work({ twice: true });
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toContain(bo.displayName);
    company.clock.set(morning);
    await company.work({ twice: true });
    expect(cards()).toHaveLength(2);
    expect(cards()[1]).toMatch(/unheard/i);
  });

  test('somebody else’s notices come at once', async () => {
    await message({ extension: '102' });
    await company.work();
    expect(cards(company.bo)).toHaveLength(1);
  });

  test('what was handled meanwhile is not announced', async () => {
    const id = await message({ callerName: 'Handled Caller' });
    await message({ callerName: 'Other Caller' });
    await company.work();
    await handle(id);
    await company.work();
    company.clock.set(morning);
    await company.work({ twice: true });
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toContain('Other Caller');
    expect(await company.db.notice.count({ where: { heldUntil: { not: null } } })).toBe(0);
  });

  test('more than a few come as one card that lists them', async () => {
    for (let n = 1; n <= 12; n += 1) await message({ callerName: `Caller ${n}` });
    await company.work();
    company.clock.set(morning);
    await company.work({ twice: true });
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toContain('12 notices waited');
    expect(cards()[0]).toContain('Caller 1');
    expect(cards()[0]).toContain('and 4 more');
  });

  test('the sweep brings them when the queue lost the task', async () => {
    await message();
    await company.work();
    company.tasks.lose();
    company.clock.set(morning);
    company.clock.forward({ minutes: 1 });
    await sweep(company.deps);
    await company.work();
    expect(cards()).toHaveLength(1);
  });

  test('they are those of the person’s own zone', async () => {
    await company.db.user.update({ where: { id: company.ann.id }, data: { timeZone: 'Europe/Paris' } });
    company.clock.set('2030-01-15T20:59:00Z'); // 21:59 in Paris
    await message();
    await company.work();
    expect(cards()).toHaveLength(1);
    company.clock.set('2030-01-15T21:00:00Z');
    await message();
    await company.work();
    expect(cards()).toHaveLength(1);
  });
});

test('without cards in chat a message comes by mail alone, and cards that are there still change', async () => {
  company.clock.set(morning);
  const id = await message();
  await company.work();
  await company.db.user.update({
    where: { id: company.ann.id },
    data: { chatCards: false, notificationType: 'email_only' },
  });
  await message();
  await company.work();
  expect(cards()).toHaveLength(1);
  expect(company.messengers.mail?.posted.map(({ to }) => to.address)).toEqual([company.ann.email]);
  await handle(id);
  await company.work();
  expect(cards()[0]).toMatch(/Handled/);
});
