import { beforeAll, describe, expect, test } from 'vitest';
import { answerCall, decideAfterLeg, type IncomingCall } from '../../../src/core/calls/answer-call.js';
import type { Decision, Disposition } from '../../../src/core/calls/decision.js';
import { endCall } from '../../../src/core/calls/end-call.js';
import { UserError } from '../../../src/core/errors.js';
import { asId, type UserId } from '../../../src/core/ids.js';
import { coverageOf } from '../../../src/core/routing/explain.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { setPresence } from '../../support/presence.js';

const ann = '+14165550101';
const main = '+14165550100';
let company: Company;
let calls = 0;

beforeAll(async () => {
  company = await testCompany({ tenant: { mainNumbers: [main] } });
});

/** A call and its results so far. */
function call(dnis: string, callId = `call-${++calls}`) {
  const base: IncomingCall = { callId, ani: '+15145550123', dnis };
  return {
    callId,
    rings: () => answerCall(company.deps, company.tenantId, base),
    says: (leg: number, ...speech: string[]) =>
      answerCall(company.deps, company.tenantId, { ...base, speech, answers: leg }),
    keys: (leg: number, digits: string) =>
      answerCall(company.deps, company.tenantId, { ...base, digits, answers: leg }),
    ends: (leg: number, disposition: Disposition) =>
      decideAfterLeg(company.deps, company.tenantId, { callId, leg, disposition }),
  };
}

/** `dial agent-103`, `voicemail ann unavailable`, `ask`. */
function plain(decision: Decision): string {
  switch (decision.action) {
    case 'dial':
      return decision.target.kind === 'agent'
        ? `dial ${decision.target.agentId}`
        : `dial ${decision.target.e164}${decision.target.confirm ? ' confirm' : ''}`;
    case 'voicemail':
      return `voicemail ${nameOf(decision.mailboxUserId)} ${decision.greeting}`;
    default:
      return decision.action;
  }
}

const nameOf = (id: string) =>
  Object.values(company as unknown as Record<string, Person>).find((person) => person?.id === id)?.displayName ?? id;

const set = (person: Person, data: Parameters<Company['db']['user']['update']>[0]['data']) =>
  company.db.user.update({ where: { id: person.id }, data });

const setTenant = (data: Parameters<Company['db']['tenant']['update']>[0]['data']) =>
  company.db.tenant.update({ where: { id: company.tenantId }, data });

const away = (
  person: Person,
  period: { backupId?: string; number?: string; backupAnswer?: string; privacy?: string },
) =>
  company.db.outOfOfficePeriod.create({
    data: {
      tenantId: company.tenantId,
      userId: person.id,
      startsAt: new Date('2030-01-01T00:00:00Z'),
      endsAt: new Date('2030-01-18T22:00:00Z'),
      backupAnswer: 'asked',
      ...period,
    },
  });

const allBack = () => company.db.outOfOfficePeriod.deleteMany();

