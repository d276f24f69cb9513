import fc from 'fast-check';
import type { UserId } from '../../src/core/ids.js';
import type { RoutingPeriod, RoutingPresence, RoutingRows } from '../../src/core/routing/routing-rows.js';
import { routingCompany, routingPerson } from './routing-rows.js';

// Random companies, with circles: everything that routing may be given, whatever was checked before saving.

/** May be dialled only where the company allows the country. */
export const foreignNumber = '+33612345678';

/** Everybody in a random company. */
export const names = ['ann', 'bo', 'cy', 'dan', 'eve', 'fay', 'guy'] as UserId[];
/** Half hours over three days. */
export const slots = 144;
const half = 30 * 60_000;

/** With an hour of summer time, half an hour of it, and offsets of 30 and 45 minutes, one of them with summer time. */
const timeZones = [
  'America/Toronto',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Chatham',
] as const;

/** None, numbers of the country, of another country, of ours, a desk phone, and an extension that is an emergency number. */
const numbers = fc.constantFrom(null, '+14165550191', '+14165550192', foreignNumber, '+14165550100', '2101', '911');
const somebody = fc.constantFrom(...names);
const perhaps = fc.option(somebody, { freq: 2, nil: null });

const people = fc.tuple(
  ...names.map((name) =>
    fc
      .record({
        userType: fc.constantFrom('business', 'business', 'agent', 'rollover', 'general_voicemail'),
        access: fc.constantFrom('attendant_only', 'attendant_only', 'attendant_only', 'none'),
        agentId: fc.constantFrom(null, `agent-${name}`),
        personalNumber: numbers,
        numberComesBack: fc.boolean(),
        hours: fc.constantFrom('', '', 'Mo-Fr 09:00-17:00', 'Sa-Su 22:30-02:30; Mo off', 'off'),
        timeZone: fc.constantFrom(...timeZones),
        personalQueue: fc.boolean(),
        queueSeconds: fc.constantFrom(10, 120, 600),
        directVoicemailTransfer: fc.boolean(),
        urgentAllowed: fc.boolean(),
        defaultBackupId: perhaps,
      })
      .map((facts) => routingPerson(name, facts)),
  ),
);

/** Instants and companies in the three days that begin at an ISO day (UTC). */
export function companiesFrom(firstDay: string) {
  const start = Date.parse(`${firstDay}T00:00:00Z`);
  const slot = (number: number) => new Date(start + number * half);
  const instants = fc.integer({ min: 0, max: slots }).map(slot);

  const period = fc
    .record({
      userId: somebody,
      from: fc.integer({ min: 0, max: slots - 1 }),
      lasts: fc.integer({ min: 1, max: slots }),
      isOpen: fc.boolean(),
      backupId: perhaps,
      number: numbers,
      backupAnswer: fc.constantFrom('asked', 'accepted', 'declined'),
    })
    .map(
      ({ userId, from, lasts, isOpen, backupId, number, backupAnswer }): RoutingPeriod => ({
        userId,
        startsAt: slot(from),
        endsAt: isOpen ? null : slot(from + lasts),
        backupId,
        number: backupId === null ? number : null,
        backupAnswer: backupId === null ? 'none' : backupAnswer,
        privacy: 'away',
        note: '',
      }),
    );

  /** As they are saved: no two periods of one person overlap. */
  const periods = fc
    .array(period, { maxLength: 12 })
    .map((drawn) =>
      drawn.filter(
        (one, index) =>
          !drawn
            .slice(0, index)
            .some(
              (other) =>
                other.userId === one.userId &&
                (other.endsAt === null || one.startsAt < other.endsAt) &&
                (one.endsAt === null || other.startsAt < one.endsAt),
            ),
      ),
    );

  const presences = fc
    .uniqueArray(
      fc.record({
        name: somebody,
        state: fc.constantFrom('available', 'busy', 'signed-out'),
        since: fc.integer({ min: -20, max: slots }),
      }),
      { selector: ({ name }) => name },
    )
    .map(
      (known) =>
        new Map(
          known.map(({ name, state, since }): [UserId, RoutingPresence] => [name, { state, since: slot(since) }]),
        ),
    );

  const closures = fc.option(
    fc.record({ from: fc.integer({ min: 0, max: slots }), lasts: fc.option(fc.integer({ min: 1, max: slots })) }),
    { freq: 1 },
  );

  const companies = fc
    .record({
      closure: closures.map((drawn) =>
        drawn
          ? {
              closedAt: slot(drawn.from),
              until: drawn.lasts === null ? undefined : slot(drawn.from + drawn.lasts),
              note: 'snow',
            }
          : undefined,
      ),
      holidays: fc.subarray([0, 1, 2, 3].map((day) => isoDay(slot(day * 48)))).map((days) => new Set(days)),
      people,
      periods,
      presence: fc.oneof(fc.constant('everybody-available' as const), presences),
      company: fc.record({
        edition: fc.constantFrom('attendant', 'attendant_plus'),
        outOfOfficeEnabled: fc.constantFrom(true, true, true, false),
        backupCountsAtOnce: fc.boolean(),
        mainNumbers: fc.constant(['+14165550100']),
        allowedCountries: fc.constantFrom([], ['CA', 'FR']),
        stalePresenceMinutes: fc.constantFrom(5, 480, 1440),
      }),
      asked: somebody,
    })
    .map(
      ({ people, company, ...rows }): RoutingRows => ({
        ...rows,
        people: new Map(people.map((person) => [person.id, person])),
        company: routingCompany(company),
      }),
    );

  return { companies, instants, slot };
}

const isoDay = (at: Date): string => at.toISOString().slice(0, 10);
