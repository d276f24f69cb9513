import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { type ReadingContext, readWhen } from '../../../src/core/dates/read-when.js';

/**
 * A phrase, its start and its end (exclusive), in the reader's zone. `-`: from now on, or open-ended. The expected
 * times are computed by hand from the rules of docs/decisions/0026.
 */
const readings = (table: string): (readonly [string, string, string])[] =>
  table
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [phrase = '', from = '', until = ''] = line.split('|').map((cell) => cell.trim());
      return [phrase, from, until] as const;
    });

const onWall = (instant: Date | undefined, timeZone: string): string => {
  if (instant === undefined) return '-';
  const then = DateTime.fromJSDate(instant, { zone: timeZone });
  return then.toFormat(then.hour === 0 && then.minute === 0 ? 'yyyy-MM-dd' : 'yyyy-MM-dd HH:mm');
};

let phrases = 0;

function reads(here: Omit<ReadingContext, 'now'> & { readonly now: string }, table: string) {
  const rows = readings(table);
  phrases += rows.length;
  const reader: ReadingContext = { ...here, now: DateTime.fromISO(here.now, { zone: here.timeZone }).toJSDate() };
  test.each(rows)('“%s”', (phrase, from, until) => {
    const read = readWhen(phrase, reader);
    expect({
      from: onWall(read.from, here.timeZone),
      until: onWall(read.until, here.timeZone),
      unclear: read.unclear,
    }).toEqual({ from, until, unclear: [] });
  });
}

const toronto = { timeZone: 'America/Toronto', region: 'CA' } as const;

