import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerCall, decideAfterLeg } from '../../../src/core/calls/answer-call.js';
import { installationActor, type PersonActor } from '../../../src/core/chat/actor.js';
import { setOutOfOffice } from '../../../src/core/out-of-office/out-of-office.js';
import { findUser } from '../../../src/core/people/index.js';
import { coverageOf } from '../../../src/core/routing/explain.js';
import { inCircles } from '../../support/circles.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { importFile } from '../../support/import.js';
import { propertyOptions } from '../../support/property-runs.js';
import { problemsOf, textOf } from '../../support/read.js';

// Every command and form that saves a default backup or a period, on a real database; several at the same moment.

const names = ['ada', 'ann', 'bo', 'dan', 'eve'] as const;
type Name = (typeof names)[number];
const extensions: Record<Name, string> = { ada: '100', ann: '101', bo: '102', dan: '104', eve: '0105' };

/** The night before the clocks change in Toronto: two of the times fall in the half hour that is skipped. */
const night = '2030-03-09T22:00:00Z';
const wallTimes = [
  '2030-03-09T17:00',
  '2030-03-09T23:30',
  '2030-03-10T01:30',
  '2030-03-10T02:30',
  '2030-03-10T03:00',
  '2030-03-10T12:00',
  '2030-03-11T09:00',
  '2030-03-12T00:00',
];

const instantOf = (index: number) => DateTime.fromISO(wallTimes[index] ?? '', { zone: 'America/Toronto' }).toJSDate();

let company: Company;
let calls = 0;
beforeAll(async () => {
  company = await testCompany();
  // The future presence of an agent is unknown, so a plan assumes signed in.
  await company.db.user.updateMany({ data: { userType: 'business', agentId: null } });
  await company.db.user.update({ where: { id: company.box.id }, data: { userType: 'general_voicemail' } });
  await company.db.user.update({ where: { id: company.ada.id }, data: { personalNumber: '+14165550190' } });
  await company.db.user.update({ where: { id: company.bo.id }, data: { did: '+14165550102' } });
});

async function asAtFirst(): Promise<void> {
  await company.db.outOfOfficePeriod.deleteMany();
  await company.db.user.updateMany({ data: { defaultBackupId: null } });
  await company.db.user.update({ where: { id: company.eve.id }, data: { did: null } });
  company.clock.set(night);
}

/** A few people are drawn often, so that circles form. */
const somebody = fc.constantFrom<Name>('ann', 'ann', 'ann', 'bo', 'bo', 'bo', 'dan', 'dan', 'eve', 'ada');
const someTime = fc.integer({ min: 0, max: wallTimes.length - 1 });

type Save = typeof saves extends fc.Arbitrary<infer Drawn> ? Drawn : never;
const saves = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('form' as const),
      by: somebody,
      to: fc.option(somebody),
      from: someTime,
      until: fc.option(someTime, { freq: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('line' as const), by: somebody, to: somebody }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('set as my backup' as const), by: somebody, to: somebody }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('file' as const),
      lines: fc.uniqueArray(fc.record({ by: somebody, to: somebody }), { selector: ({ by }) => by, minLength: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('number' as const), by: somebody }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('own number' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('answer' as const), by: somebody, accepts: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('change' as const), by: somebody, to: somebody, until: someTime }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('back' as const), by: somebody }) },
);

