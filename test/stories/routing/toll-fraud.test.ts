import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { answerCall } from '../../../src/core/calls/answer-call.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { UserId } from '../../../src/core/ids.js';
import { coverageOf } from '../../../src/core/routing/explain.js';
import { type Company, testCompany } from '../../support/company.js';
import { importFile } from '../../support/import.js';
import { problemsOf, textOf } from '../../support/read.js';

const paris = '+33612345678';
const kingston = '+18765551234';
const satellite = '+881612345678';

let company: Company;
beforeAll(async () => {
  company = await testCompany();
});
afterEach(async () => {
  await company.db.tenant.update({ where: { id: company.tenantId }, data: { allowedCountries: [] } });
  await company.db.outOfOfficePeriod.deleteMany({});
});

const allow = (...allowedCountries: string[]) =>
  company.db.tenant.update({ where: { id: company.tenantId }, data: { allowedCountries } });

async function imported(personalNumber: string): Promise<string> {
  const file = Buffer.from(`username,personal_number\nbo,${personalNumber}`);
  const [line] = await importFile(company.deps, installationActor(company.tenantId, 'cli'), file, { dryRun: true });
  return line?.why ?? line?.outcome ?? '';
}

describe('A number that calls may not go to is refused at saving, and the reason says which may', () => {
  test.each([
    [paris, /only go to numbers in: Canada and United States/],
    [kingston, /only go to numbers in: Canada and United States/],
    [satellite, /satellite/],
    ['+1 500 234 5678', /personal/],
    ['+1 (416) 555-0368 ext. 5', /without it/],
    ['+1 416 555 0368,,5', /without it/],
    ['416 555 0368;ext=5', /without it/],
  ])('in the form and in the line: %s', async (number, why) => {
    const answer = await company.submit(company.ann, 'ooo.set', { number });
    expect(problemsOf(answer).number).toMatch(why);
    const line = await company.ask(company.ann, `ooo tomorrow ${number}`);
    expect(textOf(line)).toMatch(why);
    expect(await company.db.outOfOfficePeriod.count()).toBe(0);
  });

  test('in French too', async () => {
    await company.db.user.update({ where: { id: company.ann.id }, data: { language: 'fr' } });
    const answer = await company.submit(company.ann, 'ooo.set', { number: paris });
    expect(problemsOf(answer).number).toMatch(/de ces pays\s: Canada et États-Unis/);
    await company.db.user.update({ where: { id: company.ann.id }, data: { language: null } });
  });

  test('in a file of users', async () => {
    expect(await imported(paris)).toMatch(/calls may not go to. Allowed: Canada and United States/);
    expect(await imported(satellite)).toMatch(/satellite/);
    expect(await imported('+1 (416) 555-0368 ext. 5')).toMatch(/extension/);
    expect(await imported('+1 212 555 0147')).toBe('updated');
    await allow('CA', 'FR');
    expect(await imported(paris)).toBe('updated');
  });

  test('a country that is allowed is taken by every door', async () => {
    await allow('CA', 'FR');
    await company.submit(company.ann, 'ooo.set', { number: paris });
    expect(await company.db.outOfOfficePeriod.findMany()).toMatchObject([{ number: paris }]);
  });
});

describe('A number that was saved, and may not be dialled now', () => {
  test('of an absence: it is passed over, and the steps say so', async () => {
    await allow('CA', 'FR');
    await company.submit(company.ann, 'ooo.set', { number: paris });
    const path = async () => {
      const { path, because } = await coverageOf(company.deps, company.tenantId, company.ann.id, company.clock.now());
      const dialled = path.flatMap((step) =>
        step.action === 'dial' && step.target.kind === 'number' ? [step.target.e164] : [],
      );
      return { dialled, because: because.join(' ') };
    };
    expect((await path()).dialled).toContain(paris);
    await allow();
    const now = await path();
    expect(now.dialled).not.toContain(paris);
    expect(now.because).toContain('it is not dialled');
    const call = { callId: 'toll-1', ani: '+15145550123', dnis: '+14165550101' };
    expect(await answerCall(company.deps, company.tenantId, call)).not.toMatchObject({ target: { e164: paris } });
  });

  test.each([paris, kingston, satellite])('of a person, %s: the next in line, or their mailbox', async (number) => {
    const { bo, db } = company;
    const { personalNumber } = await db.user.findUniqueOrThrow({ where: { id: bo.id } });
    await db.user.update({ where: { id: bo.id }, data: { personalNumber: number } });
    const decision = await answerCall(company.deps, company.tenantId, {
      callId: `toll-${number}`,
      ani: '+15145550123',
      dnis: '102',
    });
    expect(decision).not.toMatchObject({ target: { e164: number } });
    expect(decision.because.join(' ')).toContain('calls may not be sent to');
    // A person who names them as the backup is warned that no phone would ring.
    const asked = await company.ask(company.ann, 'ooo until Friday @bo');
    expect(textOf(asked)).toContain('has no number to be called at');
    await db.user.update({ where: { id: bo.id }, data: { personalNumber } });
  });
});

test('the number of our own phone menu is refused at saving, and not dialled where it was a person’s before', async () => {
  const menu = '+14165550188';
  const { ann, bo, db, tenantId } = company;
  await company.submit(ann, 'ooo.set', { number: menu });
  const dialledFor = async (who: UserId) => {
    const { path } = await coverageOf(company.deps, tenantId, who, company.clock.now());
    return path.flatMap((step) => (step.action === 'dial' && 'e164' in step.target ? [step.target.e164] : []));
  };
  expect(await dialledFor(ann.id)).toContain(menu);
  const { personalNumber } = await db.user.findUniqueOrThrow({ where: { id: bo.id } });
  await db.user.update({ where: { id: bo.id }, data: { personalNumber: menu } });
  expect(await dialledFor(bo.id)).toContain(menu);

  await db.tenant.update({ where: { id: tenantId }, data: { accessNumber: menu } });
  expect(await dialledFor(ann.id)).not.toContain(menu);
  expect(await dialledFor(bo.id)).not.toContain(menu);
  await db.outOfOfficePeriod.deleteMany({});
  expect(problemsOf(await company.submit(ann, 'ooo.set', { number: menu })).number).toContain('leads back');
  await db.user.update({ where: { id: bo.id }, data: { personalNumber } });
  await db.tenant.update({ where: { id: tenantId }, data: { accessNumber: null } });
});