describe('English, on Sunday, November 29, 2026, 10:40 in Toronto', () => {
  reads(
    { ...toronto, locale: 'en', now: '2026-11-29T10:40' },
    `
                                        | -                | -
    now                                 | -                | -
    until further notice                | -                | -
    indefinitely                        | -                | -
    open-ended                          | -                | -
    until Friday                        | -                | 2026-12-04
    Until FRIDAY                        | -                | 2026-12-04
    until fri                           | -                | 2026-12-04
    until Fri.                          | -                | 2026-12-04
    till Friday                         | -                | 2026-12-04
    ’til Friday                         | -                | 2026-12-04
    until Friday 5pm                    | -                | 2026-12-04 17:00
    until Friday 5 pm                   | -                | 2026-12-04 17:00
    until Friday 5 p.m.                 | -                | 2026-12-04 17:00
    until Friday 5:00 pm                | -                | 2026-12-04 17:00
    until Friday at 5                   | -                | 2026-12-04 17:00
    until Friday at 5:30                | -                | 2026-12-04 17:30
    until Friday at 17:00               | -                | 2026-12-04 17:00
    until Friday 17h                    | -                | 2026-12-04 17:00
    until Friday 17 h 00                | -                | 2026-12-04 17:00
    until Friday, 5pm                   | -                | 2026-12-04 17:00
    until “Friday 5pm”                  | -                | 2026-12-04 17:00
    until friday — 5pm                  | -                | 2026-12-04 17:00
    until 5pm Friday                    | -                | 2026-12-04 17:00
    until 5pm on Friday                 | -                | 2026-12-04 17:00
    until Friday noon                   | -                | 2026-12-04 12:00
    until noon on Friday                | -                | 2026-12-04 12:00
    until Friday midnight               | -                | 2026-12-05
    until noon                          | -                | 2026-11-29 12:00
    until midnight                      | -                | 2026-11-30
    until 5                             | -                | 2026-11-29 17:00
    until 9                             | -                | 2026-11-30 09:00
    until 17:00                         | -                | 2026-11-29 17:00
    until 9:00                          | -                | 2026-11-30 09:00
    until 1700                          | -                | 2026-11-29 17:00
    until 5 o’clock                     | -                | 2026-11-29 17:00
    until half past five                | -                | 2026-11-29 17:30
    until quarter to 6                  | -                | 2026-11-29 17:45
    just today                          | 2026-11-29       | 2026-11-30
    until quarter past 5 tomorrow       | -                | 2026-11-30 17:15
    until 5 in the afternoon            | -                | 2026-11-29 17:00
    until 8 in the evening              | -                | 2026-11-29 20:00
    until 9 in the morning              | -                | 2026-11-30 09:00
    until eod                           | -                | 2026-11-29 17:00
    until EOD Friday                    | -                | 2026-12-04 17:00
    until end of day                    | -                | 2026-11-29 17:00
    until the end of the day            | -                | 2026-11-29 17:00
    until end of day tomorrow           | -                | 2026-11-30 17:00
    until close of business Friday      | -                | 2026-12-04 17:00
    until end of month                  | -                | 2026-12-01
    until the end of the month          | -                | 2026-12-01
    until end of the week               | -                | 2026-11-30
    until the end of next week          | -                | 2026-12-07
    through the end of next week        | -                | 2026-12-07
    until the end of next month         | -                | 2027-01-01
    until the end of the year           | -                | 2027-01-01
    until end of January                | -                | 2027-02-01
    until the end of January 2027       | -                | 2027-02-01
    until the end of February           | -                | 2027-03-01
    until end of 2027                   | -                | 2028-01-01
    until end of Friday                 | -                | 2026-12-05
    until the end of tomorrow           | -                | 2026-12-01
    until end of Q1                     | -                | 2027-04-01
    until the end of this quarter       | -                | 2027-01-01
    end of month                        | -                | 2026-12-01
    until the beginning of January      | -                | 2027-01-01
    until mid-January                   | -                | 2027-01-15
    through Friday                      | -                | 2026-12-05
    thru Friday                         | -                | 2026-12-05
    until and including Friday          | -                | 2026-12-05
    until Friday inclusive              | -                | 2026-12-05
    until Friday (inclusive)            | -                | 2026-12-05
    up to and including Friday          | -                | 2026-12-05
    through January                     | -                | 2027-02-01
    through next week                   | -                | 2026-12-07
    until January                       | -                | 2027-01-01
    until next week                     | -                | 2026-11-30
    until next month                    | -                | 2026-12-01
    until next year                     | -                | 2027-01-01
    until 2027                          | -                | 2027-01-01
    until today                         | -                | 2026-11-30
    until tomorrow                      | -                | 2026-11-30
    until tmrw                          | -                | 2026-11-30
    until the day after tomorrow        | -                | 2026-12-01
    until tomorrow morning              | -                | 2026-11-30 09:00
    until tomorrow afternoon            | -                | 2026-11-30 12:00
    until this evening                  | -                | 2026-11-29 17:00
    until tonight                       | -                | 2026-11-29 17:00
    until tomorrow at 9                 | -                | 2026-11-30 09:00
    until tomorrow 9am                  | -                | 2026-11-30 09:00
    until 9am tomorrow                  | -                | 2026-11-30 09:00
    until Dec 4                         | -                | 2026-12-04
    until Dec. 4                        | -                | 2026-12-04
    until Dec 4th                       | -                | 2026-12-04
    until December 4th, 2026            | -                | 2026-12-04
    until 4 December                    | -                | 2026-12-04
    until the 4th of December           | -                | 2026-12-04
    until the 4th                       | -                | 2026-12-04
    until the 4th at 9am                | -                | 2026-12-04 09:00
    until the fourth                    | -                | 2026-12-04
    until Friday the 4th                | -                | 2026-12-04
    until Friday, December 4            | -                | 2026-12-04
    until the 3rd of next month         | -                | 2026-12-03
    until November 3                    | -                | 2027-11-03
    until Nov 29                        | -                | 2026-11-30
    until 2026-12-04                    | -                | 2026-12-04
    until 2026-12-04 17:00              | -                | 2026-12-04 17:00
    until 2026-12-04T17:00              | -                | 2026-12-04 17:00
    until 2026-12-04T17:00:00Z          | -                | 2026-12-04 12:00
    until 2026-12-04T17:00-08:00        | -                | 2026-12-04 20:00
    until 20261204                      | -                | 2026-12-04
    until 2026/12/04                    | -                | 2026-12-04
    until 4.12.                         | -                | 2026-12-04
    until 4.12.2026                     | -                | 2026-12-04
    until 12/25                         | -                | 2026-12-25
    until 25/12                         | -                | 2026-12-25
    until 25/12/2026                    | -                | 2026-12-25
    until 4/12                          | -                | 2027-04-12
    until 12/4 5pm                      | -                | 2026-12-04 17:00
    until Christmas                     | -                | 2026-12-25
    until New Year’s Day                | -                | 2027-01-01
    until next Friday                   | -                | 2026-12-04
    until this Friday                   | -                | 2026-12-04
    until Friday of next week           | -                | 2026-12-04
    until Friday next week              | -                | 2026-12-04
    until Monday in two weeks           | -                | 2026-12-07
    until tomorrow week                 | -                | 2026-12-07
    until Friday week                   | -                | 2026-12-11
    until a week from Friday            | -                | 2026-12-11
    until in two weeks                  | -                | 2026-12-13
    until two weeks from now            | -                | 2026-12-13
    back Monday                         | -                | 2026-11-30
    back on Monday                      | -                | 2026-11-30
    back Monday at 9                    | -                | 2026-11-30 09:00
    back in 2 weeks                     | -                | 2026-12-13
    back in two hours                   | -                | 2026-11-29 12:40
    back in half an hour                | -                | 2026-11-29 11:10
    returning Dec 7                     | -                | 2026-12-07
    I’m out until Friday please         | -                | 2026-12-04
    out of office until Friday          | -                | 2026-12-04
    to Friday                           | -                | 2026-12-05
    for two days                        | -                | 2026-12-01
    for 2 days                          | -                | 2026-12-01
    two days                            | -                | 2026-12-01
    2d                                  | -                | 2026-12-01
    a couple of days                    | -                | 2026-12-01
    for the next 3 days                 | -                | 2026-12-02
    next two weeks                      | -                | 2026-12-13
    a week                              | -                | 2026-12-06
    for one week                        | -                | 2026-12-06
    a fortnight                         | -                | 2026-12-13
    twelve days                         | -                | 2026-12-11
    for a month                         | -                | 2026-12-29
    for 3 months                        | -                | 2027-02-28
    5 business days                     | -                | 2026-12-07
    for ten working days                | -                | 2026-12-14
    2h                                  | -                | 2026-11-29 12:40
    2 hours                             | -                | 2026-11-29 12:40
    for 2 hours                         | -                | 2026-11-29 12:40
    for 2 hours from now                | -                | 2026-11-29 12:40
    1.5 hours                           | -                | 2026-11-29 12:10
    an hour and a half                  | -                | 2026-11-29 12:10
    one and a half hours                | -                | 2026-11-29 12:10
    half an hour                        | -                | 2026-11-29 11:10
    90 min                              | -                | 2026-11-29 12:10
    90 minutes                          | -                | 2026-11-29 12:10
    45m                                 | -                | 2026-11-29 11:25
    1 h 30 min                          | -                | 2026-11-29 12:10
    2 hours and 15 minutes              | -                | 2026-11-29 12:55
    the rest of the day                 | -                | 2026-11-30
    for the rest of the week            | -                | 2026-11-30
    the rest of the month               | -                | 2026-12-01
    today                               | 2026-11-29       | 2026-11-30
    tomorrow                            | 2026-11-30       | 2026-12-01
    tommorow                            | 2026-11-30       | 2026-12-01
    wendesday                           | 2026-12-02       | 2026-12-03
    all day tomorrow                    | 2026-11-30       | 2026-12-01
    tomorrow all day                    | 2026-11-30       | 2026-12-01
    on Friday                           | 2026-12-04       | 2026-12-05
    for Friday                          | 2026-12-04       | 2026-12-05
    Sunday                              | 2026-12-06       | 2026-12-07
    next Friday                         | 2026-12-04       | 2026-12-05
    next week                           | 2026-11-30       | 2026-12-07
    all next week                       | 2026-11-30       | 2026-12-07
    next month                          | 2026-12-01       | 2027-01-01
    all next month                      | 2026-12-01       | 2027-01-01
    all of January                      | 2027-01-01       | 2027-02-01
    January 2027                        | 2027-01-01       | 2027-02-01
    next weekend                        | 2026-12-05       | 2026-12-07
    the week of December 7              | 2026-12-07       | 2026-12-14
    the week of the 9th                 | 2026-12-07       | 2026-12-14
    in two weeks                        | 2026-12-13       | 2026-12-14
    the 4th                             | 2026-12-04       | 2026-12-05
    this afternoon                      | 2026-11-29 12:00 | 2026-11-29 17:00
    tonight                             | 2026-11-29 17:00 | 2026-11-30
    tomorrow morning                    | 2026-11-30 09:00 | 2026-11-30 12:00
    tomorrow afternoon                  | 2026-11-30 12:00 | 2026-11-30 17:00
    Friday morning                      | 2026-12-04 09:00 | 2026-12-04 12:00
    half day tomorrow                   | 2026-11-30 09:00 | 2026-11-30 13:00
    half a day tomorrow                 | 2026-11-30 09:00 | 2026-11-30 13:00
    half-day on Friday                  | 2026-12-04 09:00 | 2026-12-04 13:00
    tomorrow, half day                  | 2026-11-30 09:00 | 2026-11-30 13:00
    half day tomorrow afternoon         | 2026-11-30 13:00 | 2026-11-30 17:00
    half day                            | -                | 2026-11-29 14:40
    tomorrow for 2 hours                | 2026-11-30 09:00 | 2026-11-30 11:00
    tomorrow at 2 for an hour           | 2026-11-30 14:00 | 2026-11-30 15:00
    from 3 to 7 January                 | 2027-01-03       | 2027-01-08
    from the 3rd to the 7th             | 2026-12-03       | 2026-12-08
    3-7 Jan                             | 2027-01-03       | 2027-01-08
    3–7 January                         | 2027-01-03       | 2027-01-08
    Jan 3-7                             | 2027-01-03       | 2027-01-08
    Dec 24-28, 2026                     | 2026-12-24       | 2026-12-29
    Dec 28 to 3 2027                    | 2026-12-28       | 2027-01-04
    Jan 3 - Jan 7                       | 2027-01-03       | 2027-01-08
    from 28 to 3 January                | 2026-12-28       | 2027-01-04
    from Dec 24 to Jan 2                | 2026-12-24       | 2027-01-03
    Dec 24 to Jan 2                     | 2026-12-24       | 2027-01-03
    Dec 24 through Jan 2                | 2026-12-24       | 2027-01-03
    from Dec 24 until Jan 2             | 2026-12-24       | 2027-01-02
    Dec 24 to Jan 2, 2027               | 2026-12-24       | 2027-01-03
    between Dec 24 and Jan 2            | 2026-12-24       | 2027-01-03
    2026-12-24 to 2027-01-02            | 2026-12-24       | 2027-01-03
    12/24 - 1/2                         | 2026-12-24       | 2027-01-03
    from Nov 23 to Dec 4                | 2026-11-23       | 2026-12-05
    Mon-Wed                             | 2026-11-30       | 2026-12-03
    Monday to Wednesday                 | 2026-11-30       | 2026-12-03
    Monday through Wednesday            | 2026-11-30       | 2026-12-03
    from Monday until Wednesday         | 2026-11-30       | 2026-12-02
    Monday and Tuesday                  | 2026-11-30       | 2026-12-02
    from Friday to Monday               | 2026-12-04       | 2026-12-08
    from tomorrow 9am until Friday      | 2026-11-30 09:00 | 2026-12-04
    from tomorrow to Friday 5pm         | 2026-11-30       | 2026-12-04 17:00
    Friday 5pm until Monday 9am         | 2026-12-04 17:00 | 2026-12-07 09:00
    from 9 to 5 tomorrow                | 2026-11-30 09:00 | 2026-11-30 17:00
    tomorrow from 9 to 12               | 2026-11-30 09:00 | 2026-11-30 12:00
    tomorrow 9-5                        | 2026-11-30 09:00 | 2026-11-30 17:00
    Friday 9am-5pm                      | 2026-12-04 09:00 | 2026-12-04 17:00
    from 2 to 4pm                       | 2026-11-29 14:00 | 2026-11-29 16:00
    between 2 and 4 pm tomorrow         | 2026-11-30 14:00 | 2026-11-30 16:00
    from 9am to 5pm tomorrow            | 2026-11-30 09:00 | 2026-11-30 17:00
    17:00-18:00 tomorrow                | 2026-11-30 17:00 | 2026-11-30 18:00
    starting Monday for 2 weeks         | 2026-11-30       | 2026-12-14
    from Monday for 3 days              | 2026-11-30       | 2026-12-03
    2 weeks starting Monday             | 2026-11-30       | 2026-12-14
    for two weeks from Dec 7            | 2026-12-07       | 2026-12-21
    from Monday for 5 working days      | 2026-11-30       | 2026-12-07
    starting tomorrow                   | 2026-11-30       | -
    from Friday 5pm                     | 2026-12-04 17:00 | -
    from next week                      | 2026-11-30       | -
    as of Monday                        | 2026-11-30       | -
    since Monday                        | 2026-11-23       | -
    from now until Friday               | -                | 2026-12-04
    from Monday until further notice    | 2026-11-30       | -
    from yesterday until Friday         | 2026-11-28       | 2026-12-04
    until Fri, Dec 4, 5:00 pm UTC       | -                | 2026-12-04 12:00
    until 5pm EST                       | -                | 2026-11-29 17:00
    until 5 pm PST                      | -                | 2026-11-29 20:00
    until Friday 9am GMT+5:30           | -                | 2026-12-03 22:30
    jusqu’à Friday                      | -                | 2026-12-05
    until vendredi 17 h                 | -                | 2026-12-04 17:00
    `,
  );
});