/** Save through one of the entry points; a refusal is allowed. */
async function save(one: Save): Promise<void> {
  const { db, tenantId } = company;
  switch (one.kind) {
    case 'form': {
      const values = {
        from: wallTimes[one.from] ?? '',
        ...(one.until === null ? {} : { until: wallTimes[one.until] ?? '' }),
      };
      await company.submit(company[one.by], 'ooo.set', {
        ...values,
        ...(one.to ? { backup: company[one.to].id } : {}),
      });
      return;
    }
    case 'line': {
      const understood = await company.ask(company[one.by], 'ooo from Sunday until Tuesday', {
        mentions: [company[one.to]],
      });
      const confirm = understood.kind === 'say' && textOf(understood).startsWith('Understood');
      if (confirm) await company.press(company[one.by], understood, 'ooo.confirm');
      return;
    }
    case 'set as my backup':
      await company.click(company[one.by], 'directory.backup', { user: company[one.to].id });
      return;
    case 'file':
      await imported(['username,default_backup', ...one.lines.map(({ by, to }) => `${by},${to}`)]);
      return;
    case 'number':
      // A number that no person has yet; the next file may give it to a person.
      await company.submit(company[one.by], 'ooo.set', { from: '2030-03-10', number: '416 555 0105' });
      return;
    case 'own number':
      await imported(['username,did', 'eve,+14165550105']);
      return;
    case 'answer': {
      const asked = await db.outOfOfficePeriod.findFirst({
        where: { tenantId, backupId: company[one.by].id, status: 'planned' },
        orderBy: { startsAt: 'asc' },
      });
      await company.click(company[one.by], one.accepts ? 'cover.accept' : 'cover.decline', { period: asked?.id ?? '' });
      return;
    }
    case 'change': {
      const own = await db.outOfOfficePeriod.findFirst({
        where: { tenantId, userId: company[one.by].id, status: 'planned' },
      });
      const values = { until: wallTimes[one.until] ?? '', backup: company[one.to].id };
      if (own) await company.submit(company[one.by], 'ooo.set', values, { period: own.id });
      return;
    }
    case 'back':
      await company.ask(company[one.by], 'back');
      return;
    default:
      one satisfies never;
  }
}

async function imported(lines: readonly string[], dryRun = false): Promise<readonly string[]> {
  const file = Buffer.from(lines.join('\n'));
  const results = await importFile(company.deps, installationActor(company.tenantId, 'cli'), file, { dryRun });
  return results.map(({ username, outcome, why }) => `${username} ${outcome} ${why ?? ''}`.trim());
}

const self = ({ id: userId }: Person): PersonActor => ({
  kind: 'self',
  tenantId: company.tenantId,
  userId,
  role: 'member',
  via: 'chat',
});

/** The people in a circle, by the rows of the database. */
async function circular(): Promise<readonly string[]> {
  const users = await company.db.user.findMany({ where: { tenantId: company.tenantId } });
  const periods = await company.db.outOfOfficePeriod.findMany({ where: { status: 'planned' } });
  const byDid = new Map(users.flatMap(({ did, id }) => (did === null ? [] : [[did, id] as const])));
  const facts = {
    people: users.map(({ id }) => id),
    defaultBackup: new Map(
      users.flatMap(({ id, defaultBackupId }) => (defaultBackupId ? [[id, defaultBackupId] as const] : [])),
    ),
    absences: periods.map(({ userId, startsAt, endsAt, backupId, number, backupAnswer }) => ({
      person: userId,
      ...{ startsAt, endsAt },
      backup: backupId ?? byDid.get(number ?? '') ?? null,
      goesToNumber: number !== null && !byDid.has(number),
      declined: backupAnswer === 'declined',
    })),
  };
  const instants = [company.clock.now(), ...periods.map(({ startsAt }) => startsAt)];
  const nameOf = new Map(names.map((name) => [company[name].id as string, name]));
  return [...inCircles(facts, instants)].map((id) => nameOf.get(id) ?? id);
}

