import { DateTime } from 'luxon';
import type { Reader } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { countMissedByDay, countUnheardByAge } from './charts.store.js';
import type { ListName } from './list-names.js';
import { formatDay } from './shown-value.js';
import { findCompanyDays } from './storage.store.js';

/** What a chart shows: one bar for each value, in order. */
export interface Chart {
  readonly title: string;
  /** What the bars stand for, and what their heights do. */
  readonly of: string;
  readonly unit: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}

/** The chart of a list; undefined: it has none, or nothing to show yet. */
export async function chartOf(
  deps: Deps,
  reader: Reader,
  tenantId: TenantId,
  list: ListName,
): Promise<Chart | undefined> {
  const chart = await chartFor(deps, reader, tenantId, list);
  return chart?.bars.some(({ value }) => value > 0) ? chart : undefined;
}

function chartFor(deps: Deps, reader: Reader, tenantId: TenantId, list: ListName): Promise<Chart | undefined> {
  switch (list) {
    case 'missed':
      return missedByDay(deps, reader, tenantId);
    case 'unheard':
      return unheardByAge(deps, reader, tenantId);
    case 'storage-days':
      return storageByDay(deps, reader, tenantId);
    default:
      return Promise.resolve(undefined);
  }
}

async function missedByDay({ db }: Deps, reader: Reader, tenantId: TenantId): Promise<Chart> {
  const { charts } = wordsIn(reader.locale).reports;
  const first = DateTime.fromJSDate(reader.now, { zone: reader.timeZone }).startOf('day').minus({ days: 29 });
  const counts = await countMissedByDay(db, tenantId, { since: first.toJSDate(), timeZone: reader.timeZone });
  const countOf = new Map(counts.map(({ day, count }) => [day, count]));
  const days = Array.from({ length: 30 }, (_, index) => first.plus({ days: index }).toISODate() ?? '');
  return {
    title: charts.missed,
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

async function unheardByAge({ db }: Deps, reader: Reader, tenantId: TenantId): Promise<Chart> {
  const { charts } = wordsIn(reader.locale).reports;
  const counts = await countUnheardByAge(db, tenantId, reader.now);
  const bars = ages.map(({ label, most }, index) => {
    const before = ages[index - 1]?.most ?? -1;
    const within = counts.filter(({ days }) => days > before && days <= most);
    return { label, value: within.reduce((sum, { count }) => sum + count, 0) };
  });
  return { title: charts.unheard, of: charts.age, unit: charts.count, bars };
}

async function storageByDay({ db }: Deps, reader: Reader, tenantId: TenantId): Promise<Chart> {
  const { charts } = wordsIn(reader.locale).reports;
  const since = new Date(reader.now.getTime() - 90 * 86_400_000);
  const days = await findCompanyDays(db, tenantId, since);
  return {
    title: charts.storageDays,
    of: charts.day,
    unit: charts.megabytes,
    bars: days.map(({ day, bytes }) => ({
      label: formatDay(reader, day.toISOString().slice(0, 10)),
      value: Math.round(Number(bytes) / 100_000) / 10,
    })),
  };
}