describe('French, on Sunday, November 29, 2026, 10:40 in Toronto', () => {
  reads(
    { ...toronto, locale: 'fr', now: '2026-11-29T10:40' },
    `
    maintenant                          | -                | -
    jusqu’à nouvel ordre                | -                | -
    sans fin fixée                      | -                | -
    jusqu’à vendredi                    | -                | 2026-12-05
    JUSQU'À VENDREDI                    | -                | 2026-12-05
    jusqu'a vendredi                    | -                | 2026-12-05
    jusqu’à vendredi inclus             | -                | 2026-12-05
    jusqu’à vendredi inclusivement      | -                | 2026-12-05
    jusqu’à vendredi exclu              | -                | 2026-12-04
    jusqu’à vendredi 17 h               | -                | 2026-12-04 17:00
    jusqu’à vendredi 17h                | -                | 2026-12-04 17:00
    jusqu’à vendredi à 17h30            | -                | 2026-12-04 17:30
    jusqu’à vendredi à 17 heures        | -                | 2026-12-04 17:00
    jusqu’à vendredi 17:00              | -                | 2026-12-04 17:00
    jusqu’à vendredi midi               | -                | 2026-12-04 12:00
    jusqu’à ven. 4 décembre à 17 h 00   | -                | 2026-12-04 17:00
    jusqu’à mar. 1 décembre à 9 h 05    | -                | 2026-12-01 09:05
    jusqu’au 4 décembre                 | -                | 2026-12-05
    jusqu’au 4                          | -                | 2026-12-05
    jusqu’au 4 déc.                     | -                | 2026-12-05
    jusqu’au 4 à 9h                     | -                | 2026-12-04 09:00
    jusqu’au 4/12                       | -                | 2026-12-05
    jusqu’au 04/12/2026                 | -                | 2026-12-05
    jusqu’au vendredi 4 décembre        | -                | 2026-12-05
    jusqu’au 1er janvier                | -                | 2027-01-02
    jusqu’à la fin du mois              | -                | 2026-12-01
    jusqu’à la fin de la semaine        | -                | 2026-11-30
    jusqu’à la fin de l’année           | -                | 2027-01-01
    jusqu’à la fin de la semaine prochaine | -             | 2026-12-07
    jusqu’à la fin du mois prochain     | -                | 2027-01-01
    jusqu’à fin janvier                 | -                | 2027-02-01
    jusqu’à la fin de janvier           | -                | 2027-02-01
    fin janvier                         | -                | 2027-02-01
    fin du mois                         | -                | 2026-12-01
    jusqu’à la fin de la journée        | -                | 2026-11-29 17:00
    jusqu’en fin de journée             | -                | 2026-11-29 17:00
    fin de journée                      | -                | 2026-11-29 17:00
    jusqu’à demain                      | -                | 2026-12-01
    jusqu’à demain matin                | -                | 2026-11-30 09:00
    jusqu’à demain midi                 | -                | 2026-11-30 12:00
    jusqu’à ce soir                     | -                | 2026-11-29 17:00
    jusqu’à midi                        | -                | 2026-11-29 12:00
    jusqu’à minuit                      | -                | 2026-11-30
    jusqu’à 17 h                        | -                | 2026-11-29 17:00
    jusqu’à 8 h du soir                 | -                | 2026-11-29 20:00
    jusqu’à 5 heures de l’après-midi    | -                | 2026-11-29 17:00
    jusqu’à cinq heures                 | -                | 2026-11-29 17:00
    jusqu’à 5 heures du matin           | -                | 2026-11-30 05:00
    demain de 9 heures à 5 heures       | 2026-11-30 09:00 | 2026-11-30 17:00
    aujourd’hui seulement               | 2026-11-29       | 2026-11-30
    jusqu’à 17 heures et demie          | -                | 2026-11-29 17:30
    jusqu’à 17 heures moins le quart    | -                | 2026-11-29 16:45
    jusqu’à 2 h                         | -                | 2026-11-30 02:00
    jusqu’à 17 h 00 HNE                 | -                | 2026-11-29 17:00
    jusqu’à 17 h 00 UTC                 | -                | 2026-11-29 12:00
    jusqu’en janvier                    | -                | 2027-01-01
    jusqu’à la semaine prochaine        | -                | 2026-11-30
    jusqu’à la mi-janvier               | -                | 2027-01-15
    jusqu’à Noël                        | -                | 2026-12-26
    jusqu’au jour de l’An               | -                | 2027-01-02
    d’ici vendredi                      | -                | 2026-12-04
    de retour lundi                     | -                | 2026-11-30
    de retour le 7 décembre             | -                | 2026-12-07
    de retour le 7 décembre à 9h        | -                | 2026-12-07 09:00
    de retour dans deux semaines        | -                | 2026-12-13
    de retour dans une heure            | -                | 2026-11-29 11:40
    de retour demain matin              | -                | 2026-11-30 09:00
    je suis absent jusqu’à vendredi svp | -                | 2026-12-05
    pour deux jours                     | -                | 2026-12-01
    pendant 2 jours                     | -                | 2026-12-01
    deux jours                          | -                | 2026-12-01
    2 j                                 | -                | 2026-12-01
    une couple de jours                 | -                | 2026-12-01
    une semaine                         | -                | 2026-12-06
    pour une quinzaine                  | -                | 2026-12-13
    pour douze jours                    | -                | 2026-12-11
    sept jours                          | -                | 2026-12-06
    pour un mois                        | -                | 2026-12-29
    les deux prochaines semaines        | -                | 2026-12-13
    les 3 prochains jours               | -                | 2026-12-02
    10 jours ouvrables                  | -                | 2026-12-14
    cinq jours ouvrés                   | -                | 2026-12-07
    2 h                                 | -                | 2026-11-29 12:40
    pendant 2 h                         | -                | 2026-11-29 12:40
    pour 2 heures                       | -                | 2026-11-29 12:40
    une heure et demie                  | -                | 2026-11-29 12:10
    1h30                                | -                | 2026-11-29 12:10
    pendant 1 h 30                      | -                | 2026-11-29 12:10
    une demi-heure                      | -                | 2026-11-29 11:10
    1,5 heure                           | -                | 2026-11-29 12:10
    90 minutes                          | -                | 2026-11-29 12:10
    le reste de la semaine              | -                | 2026-11-30
    le reste du mois                    | -                | 2026-12-01
    aujourd’hui                         | 2026-11-29       | 2026-11-30
    demain                              | 2026-11-30       | 2026-12-01
    demain toute la journée             | 2026-11-30       | 2026-12-01
    toute la journée demain             | 2026-11-30       | 2026-12-01
    après-demain                        | 2026-12-01       | 2026-12-02
    vendredi                            | 2026-12-04       | 2026-12-05
    vendrdi                             | 2026-12-04       | 2026-12-05
    le vendredi 4                       | 2026-12-04       | 2026-12-05
    le 4                                | 2026-12-04       | 2026-12-05
    1er décembre                        | 2026-12-01       | 2026-12-02
    le 1er décembre                     | 2026-12-01       | 2026-12-02
    le premier décembre                 | 2026-12-01       | 2026-12-02
    vendredi prochain                   | 2026-12-04       | 2026-12-05
    vendredi de la semaine prochaine    | 2026-12-04       | 2026-12-05
    demain en huit                      | 2026-12-07       | 2026-12-08
    vendredi en huit                    | 2026-12-11       | 2026-12-12
    dans 2 semaines                     | 2026-12-13       | 2026-12-14
    la semaine prochaine                | 2026-11-30       | 2026-12-07
    toute la semaine prochaine          | 2026-11-30       | 2026-12-07
    la semaine du 7 décembre            | 2026-12-07       | 2026-12-14
    le mois prochain                    | 2026-12-01       | 2027-01-01
    tout le mois de janvier             | 2027-01-01       | 2027-02-01
    la fin de semaine prochaine         | 2026-12-05       | 2026-12-07
    cet après-midi                      | 2026-11-29 12:00 | 2026-11-29 17:00
    ce soir                             | 2026-11-29 17:00 | 2026-11-30
    demain matin                        | 2026-11-30 09:00 | 2026-11-30 12:00
    demain après-midi                   | 2026-11-30 12:00 | 2026-11-30 17:00
    demi-journée demain                 | 2026-11-30 09:00 | 2026-11-30 13:00
    une demi-journée vendredi           | 2026-12-04 09:00 | 2026-12-04 13:00
    demain, demi-journée                | 2026-11-30 09:00 | 2026-11-30 13:00
    une demi-journée demain après-midi  | 2026-11-30 13:00 | 2026-11-30 17:00
    du 3 au 7 janvier                   | 2027-01-03       | 2027-01-08
    du 3 au 7 janvier inclus            | 2027-01-03       | 2027-01-08
    du 3 au 7                           | 2026-12-03       | 2026-12-08
    du 3/1 au 7/1                       | 2027-01-03       | 2027-01-08
    du 28 décembre au 3 janvier         | 2026-12-28       | 2027-01-04
    du 28 au 3 janvier                  | 2026-12-28       | 2027-01-04
    du lundi 4 au vendredi 8 janvier    | 2027-01-04       | 2027-01-09
    du 4 janvier jusqu’au 8             | 2027-01-04       | 2027-01-09
    du 23 novembre au 4 décembre        | 2026-11-23       | 2026-12-05
    entre le 3 et le 7 janvier          | 2027-01-03       | 2027-01-08
    entre Noël et le jour de l’An       | 2026-12-25       | 2027-01-02
    lundi à mercredi                    | 2026-11-30       | 2026-12-03
    de lundi à mercredi                 | 2026-11-30       | 2026-12-03
    du lundi au mercredi                | 2026-11-30       | 2026-12-03
    lundi et mardi                      | 2026-11-30       | 2026-12-02
    le 4 et le 5 décembre               | 2026-12-04       | 2026-12-06
    de 9 h à 17 h demain                | 2026-11-30 09:00 | 2026-11-30 17:00
    demain de 9h à 12h                  | 2026-11-30 09:00 | 2026-11-30 12:00
    demain de 9 à 17                    | 2026-11-30 09:00 | 2026-11-30 17:00
    entre 14 h et 16 h                  | 2026-11-29 14:00 | 2026-11-29 16:00
    de vendredi 17 h à lundi 9 h        | 2026-12-04 17:00 | 2026-12-07 09:00
    de demain 9h à vendredi             | 2026-11-30 09:00 | 2026-12-05
    dès lundi pour trois jours          | 2026-11-30       | 2026-12-03
    à partir de lundi pour 2 semaines   | 2026-11-30       | 2026-12-14
    trois semaines à partir du 7 décembre | 2026-12-07     | 2026-12-28
    à partir de lundi                   | 2026-11-30       | -
    à compter du 7 décembre             | 2026-12-07       | -
    dès demain                          | 2026-11-30       | -
    depuis lundi                        | 2026-11-23       | -
    lundi prochain à 14h                | 2026-11-30 14:00 | -
    demain à midi et demi               | 2026-11-30 12:30 | -
    17 h 30                             | 2026-11-29 17:30 | -
    du 3 to 7 January                   | 2027-01-03       | 2027-01-08
    tomorrow matin                      | 2026-11-30 09:00 | 2026-11-30 12:00
    `,
  );
});