test('no door ever stores a circle, whatever is saved at the same moment', async () => {
  const together = fc.array(fc.array(saves, { minLength: 3, maxLength: 6 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(together, async (rounds) => {
      await asAtFirst();
      for (const round of rounds) {
        await Promise.all(round.map((one) => save(one)));
        expect(await circular()).toEqual([]);
      }
    }),
    propertyOptions(25),
  );
}, 36_000_000);

test('the gaps of a saved plan are the hours in which a call ends without a person', async () => {
  const plan = fc.record({ by: somebody, to: fc.option(somebody), from: someTime, until: someTime });
  await fc.assert(
    fc.asyncProperty(fc.array(saves, { maxLength: 5 }), plan, async (before, { by, to, from, until }) => {
      await asAtFirst();
      for (const one of before) await save(one);
      const { deps, tenantId } = company;
      const backup = to === null ? undefined : await findUser(deps.db, tenantId, company[to].id);
      const saved = await setOutOfOffice(deps, self(company[by]), {
        ...{ from: instantOf(from), until: instantOf(until), backup, number: undefined },
        ...{ note: '', privacy: 'away_until' as const },
      });
      if (saved.kind === 'problems') return;
      const { startsAt, endsAt } = saved.period;
      const edges = wallTimes.map((_, at) => instantOf(at).getTime());
      const instants = [startsAt.getTime(), ...edges.flatMap((edge) => [edge - 1, edge]), (endsAt?.getTime() ?? 0) - 1]
        .map((instant) => new Date(instant))
        .filter((instant) => instant >= startsAt && endsAt !== undefined && instant < endsAt);
      for (const instant of instants) {
        const { path } = await coverageOf(deps, tenantId, company[by].id, instant);
        const isGap = saved.gaps.some((gap) => gap.startsAt <= instant && gap.endsAt && instant < gap.endsAt);
        expect(isGap, instant.toISOString()).toBe(path.every(({ action }) => action !== 'dial'));
        expect(path.at(-1)).toMatchObject({ greeting: 'out-of-office' });
      }
      const back = await coverageOf(deps, tenantId, company[by].id, endsAt ?? new Date());
      const next = await company.db.outOfOfficePeriod.count({
        where: { userId: company[by].id, startsAt: endsAt ?? '' },
      });
      if (next === 0) expect(back.path.at(-1)).toMatchObject({ greeting: 'unavailable' });
    }),
    propertyOptions(25),
  );
}, 36_000_000);

test('explain says what the live router then does, and the mailbox is of the person first asked for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(saves, { maxLength: 6 }), somebody, someTime, async (before, asked, at) => {
      await asAtFirst();
      for (const one of before) await save(one);
      company.clock.set(instantOf(at).toISOString());
      const { deps, tenantId, clock } = company;
      const said = await coverageOf(deps, tenantId, company[asked].id, clock.now());

      const callId = `doors-${++calls}`;
      const rang: unknown[] = [];
      let decision = await answerCall(deps, tenantId, { callId, ani: '', dnis: extensions[asked] });
      while (decision.action === 'dial') {
        rang.push(decision.target);
        decision = await decideAfterLeg(deps, tenantId, { callId, leg: decision.leg, disposition: 'no-answer' });
      }
      expect(rang).toEqual(said.path.flatMap((step) => (step.action === 'dial' ? [step.target] : [])));
      expect(decision).toMatchObject({ action: 'voicemail', mailboxUserId: company[asked].id });
      expect(said.path.at(-1)).toMatchObject({ action: 'voicemail', mailboxUserId: company[asked].id });
    }),
    propertyOptions(25),
  );
}, 36_000_000);

