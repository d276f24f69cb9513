import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerCall, decideAfterLeg, whileWaiting } from '../../../src/core/calls/answer-call.js';
import type { Disposition } from '../../../src/core/calls/decision.js';
import { endCall } from '../../../src/core/calls/end-call.js';
import { type Company, testCompany } from '../../support/company.js';
import { setPresence } from '../../support/presence.js';

let company: Company;
let calls = 0;
beforeAll(async () => {
  company = await testCompany();
  await company.db.user.update({ where: { id: company.cleo.id }, data: { defaultBackupId: company.bo.id } });
});
beforeEach(async () => {
  company.clock.forward({ hours: 25 });
  await company.db.user.updateMany({ data: { personalQueue: true, queueSeconds: 60 } });
  await setPresence(company, company.cleo, 'busy');
});

/** A call for an extension. */
function call(extension: string) {
  const callId = `queue-${++calls}`;
  const { deps, tenantId } = company;
  return {
    callId,
    rings: () => answerCall(deps, tenantId, { callId, ani: '+15145550123', dnis: extension, language: 'en' }),
    ends: (leg: number, disposition: Disposition) => decideAfterLeg(deps, tenantId, { callId, leg, disposition }),
    waits: (leg: number, digits = '') => whileWaiting(deps, tenantId, { callId, leg, digits }),
  };
}

describe('somebody on a contact, with a personal queue', () => {
  test('the caller hears their place and waits; after the longest wait the backup rings, then the mailbox takes it', async () => {
    const caller = call('103');
    const first = await caller.rings();
    expect(first).toMatchObject({ action: 'queue', maxSeconds: 60, position: 1 });
    expect(first.prompt).toBe(
      'Cléo Dubois is on another call. You are the next in line. Please hold. To leave a message instead, press 1.',
    );
    expect(await caller.waits(1)).toMatchObject({ kind: 'waits', prompt: expect.stringContaining('next in line') });
    company.clock.forward({ seconds: 59 });
    expect(await caller.waits(1)).toMatchObject({ kind: 'waits' });
    company.clock.forward({ seconds: 1 });
    const over = await caller.waits(1);
    expect(over).toMatchObject({ decision: { action: 'dial', target: { e164: '+14165550192' }, leg: 2 } });
    expect(await caller.waits(1)).toEqual(over);
    expect(await caller.ends(2, 'no-answer')).toMatchObject({ action: 'voicemail', mailboxUserId: company.cleo.id });
  });

  test('the first in line rings as soon as the person is free, and the next moves up', async () => {
    const [one, two] = [call('103'), call('103')];
    await one.rings();
    company.clock.forward({ seconds: 1 });
    expect(await two.rings()).toMatchObject({ action: 'queue', position: 2 });
    await setPresence(company, company.cleo, 'available');
    expect(await two.waits(1)).toMatchObject({ kind: 'waits' });
    const free = await one.waits(1);
    expect(free).toMatchObject({ decision: { action: 'dial', target: { kind: 'agent', agentId: 'agent-103' } } });
    expect(free.kind === 'goes-on' && free.decision.prompt).toBe('Cléo Dubois is free now. I am connecting you.');
    // While it rings for the first, the second is not sent there too.
    expect(await two.waits(1)).toMatchObject({ kind: 'waits', prompt: expect.stringContaining('next in line') });
    await setPresence(company, company.cleo, 'busy');
    await one.ends(2, 'answered');
    await endCall(company.deps, company.tenantId, one.callId);
    expect(await two.waits(1)).toMatchObject({ kind: 'waits', prompt: expect.stringContaining('next in line') });
  });

  test('a key leads to the mailbox at once', async () => {
    const caller = call('103');
    await caller.rings();
    const left = await caller.waits(1, '1');
    expect(left).toMatchObject({ decision: { action: 'voicemail', mailboxUserId: company.cleo.id } });
    expect(left.kind === 'goes-on' && left.decision.because.join(' ')).toContain('would rather leave a message');
  });

  test('somebody who signs out is no longer waited for', async () => {
    const caller = call('103');
    await caller.rings();
    await setPresence(company, company.cleo, 'signed-out');
    expect(await caller.waits(1)).toMatchObject({ decision: { action: 'dial', target: { e164: '+14165550192' } } });
  });

  test('a contact centre that queues by itself says what came of it', async () => {
    const answered = call('103');
    await answered.rings();
    expect(await answered.ends(1, 'answered')).toMatchObject({ action: 'hangup' });
    const keyed = call('103');
    await keyed.rings();
    const { deps, tenantId } = company;
    const asked = { callId: keyed.callId, ani: '', dnis: '103', digits: '1' };
    expect(await answerCall(deps, tenantId, asked)).toMatchObject({ action: 'voicemail' });
  });

  test('off, as it is unless somebody switches it on, the backup rings at once', async () => {
    await company.db.user.updateMany({ data: { personalQueue: false } });
    expect(await call('103').rings()).toMatchObject({ action: 'dial', target: { e164: '+14165550192' } });
  });
});

test('a business line that was busy is tried again every 20 seconds, up to the longest wait in all', async () => {
  const caller = call('101');
  expect(await caller.rings()).toMatchObject({ action: 'dial', leg: 1 });
  expect(await caller.ends(1, 'busy')).toMatchObject({ action: 'queue', maxSeconds: 60 });
  company.clock.forward({ seconds: 19 });
  expect(await caller.waits(2)).toMatchObject({ kind: 'waits' });
  company.clock.forward({ seconds: 1 });
  expect(await caller.waits(2)).toMatchObject({ decision: { action: 'dial', target: { e164: '+14165550191' } } });
  expect(await caller.ends(3, 'busy')).toMatchObject({ action: 'queue', maxSeconds: 40 });
  company.clock.forward({ seconds: 40 });
  expect(await caller.waits(4)).toMatchObject({ decision: { action: 'voicemail', greeting: 'unavailable' } });
});