describe('English, on Wednesday, December 2, 2026, 14:15 in London', () => {
  reads(
    { timeZone: 'Europe/London', region: 'GB', locale: 'en', now: '2026-12-02T14:15' },
    `
    until 4/12                          | -                | 2026-12-04
    until 4/12/26                       | -                | 2026-12-04
    until 04-12-2026                    | -                | 2026-12-04
    until 12/25                         | -                | 2026-12-25
    4/12 - 7/12                         | 2026-12-04       | 2026-12-08
    until 1/12                          | -                | 2027-12-01
    until Wednesday                     | -                | 2026-12-09
    until Wednesday 5pm                 | -                | 2026-12-02 17:00
    until Wednesday 1pm                 | -                | 2026-12-09 13:00
    until this Friday                   | -                | 2026-12-04
    until next Friday                   | -                | 2026-12-11
    this Friday                         | 2026-12-04       | 2026-12-05
    next Friday                         | 2026-12-11       | 2026-12-12
    vendredi prochain                   | 2026-12-04       | 2026-12-05
    this week                           | 2026-11-30       | 2026-12-07
    until end of week                   | -                | 2026-12-07
    this weekend                        | 2026-12-05       | 2026-12-07
    until noon                          | -                | 2026-12-03 12:00
    until 14:00                         | -                | 2026-12-03 14:00
    until this afternoon                | -                | 2026-12-02 17:00
    half day today                      | 2026-12-02 13:00 | 2026-12-02 17:00
    5 working days                      | -                | 2026-12-09
    from the 1st to the 5th             | 2026-12-01       | 2026-12-06
    Tue-Thu                             | 2026-12-08       | 2026-12-11
    until end of June                   | -                | 2027-07-01
    from March 26 to March 29           | 2027-03-26       | 2027-03-30
    `,
  );
});

