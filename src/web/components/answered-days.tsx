import { DateTime } from 'luxon';
import { type Reader, withoutDots } from '../../core/chat/phrasing.js';
import { formatNumber } from '../../core/phone-number.js';
import type { Answer, AnsweredDay, AnsweredTime } from '../../core/routing/explain/who-answers.js';
import { isHole } from '../../core/routing/explain/who-answers.js';
import { type WebWords, webWords } from '../web.words.js';

/** A day has so many columns: quarters of an hour on the clock. */
const quarters = 96;
/** Hours that have a heading. */
const headedHours = [0, 3, 6, 9, 12, 15, 18, 21];

/** Who answers, one row a day: as wide as it lasts where there is room, and a list of times where there is none. */
export function AnsweredDays(props: { days: readonly AnsweredDay[]; name: string; reader: Reader; country: string }) {
  const { days, name, reader, country } = props;
  const words = webWords(reader.locale);
  return (
    <table class="answered-days">
      <caption class="unseen">{words.routeDaysOf(name)}</caption>
      <thead>
        <tr>
          <th scope="col" class="day">
            {words.routeDay}
          </th>
          {headedHours.map((hour) => (
            <th scope="col" colSpan={quarters / headedHours.length}>
              {words.routeHour(hour)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr>
            <th scope="row" class="day">
              {dayName(reader, day.startsAt)}
            </th>
            {cellsOf(day, reader).map(({ time, span }) => (
              <td colSpan={span} class={isHole(time.answer) ? 'hole' : undefined} title={timesOf(time, day, reader)}>
                <span class="times">{timesOf(time, day, reader)}</span>
                <span class="who" dir="auto">
                  {answerName(time.answer, country, words)}
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Who it is, or what happens where nobody is rung. */
export function answerName(answer: Answer, country: string, words: WebWords): string {
  switch (answer.kind) {
    case 'person':
      return answer.name;
    case 'number':
      return formatNumber(answer.number, country);
    case 'mailbox':
      return words.routeMailbox;
    case 'nobody':
      return words.routeMissed;
    case 'closed':
      return words.routeClosed;
    default:
      return answer satisfies never;
  }
}

/** Each time with its columns; a short one has one at least, so that no hole is too small to be seen. */
function cellsOf(
  { times }: AnsweredDay,
  reader: Reader,
): readonly { readonly time: AnsweredTime; readonly span: number }[] {
  let column = 0;
  return times.map((time, index) => {
    const rest = times.length - index - 1;
    const end = rest === 0 ? quarters : columnOf(time.endsAt, reader);
    const until = Math.min(Math.max(end, column + 1), quarters - rest);
    const span = Math.max(1, until - column);
    column += span;
    return { time, span };
  });
}

const wall = ({ timeZone, locale }: Reader, instant: Date) =>
  DateTime.fromJSDate(instant, { zone: timeZone }).setLocale(locale === 'fr' ? 'fr-CA' : 'en-CA');

function columnOf(instant: Date, reader: Reader): number {
  const { hour, minute } = wall(reader, instant);
  return Math.round((hour * 60 + minute) / 15);
}

const dayName = (reader: Reader, day: Date): string =>
  wall(reader, day).toLocaleString({ weekday: 'short', month: 'short', day: 'numeric' });

function timesOf({ startsAt, endsAt }: AnsweredTime, { times }: AnsweredDay, reader: Reader): string {
  const words = webWords(reader.locale);
  if (times.length === 1) return words.routeAllDay;
  const time = (instant: Date) =>
    withoutDots(wall(reader, instant).toLocaleString({ hour: 'numeric', minute: '2-digit' }));
  return words.routeTimes(time(startsAt), time(endsAt));
}
