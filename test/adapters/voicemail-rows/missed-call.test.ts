import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerCall, decideAfterLeg } from '../../../src/core/calls/answer-call.js';
import { endCall, recordMessageLeft } from '../../../src/core/calls/end-call.js';
import { chats, type EveryChat, everyChat } from '../../support/chats/every-chat.js';
import type { Person } from '../../support/company.js';
import { leaveMessage } from './leave-message.js';

let world: EveryChat;
beforeAll(async () => {
  world = await everyChat();
});
beforeEach(async () => {
  await world.company.db.tenant.updateMany({ data: { missedCalls: true } });
  await world.company.db.user.updateMany({ data: { missedCallNotification: null, defaultBackupId: null } });
});

let calls = 0;

/** A call to somebody; `answers` says what becomes of each leg; then the caller hangs up. */
async function call(person: Person, callerName: string, answers: readonly ('no-answer' | 'answered')[] = []) {
  const { tenantId, deps, db, clock } = { ...world.company, deps: world.deps };
  calls += 1;
  const callId = `missed ${calls}`;
  const did = `+1416555${String(3000 + calls)}`;
  await db.user.update({ where: { id: person.id }, data: { did } });
  await answerCall(deps, tenantId, { callId, ani: '+15145550123', dnis: did, callerName });
  for (const [leg, disposition] of answers.entries())
    await decideAfterLeg(deps, tenantId, { callId, leg: leg + 1, disposition });
  await endCall(deps, tenantId, callId);
  clock.forward({ minutes: 2 });
  await world.work();
  return callId;
}

/** What the person is told of it: by a card, and in the browser in their list of calls. */
const told = async (chat: (typeof chats)[number], person: Person): Promise<string> =>
  chat === 'browser'
    ? (await world.browser(person).open('/calls')).text
    : ((await world.on(chat, person).notices())[0] ?? '');

describe.each(chats)('Missed call in %s', (chat) => {
  test('is told when nobody answered and no message was left', async () => {
    const { ann } = world.company;
    await call(ann, `Cy ${chat}`);
    const english = await told(chat, ann);
    expect(english).toContain(`Cy ${chat}`);
    expect(english).toMatch(/Missed/);
    expect(english).toContain('514 555 0123');
    expect(await world.company.db.notice.count({ where: { kind: 'call.missed', userId: ann.id } })).toBeGreaterThan(0);
    const list = await world.on(chat, ann).say('calls');
    expect(list.text).toContain(`Cy ${chat}`);
  });

  test('says who answered, when a backup did', async () => {
    const { ann, bo } = world.company;
    await world.company.db.user.update({ where: { id: ann.id }, data: { defaultBackupId: bo.id } });
    await call(ann, `Di ${chat}`, ['no-answer', 'answered']);
    const english = await told(chat, ann);
    expect(english).toContain(`Di ${chat}`);
    expect(english).toContain('Bo Chen');
  });

  test('is told in French to who reads French', async () => {
    const { eve } = world.company;
    await world.company.db.user.update({ where: { id: eve.id }, data: { personalNumber: '+14165550195' } });
    await call(eve, `Élie ${chat}`);
    expect(await told(chat, eve)).toMatch(/[Mm]anqué/);
  });

  test('is no news when a message was left: that is', async () => {
    const { ann } = world.company;
    const before = await world.company.db.notice.count({ where: { kind: 'call.missed' } });
    const callId = `with message ${chat}`;
    const { deps, tenantId } = { deps: world.deps, tenantId: world.company.tenantId };
    await answerCall(deps, tenantId, {
      callId,
      ani: '+15145550123',
      dnis: (await world.company.db.user.findUniqueOrThrow({ where: { id: ann.id } })).did ?? '',
      callerName: 'Flo',
    });
    await leaveMessage(world, ann, { callId, callerName: 'Flo' });
    await recordMessageLeft(deps, tenantId, callId);
    await endCall(deps, tenantId, callId);
    world.company.clock.forward({ minutes: 2 });
    await world.work();
    expect(await world.company.db.notice.count({ where: { kind: 'call.missed' } })).toBe(before);
  });

  test('is told nowhere while the company or the person wants none', async () => {
    const { ann } = world.company;
    const count = () => world.company.db.posting.count({ where: { notice: { kind: 'call.missed' } } });
    const before = await count();
    await world.company.db.tenant.updateMany({ data: { missedCalls: false } });
    await call(ann, 'Gil');
    await world.company.db.tenant.updateMany({ data: { missedCalls: true } });
    await world.company.db.user.update({ where: { id: ann.id }, data: { missedCallNotification: 'none' } });
    await call(ann, 'Hal');
    expect(await count()).toBe(before);
  });

  test('shows nobody another person’s calls', async () => {
    const { ann, bo } = world.company;
    await call(ann, `Ida ${chat}`);
    expect(await told(chat, bo)).not.toContain(`Ida ${chat}`);
    expect((await world.on(chat, bo).say('calls')).text).not.toContain(`Ida ${chat}`);
    expect((await world.on(chat, world.company.nil).say('calls')).text).toContain('not switched on for you');
  });
});