describe('English, on Tuesday, January 15, 2030, 8:00 in New York', () => {
  reads(
    { timeZone: 'America/New_York', region: 'US', locale: 'en', now: '2030-01-15T08:00' },
    `
    until 4/12                          | -                | 2030-04-12
    until 2/1                           | -                | 2030-02-01
    until 1/14                          | -                | 2031-01-14
    until 4/12/2030                     | -                | 2030-04-12
    half day today                      | 2030-01-15 09:00 | 2030-01-15 13:00
    today                               | 2030-01-15       | 2030-01-16
    until the 14th                      | -                | 2030-02-14
    until the 31st                      | -                | 2030-01-31
    until Feb 29                        | -                | 2032-02-29
    for 2 days                          | -                | 2030-01-17
    from Mar 9 5pm to Mar 11 9am        | 2030-03-09 17:00 | 2030-03-11 09:00
    for a year                          | -                | 2031-01-15
    from Friday for 2 business days     | 2030-01-18       | 2030-01-22
    `,
  );
});

describe('French, on Friday, February 26, 2027, 16:30 in Paris', () => {
  reads(
    { timeZone: 'Europe/Paris', region: 'FR', locale: 'fr', now: '2027-02-26T16:30' },
    `
    jusqu’au 3/4                        | -                | 2027-04-04
    jusqu’à vendredi                    | -                | 2027-03-06
    jusqu’à vendredi 17 h               | -                | 2027-02-26 17:00
    jusqu’à la fin du mois              | -                | 2027-03-01
    jusqu’à la fin de la semaine        | -                | 2027-03-01
    mar 2 mars                          | 2027-03-02       | 2027-03-03
    mardi 2                             | 2027-03-02       | 2027-03-03
    demain                              | 2027-02-27       | 2027-02-28
    pour 3 jours ouvrables              | -                | 2027-03-03
    du 27 mars au 29 mars               | 2027-03-27       | 2027-03-30
    lundi prochain                      | 2027-03-01       | 2027-03-02
    le week-end                         | 2027-02-27       | 2027-03-01
    demi-journée                        | -                | 2027-02-26 20:30
    en mai                              | 2027-05-01       | 2027-06-01
    `,
  );
});

