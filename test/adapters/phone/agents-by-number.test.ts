import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { UserError } from '../../../src/core/errors.js';
import { coverageOf } from '../../../src/core/routing/explain.js';
import { changeSetting } from '../../../src/core/settings/change-setting.js';
import type { Company } from '../../support/company.js';
import { from, main, type PhoneCompany, phoneCompany } from '../../support/phone.js';
import { setPresence } from '../../support/presence.js';

let phone: PhoneCompany;
let company: Company;

beforeEach(async () => {
  phone = await phoneCompany({ annIsOut: false });
  ({ company } = phone);
  // Only one person has an agent id, which each test chooses.
  await company.db.user.updateMany({ where: { id: { not: company.cleo.id } }, data: { agentId: null } });
  await setPresence(company, company.cleo, 'available');
});

const asAgent = (agentId: string) => company.db.user.update({ where: { id: company.cleo.id }, data: { agentId } });

/** Save the template as an admin types it; the reason where it is refused. */
const save = (template: string): Promise<string> =>
  changeSetting(
    company.deps,
    installationActor(company.tenantId, 'cli'),
    { key: 'agentSipTemplate', userId: undefined },
    template,
  ).then(
    () => '',
    (error: unknown) => {
      if (error instanceof UserError) return error.say(wordsIn('en'));
      throw error;
    },
  );

/** A caller keys the agent's extension; what the provider was told to ring. */
async function rung(extension = '103'): Promise<readonly string[]> {
  const call = await phone.provider.phone.start({ from, to: main });
  const { heard } = await phone.provider.phone.press(call.id, extension);
  expect(phone.provider.problems).toEqual([]);
  await phone.provider.phone.hangUp(call.id);
  return heard.flatMap((one) => (one.kind === 'rang' ? [one.whom] : []));
}

const why = async () =>
  (await coverageOf(company.deps, company.tenantId, company.cleo.id, company.clock.now())).because.join(' ');

describe('agents are dialled at a number that their id makes', () => {
  test.each(['+1514555{agentId}', 'tel:+1-514-555-{agentId}', '+1 (514) 555-{agentId}'])('%s', async (template) => {
    await asAgent('0177');
    expect(await save(template)).toBe('');
    expect(await rung()).toEqual(['+15145550177']);
    expect(await why()).toContain('is signed in and free: the agent’s phone rings at (514) 555-0177.');
  });

  test('the JSON API keeps the agent, and adds the number', async () => {
    await asAgent('0177');
    await save('+1514555{agentId}');
    const { path } = await coverageOf(company.deps, company.tenantId, company.cleo.id, company.clock.now());
    expect(path[0]).toMatchObject({ target: { kind: 'agent', agentId: '0177', e164: '+15145550177' } });
  });

  test('an extension of a desk phone stands in the place of the id', async () => {
    await asAgent('0177');
    await company.db.user.update({ where: { id: company.bo.id }, data: { personalNumber: null, extension: '0188' } });
    expect(await save('+1514555{agentId}')).toBe('');
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { deskPhones: true } });
    expect(await rung('0188')).toEqual(['+15145550188']);
  });
});

describe('a template is refused at saving', () => {
  test('that names no agent, or is no number', async () => {
    await asAgent('0177');
    for (const template of ['+15145550177', '514555{agentId}', 'tel:{agentId}', 'mailto:{agentId}@x.example'])
      expect(await save(template)).toMatch(/such as sip:\{agentId\}@contact-centre.example or \+1514555\{agentId\}/);
  });

  test.each([
    ['agent-103', '+1514555{agentId}', '+1514555agent-103'],
    ['77', '+1514555{agentId}', '+151455577'],
    ['0177', '+1900555{agentId}', '+19005550177'],
    ['0177', '+3314268{agentId}', '+33142680177'],
  ])('whose number for the id %s may not be called: %s', async (agentId, template, number) => {
    await asAgent(agentId);
    expect(await save(template)).toContain(`The agent id ${agentId} makes the number ${number}, which calls may not`);
  });

  test('of a country that is not allowed, while there are no agents', async () => {
    await company.db.user.updateMany({ data: { agentId: null } });
    expect(await save('+336{agentId}')).toMatch(/SIP address or an international number/);
    expect(await save('+1{agentId}')).toBe('');
    await company.db.tenant.updateMany({ data: { allowedCountries: ['CA', 'FR'] } });
    expect(await save('+336{agentId}')).toBe('');
  });
});

describe('a number that has become wrong since is not rung, and the steps say why', () => {
  test('the id changed, or the country is no longer allowed', async () => {
    await company.db.tenant.updateMany({ data: { allowedCountries: ['CA', 'FR'] } });
    await asAgent('77');
    expect(await save('+3314268{agentId}')).toMatch(/makes the number/);
    await asAgent('5300');
    expect(await save('+3314268{agentId}')).toBe('');
    expect(await rung()).toEqual(['+33142685300']);
    await company.db.tenant.updateMany({ data: { allowedCountries: ['CA'] } });
    expect(await rung()).toEqual([]);
    expect(await why()).toContain(
      'makes the number +33 1 42 68 53 00, which calls may not go to, so it is not dialled',
    );
    await asAgent('zoe');
    expect(await rung()).toEqual([]);
  });

  test('it is one of our own, and would bring the call back', async () => {
    await asAgent('0101');
    expect(await save('+1416555{agentId}')).toBe('');
    expect(await rung()).toEqual([]);
    expect(await why()).toContain('is one of our own and would bring the call back: it is not rung.');
  });
});
