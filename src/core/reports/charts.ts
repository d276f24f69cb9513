import { DateTime } from 'luxon';
import type { Reader } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { countMissedByDay, countUnheardByAge } from './charts.store.js';
import type { ListFilter } from './list-filter.js';
import type { ListName } from './list-names.js';
import { formatDay } from './shown-value.js';
import { findCompanyDays, findMailboxDays } from './storage.store.js';

/** What a chart shows: one bar for each value, in order. */
export interface Chart {
  readonly title: string;
  /** What the bars stand for, and what their heights do. */
  readonly of: string;
  readonly unit: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}

/** The chart of a list, or of what a filter selects of it; undefined: it has none, or nothing to show yet. */
export async function chartOf(
  deps: Deps,
  reader: Reader,
  tenantId: TenantId,
  list: ListName,
  filter: ListFilter = {},
): Promise<Chart | undefined> {
  const chart = await chartFor(deps, reader, tenantId, list, filter);
  return chart?.bars.some(({ value }) => value > 0) ? chart : undefined;
}

function chartFor(
  deps: Deps,
  reader: Reader,
  tenantId: TenantId,
  list: ListName,
  filter: ListFilter,
): Promise<Chart | undefined> {
  switch (list) {
    case 'missed':
      return missedByDay(deps, reader, tenantId, filter);
    case 'unheard':
      return unheardByAge(deps, reader, tenantId, filter);
    case 'storage-days':
      return storageByDay(deps, reader, tenantId, filter);
    default:
      return Promise.resolve(undefined);
  }
}

/** More bars are too thin to tell apart. */
const mostDays = 92;

/**
 * The days that a chart shows, in the reader's zone: those of the filter, or the latest; of more than there is room for, the
 * last.
 */
function daysOf({ now, timeZone }: Reader, { firstDay, lastDay }: ListFilter, usual: number): readonly string[] {
  const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
  const chosen = lastDay === undefined ? today : DateTime.fromISO(lastDay, { zone: timeZone });
  const last = DateTime.min(chosen, today);
  const first = firstDay === undefined ? undefined : DateTime.fromISO(firstDay, { zone: timeZone });
  const count = first === undefined ? usual : Math.min(mostDays, Math.floor(last.diff(first, 'days').days) + 1);
  return Array.from(
    { length: Math.max(count, 0) },
    (_, index) => last.minus({ days: count - 1 - index }).toISODate() ?? '',
  );
}

const isNarrowed = ({ firstDay, lastDay }: ListFilter): boolean => firstDay !== undefined || lastDay !== undefined;

async function missedByDay(
  { db }: Deps,
  reader: Reader,
  tenantId: TenantId,
  filter: ListFilter,
): Promise<Chart | undefined> {
  const { charts } = wordsIn(reader.locale).reports;
  const days = daysOf(reader, filter, 30);
  const [first] = days;
  if (first === undefined) return undefined;
  const since = DateTime.fromISO(first, { zone: reader.timeZone }).toJSDate();
  const counts = await countMissedByDay(db, tenantId, { ...filter, from: since }, reader.timeZone);
  const countOf = new Map(counts.map(({ day, count }) => [day, count]));
  return {
    title: isNarrowed(filter) ? charts.missedByDay : charts.missed,
    of: charts.day,
    unit: charts.count,
    bars: days.map((day) => ({ label: formatDay(reader, day), value: countOf.get(day) ?? 0 })),
  };
}

const ages = [
  { label: '0–1', most: 1 },
  { label: '2–3', most: 3 },
  { label: '4–7', most: 7 },
  { label: '8–14', most: 14 },
  { label: '15–30', most: 30 },
  { label: '31+', most: 31 },
];

async function unheardByAge({ db }: Deps, reader: Reader, tenantId: TenantId, filter: ListFilter): Promise<Chart> {
  const { charts } = wordsIn(reader.locale).reports;
  const counts = await countUnheardByAge(db, tenantId, reader.now, filter);
  const bars = ages.map(({ label, most }, index) => {
    const before = ages[index - 1]?.most ?? -1;
    const within = counts.filter(({ days }) => days > before && days <= most);
    return { label, value: within.reduce((sum, { count }) => sum + count, 0) };
  });
  return { title: charts.unheard, of: charts.age, unit: charts.count, bars };
}

/** Of the company, or of the one mailbox that the filter names. */
async function storageByDay(
  { db }: Deps,
  reader: Reader,
  tenantId: TenantId,
  filter: ListFilter,
): Promise<Chart | undefined> {
  const { charts } = wordsIn(reader.locale).reports;
  const shown = daysOf(reader, filter, 90);
  const [first = '', last = ''] = [shown.at(0), shown.at(-1)];
  if (first === '') return undefined;
  const days =
    filter.person === undefined
      ? await findCompanyDays(db, tenantId, { first, last })
      : await findMailboxDays(db, tenantId, filter.person, { first, last });
  return {
    title: isNarrowed(filter) ? charts.storageByDay : charts.storageDays,
    of: charts.day,
    unit: charts.megabytes,
    bars: days.map(({ day, bytes }) => ({
      label: formatDay(reader, day),
      value: Math.round(Number(bytes) / 100_000) / 10,
    })),
  };
}