describe('In zones of odd offsets and odd clock changes', () => {
  describe('Kathmandu, on Monday, June 1, 2026, 9:30', () => {
    reads(
      { timeZone: 'Asia/Kathmandu', region: 'NP', locale: 'en', now: '2026-06-01T09:30' },
      `
      until 5pm                         | -                | 2026-06-01 17:00
      until 4/12                        | -                | 2026-12-04
      until Friday 5pm UTC              | -                | 2026-06-05 22:45
      tomorrow morning                  | 2026-06-02 09:00 | 2026-06-02 12:00
      `,
    );
  });
  describe('Lord Howe, on Friday, October 2, 2026, 12:00', () => {
    reads(
      { timeZone: 'Australia/Lord_Howe', region: 'AU', locale: 'en', now: '2026-10-02T12:00' },
      `
      until Sunday 2:15 am              | -                | 2026-10-04 02:45
      for 3 days                        | -                | 2026-10-05
      for 48 hours                      | -                | 2026-10-04 12:30
      `,
    );
  });
  describe('Santiago, on Friday, September 4, 2026, 12:00', () => {
    reads(
      { timeZone: 'America/Santiago', region: 'CL', locale: 'en', now: '2026-09-04T12:00' },
      `
      until Sunday                      | -                | 2026-09-06 01:00
      Saturday                          | 2026-09-05       | 2026-09-06 01:00
      `,
    );
  });
});

