import { IANAZone } from 'luxon';
import { offsetAt } from './wall-time.js';

/** Return a zone's name at an instant as people write it: `EST`, `UTC`, `GMT+5:30`; in French `HNE`, `UTC+5:30`. */
export function zoneName(
  instant: Date,
  timeZone: string,
  locale: 'en' | 'fr',
  length: 'short' | 'long' = 'short',
): string {
  const parts = formatterOf(timeZone, locale, length)?.formatToParts(instant);
  return parts?.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

/** Creating a formatter takes longer than reading a whole date. There are as many as zones in use. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Undefined: there is no such zone. */
function formatterOf(timeZone: string, locale: 'en' | 'fr', length: 'short' | 'long'): Intl.DateTimeFormat | undefined {
  const key = `${timeZone} ${locale} ${length}`;
  const known = formatters.get(key);
  if (known || !IANAZone.isValidZone(timeZone)) return known;
  const made = new Intl.DateTimeFormat(`${locale}-CA`, { timeZone, timeZoneName: length });
  formatters.set(key, made);
  return made;
}

/** Return whether the clocks of two zones differ at an instant. */
export const clocksDiffer = (instant: Date, one: string, another: string): boolean =>
  offsetAt(instant.getTime(), one) !== offsetAt(instant.getTime(), another);

/** Return the offset from UTC, in minutes, of a zone's usual abbreviation in lower case; undefined: unknown. */
export const offsetOfName = (name: string): number | undefined => offsets.get(name);

/** Abbreviations that have one meaning for the companies we serve. Both languages of Canada; Europe's usual ones. */
const offsets: ReadonlyMap<string, number> = new Map(
  Object.entries({
    utc: 0,
    gmt: 0,
    wet: 0,
    west: 60,
    bst: 60,
    cet: 60,
    cest: 120,
    eet: 120,
    eest: 180,
    nst: -210,
    ndt: -150,
    hnt: -210,
    hat: -150,
    ast: -240,
    adt: -180,
    hna: -240,
    haa: -180,
    est: -300,
    edt: -240,
    hne: -300,
    hae: -240,
    cst: -360,
    cdt: -300,
    hnc: -360,
    hac: -300,
    mst: -420,
    mdt: -360,
    hnr: -420,
    har: -360,
    pst: -480,
    pdt: -420,
    hnp: -480,
    hap: -420,
    akst: -540,
    akdt: -480,
    hst: -600,
  }),
);