describe('a circle is refused, with the circle shown', () => {
  beforeEach(asAtFirst);
  const out = (name: Name, backup?: Name, extra: Record<string, string> = {}) =>
    company.submit(company[name], 'ooo.set', { ...(backup ? { backup: company[backup].id } : {}), ...extra });
  const setBackup = (name: Name, backup: Name) =>
    company.click(company[name], 'directory.backup', { user: company[backup].id });

  test('where a default backup would close one of absences', async () => {
    await out('ann');
    await out('bo', 'ann');
    expect(textOf(await setBackup('ann', 'bo'))).toContain('Ann Baker → Bo Chen → Ann Baker');
    expect(await circular()).toEqual([]);
    await company.ask(company.bo, 'back');
    expect(textOf(await setBackup('ann', 'bo'))).toContain('Bo Chen');
    const { defaultBackupId } = await company.db.user.findUniqueOrThrow({ where: { id: company.ann.id } });
    expect(defaultBackupId).toBe(company.bo.id);
  });

  test('of more people than a call follows', async () => {
    await out('ann', 'bo');
    await out('bo', 'dan');
    await out('dan', 'eve');
    await out('eve', 'ada');
    const answer = await out('ada', 'ann');
    expect(problemsOf(answer).backup).toContain('Ada Roy → Ann Baker → Bo Chen → Dan O’Neil → Ève Müller → Ada Roy');
  });

  test('by a file that names the backup of somebody who is out, dry run or not', async () => {
    await out('ann');
    await out('bo', 'ann');
    const file = ['username,default_backup', 'ann,bo'];
    const refused = ['ann refused The backups would go round in a circle: ann → bo → ann.'];
    expect(await imported(file, true)).toEqual(refused);
    expect(await imported(file)).toEqual(refused);
  });

  test('by two who save at the same moment, each by a door of their own', async () => {
    for (let round = 0; round < 12; round += 1) {
      await asAtFirst();
      await out('bo', undefined, { until: '2030-03-11' });
      // The file is read before its lines are saved, so the other write starts a little later each time.
      await Promise.all([
        imported(['username,default_backup', 'bo,ann']),
        setTimeout(round * 4).then(() => Promise.all([setBackup('ann', 'bo'), out('ann', 'bo')])),
      ]);
      expect(await circular()).toEqual([]);
    }
  });

  test('by a file that gives somebody the number to which calls are sent', async () => {
    await out('ann', undefined, { number: '416 555 0105' });
    await out('eve', 'ann');
    const file = ['username,did', 'eve,+14165550105'];
    const refused = ['eve refused The backups would go round in a circle: eve → ann → eve.'];
    expect(await imported(file, true)).toEqual(refused);
    expect(await imported(file)).toEqual(refused);
  });

  test('by a file that gives somebody a number, and so makes the default backup of another count', async () => {
    await out('dan', undefined, { number: '416 555 0105' });
    await setBackup('dan', 'bo');
    await out('bo', 'dan');
    const file = ['username,did', 'eve,+14165550105'];
    expect(await imported(file)).toEqual([
      expect.stringMatching(/^eve refused The backups would go round in a circle/),
    ]);
    expect(await circular()).toEqual([]);
  });

  test('by a number that becomes one’s own while calls are being sent to it', async () => {
    for (let round = 0; round < 5; round += 1) {
      await asAtFirst();
      await Promise.all([
        out('eve', undefined, { number: '416 555 0105' }),
        imported(['username,did', 'eve,+14165550105']),
      ]);
      expect(await circular()).toEqual([]);
    }
  });

  test('by a backup who declined and now accepts', async () => {
    await out('ann', 'bo');
    const [period] = await company.db.outOfOfficePeriod.findMany();
    await company.click(company.bo, 'cover.decline', { period: period?.id ?? '' });
    await out('bo', 'ann');
    const answer = await company.click(company.bo, 'cover.accept', { period: period?.id ?? '' });
    expect(textOf(answer)).toContain('go round in a circle: Ann Baker → Bo Chen → Ann Baker');
    expect(await company.db.outOfOfficePeriod.findFirst({ where: { userId: company.ann.id } })).toMatchObject({
      backupAnswer: 'declined',
    });
  });
});

describe('the gap warning is what the router does', () => {
  beforeEach(asAtFirst);
  const set = (name: Name, data: Parameters<Company['db']['user']['update']>[0]['data']) =>
    company.db.user.update({ where: { id: company[name].id }, data });
  const saved = async (name: Name, values: Record<string, string>) =>
    textOf(await company.submit(company[name], 'ooo.set', values));

  test('the default backup is tried where the named one is out', async () => {
    await saved('bo', { until: '2030-03-11' });
    expect(await saved('ann', { backup: company.bo.id })).toContain('nobody can be reached');
    await asAtFirst();
    await set('ann', { defaultBackupId: company.dan.id });
    await saved('bo', { until: '2030-03-11' });
    expect(await saved('ann', { backup: company.bo.id })).not.toContain('nobody can be reached');
  });

  test('a backup whose number is one of ours cannot be reached', async () => {
    await set('dan', { personalNumber: '+14165550100' });
    expect(await saved('ann', { backup: company.dan.id })).toContain('Dan O’Neil has no number to be called at');
    await set('dan', { personalNumber: '+14165550194' });
  });

  test('a backup counts only when they agree, where the company says so', async () => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { backupCountsAtOnce: false } });
    expect(await saved('ann', { backup: company.bo.id })).toContain('Bo Chen has not agreed to cover');
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { backupCountsAtOnce: true } });
  });

  test('an absence without anybody to cover says so once', async () => {
    expect(await saved('ann', {})).not.toContain('nobody can be reached');
  });
});

test('a backup who has lost access is not rung for others', async () => {
  await asAtFirst();
  await company.db.user.update({ where: { id: company.ann.id }, data: { defaultBackupId: company.bo.id } });
  await company.db.user.update({ where: { id: company.bo.id }, data: { access: 'none' } });
  const { path, because } = await coverageOf(company.deps, company.tenantId, company.ann.id, company.clock.now());
  expect(path).toMatchObject([{ action: 'dial', userId: company.ann.id }, { action: 'voicemail' }]);
  expect(because.join(' ')).toContain('Bo Chen has no access to Attendant and takes no calls for others.');
  await company.db.user.update({ where: { id: company.bo.id }, data: { access: 'attendant_only' } });
});
