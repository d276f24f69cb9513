import { beforeEach, expect, test } from 'vitest';
import { answerCall } from '../../../src/core/calls/answer-call.js';
import { setPresence } from '../../../src/core/calls/set-presence.js';
import { type Company, testCompany } from '../../support/company.js';
import { formOf, textOf } from '../../support/read.js';

let company: Company;
let calls = 0;
beforeEach(async () => {
  company = await testCompany();
});

/** Does the agent Cléo's phone ring? */
async function rings(): Promise<boolean> {
  const asked = { callId: `presence-${++calls}`, ani: '+15145550123', dnis: '103' };
  return (await answerCall(company.deps, company.tenantId, asked)).action === 'dial';
}

test('an agent says so in either language, and calls follow at once', async () => {
  const { cleo } = company;
  expect(await rings()).toBe(false);
  expect(textOf(await company.ask(cleo, 'disponible'))).toContain('Vous êtes disponible');
  expect(await rings()).toBe(true);
  for (const word of ['indisponible', 'away', 'occupé', 'busy']) {
    company.clock.forward({ seconds: 1 });
    await company.ask(cleo, word);
    expect([word, await rings()]).toEqual([word, false]);
    company.clock.forward({ seconds: 1 });
    await company.ask(cleo, 'available');
    expect([word, await rings()]).toEqual([word, true]);
  }
  const lines = (await company.audit()).filter(({ event }) => event === 'user.presence-set');
  expect(lines[0]).toMatchObject({ actorId: cleo.id, via: 'chat' });
});

test('what the contact centre knew before does not undo what the agent said since', async () => {
  await company.ask(company.cleo, 'available');
  const before = new Date(company.clock.now().getTime() - 60_000);
  await setPresence(company.deps, company.tenantId, { agentId: 'agent-103', state: 'signed-out', at: before });
  expect(await rings()).toBe(true);
});

test('is stale after the time that the company says, and counts as signed out', async () => {
  await company.ask(company.cleo, 'available');
  company.clock.forward({ hours: 8 });
  expect(await rings()).toBe(true);
  company.clock.forward({ minutes: 1 });
  expect(await rings()).toBe(false);
});

test('who is no agent is told what to do, and “away” is out of office to them, or with a time', async () => {
  expect(textOf(await company.ask(company.ann, 'available'))).toContain('You have no agent id');
  expect(formOf(await company.ask(company.ann, 'away')).id).toBe('ooo.set');
  expect(textOf(await company.ask(company.cleo, 'away until friday'))).not.toContain('indisponible');
  expect((await company.audit()).some(({ event }) => event === 'user.presence-set')).toBe(false);
});