describe('a call to a direct number', () => {
  test('rings the person, then leaves the caller with their mailbox', async () => {
    const caller = call(ann);
    const first = await caller.rings();
    expect(plain(first)).toBe('dial +14165550191');
    expect(first).toMatchObject({ callId: caller.callId, leg: 1, ringSeconds: 20 });
    expect(first.because.join(' ')).toContain('is the direct number of Ann Baker');

    const second = await caller.ends(1, 'no-answer');
    expect(plain(second)).toBe('voicemail Ann Baker unavailable');
    expect(second.prompt).toContain('Ann Baker cannot take your call');
  });

  test('is understood in national form too', async () => {
    expect(plain(await call('(416) 555-0101').rings())).toBe('dial +14165550191');
  });

  test('an extension that was dialled rings its person as well; one of nobody gets the company greeting', async () => {
    const first = await call('101').rings();
    expect(plain(first)).toBe('dial +14165550191');
    expect(first.because.join(' ')).toContain('Extension 101 was dialled: Ann Baker.');
    expect(plain(await call('999').rings())).toBe('ask');
  });

  test('ends when somebody answered', async () => {
    const caller = call(ann);
    await caller.rings();
    expect(plain(await caller.ends(1, 'answered'))).toBe('hangup');
    const row = await company.db.call.findFirstOrThrow({ where: { callId: caller.callId } });
    expect(row).toMatchObject({
      disposition: 'answered',
      ani: '+15145550123',
      dnis: ann,
      askedForUserId: company.ann.id,
    });
  });

  test('asked twice gets the same Decision, and one leg', async () => {
    const caller = call(ann);
    const first = await caller.rings();
    await set(company.ann, { personalNumber: '+14165550999' });
    expect(await caller.rings()).toEqual(first);
    const next = await caller.ends(1, 'busy');
    expect(await caller.ends(1, 'busy')).toEqual(next);
    expect(await caller.ends(1, 'answered')).toEqual(next);
    expect(await company.db.callLeg.count({ where: { call: { callId: caller.callId } } })).toBe(2);
    await set(company.ann, { personalNumber: '+14165550191' });
  });

  test('asked many times at the same moment is one call', async () => {
    const caller = call(ann);
    const answers = await Promise.all(Array.from({ length: 8 }, () => caller.rings()));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const after = await Promise.all(Array.from({ length: 8 }, () => caller.ends(1, 'no-answer')));
    for (const answer of after) expect(answer).toEqual(after[0]);
    const started = await company.db.auditLine.count({
      where: { event: 'call.started', after: { path: ['callId'], equals: caller.callId } },
    });
    expect(started).toBe(1);
  });

  test('knows no outcome of a call it never saw', async () => {
    const refusal = await call(ann)
      .ends(1, 'busy')
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect((refusal as UserError).status).toBe(404);
  });
});

describe('types of user', () => {
  const reach = async (person: Person) => {
    const { path } = await coverageOf(company.deps, company.tenantId, person.id, company.clock.now());
    return path.map((step) =>
      step.action === 'dial' ? (step.target.kind === 'agent' ? step.target.agentId : step.target.e164) : step.action,
    );
  };
  const presence = (person: Person, state: string, minutesAgo = 1) => setPresence(company, person, state, minutesAgo);

  test('an agent is rung only while signed in, free, and heard of lately', async () => {
    expect(await reach(company.cleo)).toEqual(['voicemail']);
    await presence(company.cleo, 'available');
    expect(await reach(company.cleo)).toEqual(['agent-103', 'voicemail']);
    await presence(company.cleo, 'busy');
    expect(await reach(company.cleo)).toEqual(['voicemail']);
    await presence(company.cleo, 'available', 500);
    expect(await reach(company.cleo)).toEqual(['voicemail']);
  });

  test('a rollover agent at the agent’s phone, then at their number', async () => {
    expect(await reach(company.dan)).toEqual(['+14165550194', 'voicemail']);
    await presence(company.dan, 'available');
    expect(await reach(company.dan)).toEqual(['agent-104', '+14165550194', 'voicemail']);
    await presence(company.dan, 'signed-out');
  });

  test('a general mailbox rings nowhere, and nobody without access has a mailbox', async () => {
    expect(await reach(company.box)).toEqual(['voicemail']);
    expect(await reach(company.nil)).toEqual(['missed']);
  });

  test('a number of our own is not rung: it would bring the call back', async () => {
    await set(company.eve, { personalNumber: ann });
    expect(await reach(company.eve)).toEqual(['voicemail']);
    await set(company.eve, { personalNumber: null });
  });
});