test('the tables hold at least 300 phrases', () => {
  expect(phrases).toBeGreaterThanOrEqual(300);
});

describe('what is not understood is said', () => {
  const here: ReadingContext = { ...toronto, locale: 'en', now: new Date('2026-11-29T15:40:00Z') };

  test.each([
    ['until dinner', 'dinner'],
    ['until the match', 'match'],
    ['until Friday at the *dentist*', '*dentist*'],
    ['every Friday', 'every'],
    ['a few days', 'few days'],
    ['שלום', 'שלום'],
    ['🏖️🏖️', '🏖️🏖️'],
    ['until Friday Monday', 'Monday'],
    ['until 25:00', '25:00'],
    ['quand les poules auront des dents', 'quand poules auront dents'],
  ])('“%s”', (typed, text) => {
    expect(readWhen(typed, here).unclear).toEqual([{ kind: 'words', text }]);
  });

  test.each(['until Feb 31', 'until 31/2', 'until 2026-02-30', 'until 13/13', 'jusqu’au 31 novembre'])(
    '“%s” is a day that no calendar has',
    (typed) => {
      expect(readWhen(typed, here)).toMatchObject({ until: undefined, unclear: [{ kind: 'no-such-day' }] });
    },
  );

  test('a weekday that is not the date’s', () => {
    expect(readWhen('until Monday, December 4', here).unclear).toMatchObject([{ kind: 'weekday', weekday: 1 }]);
    expect(readWhen('jusqu’au jeudi 4', { ...here, locale: 'fr' }).unclear).toMatchObject([
      { kind: 'weekday', weekday: 4 },
    ]);
  });

  test('two days that are not in a row', () => {
    expect(readWhen('Monday and Thursday', here).unclear).toMatchObject([{ kind: 'apart' }]);
  });

  test('a date in numbers that has two orders is read by the region, and told', () => {
    const read = (region: string) => readWhen('until 4/12', { ...here, region });
    expect(read('GB')).toMatchObject({ until: new Date('2026-12-04T05:00:00Z'), remarks: [{ kind: 'order' }] });
    expect(read('US')).toMatchObject({ until: new Date('2027-04-12T04:00:00Z'), remarks: [{ kind: 'order' }] });
    expect(readWhen('until 12/25', here).remarks).toEqual([]);
  });

  test('a past date stays past, so that it can be refused', () => {
    expect(readWhen('until 2020-01-01', here).until).toEqual(new Date('2020-01-01T05:00:00Z'));
    expect(readWhen('until yesterday', here).until).toEqual(new Date('2026-11-28T05:00:00Z'));
    expect(readWhen('until Fri, Nov 27, 2:05 pm', here).until).toEqual(new Date('2026-11-27T19:05:00Z'));
  });
});

