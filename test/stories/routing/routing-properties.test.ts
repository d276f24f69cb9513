import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { historyOf } from '../../../src/core/calls/call-so-far-of-legs.js';
import type { Leg } from '../../../src/core/calls/calls.store.js';
import type { LegOutcome } from '../../../src/core/calls/decision.js';
import type { UserId } from '../../../src/core/ids.js';
import { circleThrough, graphOf } from '../../../src/core/routing/backup-circle.js';
import { newCall, nextStop } from '../../../src/core/routing/call-so-far.js';
import { decide } from '../../../src/core/routing/decide.js';
import { gaps } from '../../../src/core/routing/gaps.js';
import { isOpenAt } from '../../../src/core/routing/hours.js';
import { type DialTarget, isSamePhone } from '../../../src/core/routing/path.js';
import type { RoutingRows } from '../../../src/core/routing/routing-rows.js';
import { inCircles } from '../../support/circles.js';
import { propertyOptions } from '../../support/property-runs.js';
import { companiesFrom, foreignNumber, names, slots } from '../../support/random-routing-rows.js';

// A nightly run tries them for as long as it takes.
vi.setConfig({ testTimeout: 36_000_000 });

const isClosed = ({ closure }: RoutingRows, at: Date) =>
  closure !== undefined && closure.closedAt <= at && (closure.until === undefined || at < closure.until);

/** The days on which clocks change, in one zone or another, and a leap day. */
const windows = [
  { firstDay: '2030-03-09', holds: 'Toronto and St. John’s spring forward' },
  { firstDay: '2030-11-02', holds: 'Toronto and St. John’s fall back' },
  { firstDay: '2030-04-06', holds: 'Lord Howe falls back by half an hour, and Chatham by an hour' },
  { firstDay: '2030-10-05', holds: 'Lord Howe springs forward by half an hour' },
  { firstDay: '2030-09-28', holds: 'Chatham springs forward, 45 minutes off' },
  { firstDay: '2032-02-28', holds: 'a leap day' },
];

/** Each property is tried in each window; `runs` is for all of them. */
const check = <Drawn extends unknown[]>(runs: number, property: fc.IProperty<Drawn>) =>
  fc.assert(property, propertyOptions(Math.ceil(runs / windows.length)));