describe('backups', () => {
  test('out of office: the backup, who presses 1, then the mailbox of the person first asked for', async () => {
    await away(company.ann, { backupId: company.bo.id });
    const caller = call(ann);
    const first = await caller.rings();
    expect(plain(first)).toBe('dial +14165550192 confirm');
    expect(first.prompt).toContain('Ann Baker cannot take your call');
    const second = await caller.ends(1, 'no-answer');
    expect(plain(second)).toBe('voicemail Ann Baker out-of-office');
    expect(second.prompt).toContain('out of office until Friday, January 18');
    await allBack();
  });

  test('says no more to callers than the privacy level allows', async () => {
    await away(company.ann, { privacy: 'nothing' });
    const said = await call(ann).rings();
    expect(plain(said)).toBe('voicemail Ann Baker out-of-office');
    expect(said.prompt).not.toMatch(/out of office|until/);
    await allBack();
  });

  test('out of office to a number, which has to press 1', async () => {
    await away(company.ann, { number: '+14165550777' });
    expect(plain(await call(ann).rings())).toBe('dial +14165550777 confirm');
    await allBack();
  });

  test('a backup who declined does not count, nor one who has not answered where the company says so', async () => {
    await away(company.ann, { backupId: company.bo.id, backupAnswer: 'declined' });
    expect(plain(await call(ann).rings())).toBe('voicemail Ann Baker out-of-office');
    await allBack();
    await setTenant({ backupCountsAtOnce: false });
    await away(company.ann, { backupId: company.bo.id });
    expect(plain(await call(ann).rings())).toBe('voicemail Ann Baker out-of-office');
    await setTenant({ backupCountsAtOnce: true });
    await allBack();
  });

  test('nobody answers: the default backup, then theirs, at most three, and nobody twice', async () => {
    const { ada, bo, dan, eve } = company;
    await set(ada, { personalNumber: '+14165550190' });
    await set(eve, { personalNumber: '+14165550195' });
    await set(company.ann, { defaultBackupId: bo.id });
    await set(bo, { defaultBackupId: dan.id });
    await set(dan, { defaultBackupId: ada.id });
    await set(ada, { defaultBackupId: eve.id });
    await set(eve, { defaultBackupId: company.ann.id });

    const caller = call(ann);
    const way = [plain(await caller.rings())];
    for (let leg = 1; !way.at(-1)?.startsWith('voicemail'); leg += 1) way.push(plain(await caller.ends(leg, 'busy')));
    expect(way).toEqual([
      'dial +14165550191',
      'dial +14165550192 confirm',
      'dial +14165550194 confirm',
      'dial +14165550190 confirm',
      'voicemail Ann Baker unavailable',
    ]);

    await set(bo, { defaultBackupId: company.ann.id });
    const { path, because } = await coverageOf(company.deps, company.tenantId, company.ann.id, company.clock.now());
    expect(path.map(({ action }) => action)).toEqual(['dial', 'dial', 'voicemail']);
    expect(because.join(' ')).toContain('Ann Baker had the call before');
    for (const person of [company.ann, bo, dan, ada, eve]) await set(person, { defaultBackupId: null });
  });

  test('two who are out and cover each other end in the mailbox, not in a circle', async () => {
    await away(company.ann, { backupId: company.bo.id });
    await away(company.bo, { backupId: company.ann.id });
    expect(plain(await call(ann).rings())).toBe('voicemail Ann Baker out-of-office');
    await allBack();
  });
});