describe('what nobody would type', () => {
  const here: ReadingContext = { ...toronto, locale: 'en', now: new Date('2026-11-29T15:40:00Z') };

  test('is refused by its length alone', () => {
    expect(readWhen('until Friday '.repeat(20_000), here)).toMatchObject({
      until: undefined,
      unclear: [{ kind: 'too-long' }],
    });
  });

  test.each([
    '('.repeat(200),
    'from '.repeat(40),
    'until '.repeat(33),
    'a week from '.repeat(16),
    'end of the '.repeat(18),
    '1 h '.repeat(50),
    'to '.repeat(66),
    'half '.repeat(40),
    '2 weeks from '.repeat(15),
    'the '.repeat(50),
    'next '.repeat(40),
    '1-'.repeat(100),
    '9'.repeat(200),
    '1.'.repeat(100),
    'for 99999 years',
    'until 99999-99-99',
    'in 99999999999999999999 days',
    '\u202e\u200b\0until\ufeff Friday',
    'ﬁ'.repeat(200),
    'a\u0301'.repeat(100),
    '\ud800until Friday',
  ])('“%s” ends with an answer', (typed) => {
    const read = readWhen(typed, here);
    for (const instant of [read.from, read.until]) if (instant) expect(instant.getTime()).not.toBeNaN();
  });
});