describe.each(windows)('in the three days from $firstDay ($holds)', ({ firstDay }) => {
  const { companies, instants, slot } = companiesFrom(firstDay);

  test('every call ends after at most three hops, and nobody and no phone has it twice', () => {
    check(
      3000,
      fc.property(companies, instants, (rows, at) => {
        const { steps } = decide(rows, at);
        for (const { hop } of steps) expect(hop).toBeLessThanOrEqual(3);
        const turns = steps.map(({ userId }) => userId).filter((one, index, all) => one !== all[index - 1]);
        const known = turns.filter((one) => one !== undefined);
        expect(new Set(known).size).toBe(known.length);
        for (const [index, { target }] of steps.entries())
          expect(steps.slice(index + 1).some((other) => isSamePhone(other.target, target))).toBe(false);
      }),
    );
  });

  test('a call ends in the mailbox of the person first asked for, or is missed', () => {
    check(
      3000,
      fc.property(companies, instants, (rows, at) => {
        const { asked, away, end } = decide(rows, at);
        expect(asked.id).toBe(rows.asked);
        const last = end.because.at(-1);
        expect(last && 'person' in last && last.person).toBe(rows.asked);
        const hasMailbox = rows.company.edition === 'attendant_plus' && asked.access !== 'none';
        expect(end.kind).toBe(hasMailbox ? 'voicemail' : 'missed');
        if (end.kind !== 'voicemail') return;
        const { hours, timeZone } = asked;
        const isOpen = !isClosed(rows, at) && isOpenAt({ hours, timeZone, holidays: rows.holidays }, at);
        expect(end.greeting).toBe(away ? 'out-of-office' : isOpen ? 'unavailable' : 'after-hours');
      }),
    );
  });

  test('nothing is dialled that the company may not dial, and only people who have access are dialled for others', () => {
    check(
      3000,
      fc.property(companies, instants, (rows, at) => {
        for (const { target, userId, hop } of decide(rows, at).steps) {
          if (target.kind === 'number') {
            expect(target.e164).not.toBe('911');
            expect(target.e164 === foreignNumber && rows.company.allowedCountries.length === 0).toBe(false);
            if (userId === undefined) expect(rows.company.mainNumbers).not.toContain(target.e164);
          }
          if (hop > 0) expect(target.confirm).toBe(true);
          if (hop > 0 && userId !== undefined) expect(rows.people.get(userId)?.access).not.toBe('none');
        }
      }),
    );
  });

  test('an agent’s phone rings, and is waited for, only by what was heard of them lately', () => {
    check(
      3000,
      fc.property(companies, instants, (rows, at) => {
        const longest = rows.company.stalePresenceMinutes * 60_000;
        const stateOf = (name: UserId | undefined) => {
          if (rows.presence === 'everybody-available') return 'available';
          const known = name && rows.presence.get(name);
          return known && at.getTime() - known.since.getTime() <= longest ? known.state : 'signed-out';
        };
        const { asked, steps, wait } = decide(rows, at);
        for (const { target, userId } of steps) if (target.kind === 'agent') expect(stateOf(userId)).toBe('available');
        if (!wait) return;
        expect(asked.personalQueue).toBe(true);
        expect(wait.maxSeconds).toBeLessThanOrEqual(asked.queueSeconds);
        expect(stateOf(asked.id)).toBe('busy');
      }),
    );
  });

  test('the gaps of a window are the hours in which a call ends without a person', () => {
    const windows = fc
      .tuple(fc.integer({ min: 0, max: slots - 1 }), fc.integer({ min: 1, max: slots }))
      .map(([from, lasts]) => ({ from, until: from + lasts }));
    check(
      600,
      fc.property(companies, windows, (rows, { from, until }) => {
        const found = gaps(rows, { startsAt: slot(from), endsAt: slot(until) });
        for (const [index, { startsAt, endsAt }] of found.entries()) {
          expect(startsAt.getTime()).toBeLessThan(endsAt?.getTime() ?? 0);
          expect(startsAt.getTime()).toBeGreaterThanOrEqual(
            found[index - 1]?.endsAt?.getTime() ?? slot(from).getTime(),
          );
        }
        // Every change of the rows is at a half hour, or a millisecond after it.
        for (let at = from; at < until; at += 1)
          for (const instant of [slot(at), new Date(slot(at).getTime() + 1), new Date(slot(at + 1).getTime() - 1)]) {
            const isGap = found.some(({ startsAt, endsAt }) => startsAt <= instant && endsAt && instant < endsAt);
            expect(isGap, instant.toISOString()).toBe(decide(rows, instant).steps.length === 0);
          }
      }),
    );
  });

  test('a period takes the call until its end, and gives it back at that instant', () => {
    check(
      3000,
      fc.property(companies, (rows) => {
        for (const period of rows.periods) {
          if (period.endsAt === null) continue;
          const of = { ...rows, asked: period.userId };
          const counts = rows.company.outOfOfficeEnabled && rows.people.get(period.userId)?.access !== 'none';
          expect(decide(of, new Date(period.endsAt.getTime() - 1)).away).toBe(counts ? period : undefined);
          const without = { ...of, periods: rows.periods.filter((one) => one !== period) };
          expect(decide(of, period.endsAt)).toEqual(decide(without, period.endsAt));
        }
      }),
    );
  });

  test('while the company is closed nothing rings and nobody waits, and at its end calls go their way again', () => {
    check(
      3000,
      fc.property(companies, instants, (rows, at) => {
        const { steps, wait } = decide(rows, at);
        if (isClosed(rows, at)) expect({ steps, wait }).toEqual({ steps: [], wait: undefined });
        const until = rows.closure?.until;
        if (!until) return;
        expect(decide(rows, new Date(until.getTime() - 1)).steps).toEqual([]);
        expect(decide(rows, until)).toEqual(decide({ ...rows, closure: undefined }, until));
      }),
    );
  });

  test('an agent’s transfer leads straight to the mailbox, to somebody signed out only if they allow it', () => {
    check(
      3000,
      fc.property(companies, instants, (rows, at) => {
        const usual = decide(rows, at);
        const sent = decide(rows, at, { ...newCall, toMailbox: 'agent' });
        expect(sent.end.kind).toBe(usual.end.kind);
        const { asked } = usual;
        const known = rows.presence === 'everybody-available' ? undefined : rows.presence.get(asked.id);
        const isAgent = asked.userType === 'agent' || asked.userType === 'rollover';
        const fresh = known && at.getTime() - known.since.getTime() <= rows.company.stalePresenceMinutes * 60_000;
        const isSignedIn = rows.presence === 'everybody-available' || (fresh && known.state !== 'signed-out');
        const hasMailbox = usual.end.kind === 'voicemail';
        if (hasMailbox && (!isAgent || isSignedIn || asked.directVoicemailTransfer)) expect(sent.steps).toEqual([]);
        else expect(sent.steps.map(({ target }) => target)).toEqual(usual.steps.map(({ target }) => target));
      }),
    );
  });

  test('whatever comes of each leg, a call ends, rings nobody a second time unless they were waited for, and waits no longer than it may', () => {
    const outcomes = fc.array(
      fc.constantFrom<LegOutcome>('busy', 'busy', 'no-answer', 'refused', 'signed-out', 'free'),
      {
        minLength: 60,
        maxLength: 60,
      },
    );
    check(
      2000,
      fc.property(companies, instants, outcomes, (rows, at, drawn) => {
        const legs: Leg[] = [];
        let now = at;
        const longest = rows.people.get(rows.asked)?.queueSeconds ?? 0;
        for (const outcome of drawn) {
          const soFar = historyOf({ legs, askedForUserId: rows.asked }, now);
          const stop = nextStop(decide(rows, now, soFar), soFar);
          if (stop.kind === 'end') {
            const rung = legs.filter(({ heard }) => heard.rings !== rows.asked).map(({ decision }) => decision);
            const numbers = rung.flatMap((one) => (one.action === 'dial' ? [JSON.stringify(one.target)] : []));
            expect(new Set(numbers).size).toBe(numbers.length);
            return;
          }
          const isWait = stop.kind === 'wait';
          if (stop.kind === 'wait') expect(stop.wait.maxSeconds).toBeLessThanOrEqual(longest);
          const decision = isWait
            ? { action: 'queue', maxSeconds: stop.wait.maxSeconds, position: 1 }
            : { action: 'dial', target: stop.step.target, ringSeconds: 20 };
          const rings = stop.kind === 'ring' ? stop.step.userId : undefined;
          legs.push({
            leg: legs.length + 1,
            decision: {
              ...decision,
              callId: 'call',
              leg: legs.length + 1,
              language: 'en',
              because: [],
            } as Leg['decision'],
            heard: rings ? { rings } : {},
            outcome: isWait || outcome !== 'free' ? outcome : 'no-answer',
            at: now,
          });
          // A retry comes after a tenth of the longest wait at the earliest.
          if (isWait) now = new Date(now.getTime() + Math.max(20, longest / 10) * 1000);
        }
        throw new Error(`the call goes on after ${legs.length} legs`);
      }),
    );
  });

  test('where nobody answers, the live call takes the very path that is explained', () => {
    check(
      3000,
      fc.property(companies, instants, (rows, at) => {
        const explained = decide(rows, at);
        const rung: DialTarget[] = [];
        let waited = 0;
        for (;;) {
          const soFar = { ...newCall, rung: [...rung], waitedSeconds: waited };
          const stop = nextStop(decide(rows, at, soFar), soFar);
          if (stop.kind === 'ring') rung.push(stop.step.target);
          else if (stop.kind === 'wait') waited = Number.POSITIVE_INFINITY;
          else {
            expect(stop.end.kind).toBe(explained.end.kind);
            break;
          }
        }
        expect(rung).toEqual(explained.steps.map(({ target }) => target));
        expect(waited > 0).toBe(explained.wait !== undefined);
      }),
    );
  });

  test('a circle is found exactly where somebody’s calls could come back to them', () => {
    check(
      1500,
      fc.property(companies, fc.integer({ min: 0, max: slots }), (rows, from) => {
        const all = [...rows.people.values()];
        const facts = {
          people: names,
          defaultBackup: new Map(
            all.flatMap(({ id, defaultBackupId }) => (defaultBackupId ? [[id, defaultBackupId] as const] : [])),
          ),
          absences: rows.periods.map(({ userId, startsAt, endsAt, backupId, number, backupAnswer }) => ({
            person: userId,
            ...{ startsAt, endsAt, backup: backupId },
            goesToNumber: number !== null,
            declined: backupAnswer === 'declined',
          })),
        };
        const later = Array.from({ length: 2 * slots + 1 - from }, (_, at) => slot(from + at));
        const circular = inCircles(facts, later);
        for (const name of names) {
          const circle = circleThrough(graphOf(rows), name, slot(from));
          expect(circle !== undefined, name).toBe(circular.has(name));
          if (circle) expect([circle[0], circle.at(-1)]).toEqual([name, name]);
        }
      }),
    );
  });
});