describe('a call to the company', () => {
  test('asks, and an extension connects, somebody hidden too', async () => {
    await set(company.zoe, { personalNumber: '+14165550197' });
    const caller = call(main);
    const asked = await caller.rings();
    expect(asked).toMatchObject({ action: 'ask', retries: 2 });
    expect(asked.prompt).toContain('Thank you for calling');
    expect(plain(await caller.keys(1, '107'))).toBe('dial +14165550197');
    expect((await caller.says(1, 'something else')).leg).toBe(2);
  });

  test('hidden people are not found by name', async () => {
    const caller = call(main);
    await caller.rings();
    expect(await caller.says(1, 'Zoë Quiet')).toMatchObject({ action: 'ask', retries: 1 });
  });

  test('confirms a name that was said, then connects', async () => {
    const caller = call(main);
    await caller.rings();
    const confirm = await caller.says(1, 'Could I speak to Bo Chen please');
    expect(confirm).toMatchObject({
      action: 'ask',
      choices: [{ digit: '1', label: 'Bo Chen', userId: company.bo.id }],
    });
    const connected = await caller.says(2, 'yes');
    expect(plain(connected)).toBe('dial +14165550192');
    expect(connected.prompt).toBe('I am connecting you with Bo Chen.');

    const other = call(main);
    await other.rings();
    await other.says(1, 'bo');
    expect(await other.keys(2, '2')).toMatchObject({ action: 'ask', retries: 1 });
  });

  test('an extension that was said is confirmed, since it may have been misheard', async () => {
    const caller = call(main);
    await caller.rings();
    expect((await caller.says(1, 'extension one oh two')).prompt).toContain('Bo Chen, extension 1 0 2?');
    expect(plain(await caller.says(2, 'yes please'))).toBe('dial +14165550192');
  });

  test('homonyms are told apart by title, and chosen by number', async () => {
    const twin = await company.db.user.create({
      data: {
        tenantId: company.tenantId,
        username: 'bo2',
        email: 'bo2@example.com',
        firstName: 'Bo',
        lastName: 'Chen',
        title: 'Finance',
        personalNumber: '+14165550888',
      },
    });
    const caller = call(main);
    await caller.rings();
    const choice = await caller.says(1, 'Bo Chen');
    if (choice.action !== 'ask') throw new Error(choice.action);
    expect(choice.choices?.map(({ label }) => label).sort()).toEqual(['Bo Chen, Finance', 'Bo Chen, Sales']);
    const wanted = choice.choices?.find(({ label }) => label.endsWith('Finance'));
    expect(plain(await caller.keys(2, wanted?.digit ?? ''))).toBe('dial +14165550888');
    await company.db.user.update({ where: { id: twin.id }, data: { access: 'none' } });
  });

  test('three times nothing: the operator, and without one the general mailbox', async () => {
    await setTenant({ operatorId: company.bo.id });
    const caller = call(main);
    await caller.rings();
    expect(await caller.keys(1, '999')).toMatchObject({ action: 'ask', retries: 1 });
    expect(await caller.keys(2, '999')).toMatchObject({ action: 'ask', retries: 0 });
    const operator = await caller.keys(3, '999');
    expect(plain(operator)).toBe('dial +14165550192');
    expect(operator.prompt).toContain('operator');

    await setTenant({ operatorId: null, generalMailboxId: company.box.id });
    const silent = call(main);
    await silent.rings();
    const silence = (leg: number) =>
      answerCall(company.deps, company.tenantId, { callId: silent.callId, ani: '', dnis: main, answers: leg });
    await silence(1);
    await silence(2);
    expect(plain(await silence(3))).toBe('voicemail General Mailbox unavailable');

    await setTenant({ generalMailboxId: null });
    const nobody = call(main);
    await nobody.rings();
    for (const leg of [1, 2]) await nobody.says(leg, 'gibberish');
    expect(plain(await nobody.says(3, 'gibberish'))).toBe('announce');
  });

  test('without the number of the leg, the same words twice are one answer', async () => {
    const asked = { callId: 'json-1', ani: '', dnis: main };
    const ask = (extra: Partial<IncomingCall>) => answerCall(company.deps, company.tenantId, { ...asked, ...extra });
    const first = await ask({});
    const second = await ask({ digits: '102' });
    expect(plain(second)).toBe('dial +14165550192');
    expect(await ask({ digits: '102' })).toEqual(second);
    expect(await ask({})).toEqual(first);
  });

  test('speaks French where the caller does', async () => {
    const asked = await answerCall(company.deps, company.tenantId, {
      callId: 'fr-1',
      ani: '',
      dnis: main,
      language: 'fr-CA',
    });
    expect(asked).toMatchObject({ language: 'fr', prompt: expect.stringContaining('Merci d’appeler') });
  });
});

describe('without voicemail', () => {
  test('it is a missed call, and the caller may name somebody else', async () => {
    await setTenant({ edition: 'attendant' });
    const caller = call(ann);
    await caller.rings();
    const missed = await caller.ends(1, 'no-answer');
    expect(missed).toMatchObject({ action: 'ask', prompt: expect.stringContaining('somebody else') });
    expect(plain(await caller.keys(2, '102'))).toBe('dial +14165550192');
    expect(await caller.ends(3, 'failed')).toMatchObject({ action: 'ask' });
    await endCall(company.deps, company.tenantId, caller.callId);
    const row = await company.db.call.findFirstOrThrow({ where: { callId: caller.callId } });
    expect(row).toMatchObject({ disposition: 'missed', askedForUserId: company.bo.id });
    await setTenant({ edition: 'attendant_plus' });
  });

  test('a company that is switched off answers nothing else', async () => {
    await setTenant({ enabled: false });
    expect(plain(await call(ann).rings())).toBe('announce');
    await setTenant({ enabled: true });
    const caller = call(ann);
    await caller.rings();
    await setTenant({ enabled: false });
    expect(plain(await caller.ends(1, 'no-answer'))).toBe('announce');
    await setTenant({ enabled: true });
  });
});

test('coverage of nobody is refused', async () => {
  const nobody = asId<UserId>('00000000-0000-7000-8000-000000000000');
  await expect(coverageOf(company.deps, company.tenantId, nobody, new Date())).rejects.toMatchObject({ status: 404 });
});
