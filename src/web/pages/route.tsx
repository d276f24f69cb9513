import { DateTime } from 'luxon';
import { hasPermission } from '../../core/chat/actor.js';
import { formatDuration, formatPeriodEdge, type Reader } from '../../core/chat/phrasing.js';
import { readMoment } from '../../core/dates/read-when.js';
import { UserError } from '../../core/errors.js';
import { findUser } from '../../core/people/index.js';
import { formatNumber } from '../../core/phone-number.js';
import {
  explainCompanyNumber,
  mayExplain,
  type RouteAhead,
  routeAhead,
} from '../../core/routing/explain/explain-for.js';
import { readExplained } from '../../core/routing/explain/read-explain.js';
import { type AnsweredDay, isHole } from '../../core/routing/explain/who-answers.js';
import { oneLine } from '../../core/text.js';
import { isUsableInstant } from '../../core/time/usable-instant.js';
import { AnsweredDays, answerName } from '../components/answered-days.js';
import type { Routes } from '../http/route-helpers.js';
import { personAddress, routeAddress } from '../page-links.js';
import { type WebWords, webWords } from '../web.words.js';
import { BackLink } from './person.js';

/** Where somebody’s calls go: the path at any time, and who answers in the two weeks from then on. */
export function routePage({ page }: Routes): void {
  page('/route', async ({ deps, request, response, visitor, frame }) => {
    const { requester } = visitor;
    const { reader, tenant } = requester;
    const who = oneLine(String(request.query.who ?? ''), 100);
    const asked = await readExplained(deps, requester, { text: who, mentions: [] });
    const at = instantIn(reader, oneLine(String(request.query.at ?? ''), 40), asked.at);
    if (asked.kind === 'person') {
      const query = at === reader.now ? '' : `?${new URLSearchParams({ at: at.toISOString() })}`;
      return response.redirect(303, `${routeAddress(asked.userId)}${query}`);
    }
    const because = await explainCompanyNumber(deps, requester, asked.number, at);
    const number = formatNumber(asked.number, tenant.country);
    const title = webWords(reader.locale).routeOf(number);
    const children = <NumberView who={number} because={because} at={at} reader={reader} title={title} />;
    response.send(await frame({ title, children }));
  });

  page('/people/:id/route', async ({ deps, request, response, visitor, frame }) => {
    const { requester } = visitor;
    const { reader, tenant } = requester;
    const person = await findUser(deps.db, tenant.id, String(request.params.id));
    if (!person) throw new UserError((words) => words.directory.gone, 404);
    if (!mayExplain(requester, person.id)) throw new UserError((words) => words.routing.notYours, 403);
    const typed = {
      who: oneLine(String(request.query.who ?? ''), 100),
      at: oneLine(String(request.query.at ?? ''), 40),
    };
    if (typed.who !== '') return response.redirect(303, `/route?${new URLSearchParams(typed)}`);
    const at = instantIn(reader, typed.at);
    const route = await routeAhead(deps, requester, person.id, at);
    const title = webWords(reader.locale).routeOf(person.displayName);
    const children = (
      <RouteView
        {...{ route, at, reader, title }}
        country={tenant.country}
        asksForAnybody={hasPermission(requester.actor, 'users.view')}
      />
    );
    response.send(await frame({ title, children }));
  });
}

/** `2030-01-14T09:00` on the reader’s clock, or an instant with its zone; anything odd is `otherwise`. */
function instantIn(reader: Reader, text: string, otherwise: Date = reader.now): Date {
  const instant = /[zZ]$/.test(text) ? new Date(text) : readMoment(text, undefined, reader, 'begin').moment;
  return instant && !Number.isNaN(instant.getTime()) && isUsableInstant(instant) ? instant : otherwise;
}

interface RouteViewProps {
  readonly route: RouteAhead;
  readonly at: Date;
  readonly reader: Reader;
  readonly country: string;
  readonly title: string;
  /** Whether the reader may look at others, and so at the company’s numbers. */
  readonly asksForAnybody: boolean;
}

function RouteView({ route, at, reader, country, title, asksForAnybody }: RouteViewProps) {
  const words = webWords(reader.locale);
  const { coverage, days } = route;
  return (
    <div class="narrow route-page">
      <BackLink href={personAddress(coverage.userId)} label={coverage.displayName} />
      <h1 dir="auto">{title}</h1>
      <WhenForm action={routeAddress(coverage.userId)} at={at} reader={reader} asksWho={asksForAnybody} />
      <section class="card">
        <Stops route={route} country={country} words={words} />
        <h2>{words.routeSteps}</h2>
        <ol class="route-steps">
          {coverage.because.map((line) => (
            <li dir="auto">{line}</li>
          ))}
        </ol>
      </section>
      <section class="card" aria-labelledby="who-answers">
        <h2 id="who-answers">{words.routeDays}</h2>
        <AnsweredDays days={days} name={coverage.displayName} reader={reader} country={country} />
        <Holes days={days} reader={reader} country={country} words={words} />
        <p class="note">{words.routeAgents}</p>
      </section>
    </div>
  );
}

/** One of the company’s own numbers: the steps of a call until a person is named. */
function NumberView({ who, because, at, reader, title }: NumberViewProps) {
  const words = webWords(reader.locale);
  return (
    <div class="narrow route-page">
      <h1>{title}</h1>
      <WhenForm action="/route" who={who} at={at} reader={reader} asksWho />
      <section class="card">
        <h2>{words.routeSteps}</h2>
        <ol class="route-steps">
          {because.map((line) => (
            <li dir="auto">{line}</li>
          ))}
        </ol>
      </section>
    </div>
  );
}

interface NumberViewProps {
  readonly who: string;
  readonly because: readonly string[];
  readonly at: Date;
  readonly reader: Reader;
  readonly title: string;
}

/** When; and whose calls, for those who may look at others: left empty, the same person’s. */
function WhenForm({ action, who, at, reader, asksWho }: WhenFormProps) {
  const words = webWords(reader.locale);
  return (
    <form class="route-when" method="get" action={action}>
      {asksWho && (
        <div class="field">
          <label for="who">{words.routeWho}</label>
          <input id="who" name="who" type="text" maxlength={100} dir="auto" value={who} />
        </div>
      )}
      <div class="field">
        <label for="at">{words.routeWhen}</label>
        <input
          id="at"
          name="at"
          type="datetime-local"
          value={DateTime.fromJSDate(at, { zone: reader.timeZone }).toFormat("yyyy-MM-dd'T'HH:mm")}
        />
      </div>
      <button class="button" type="submit">
        {words.routeShow}
      </button>
    </form>
  );
}

interface WhenFormProps {
  readonly action: string;
  readonly who?: string;
  readonly at: Date;
  readonly reader: Reader;
  readonly asksWho: boolean;
}

/** The path as it is drawn: whoever rings, in turn, and how it ends. */
function Stops({ route, country, words }: { route: RouteAhead; country: string; words: WebWords }) {
  const { coverage, names } = route;
  const stops = coverage.path.map((step): { readonly who: string; readonly what: string; readonly end?: true } => {
    switch (step.action) {
      case 'dial': {
        const number = step.target.kind === 'number' ? formatNumber(step.target.e164, country) : '';
        return { who: (step.userId && names.get(step.userId)) || number, what: words.routeRings(step.ringSeconds) };
      }
      case 'queue':
        return {
          who: words.routeWaitsFor(names.get(step.userId) ?? ''),
          what: words.routeWaits(formatDuration(step.maxSeconds)),
        };
      case 'voicemail':
        return { who: words.routeMailbox, what: words.routeGreeting[step.greeting], end: true };
      case 'announce':
        return { who: words.routeEnds, what: '', end: true };
      case 'missed':
        return { who: words.routeMissed, what: '', end: true };
      default:
        return step satisfies never;
    }
  });
  return (
    <ol class="route-stops">
      {stops.map(({ who, what, end }) => (
        <li class={end ? 'end' : undefined}>
          <strong dir="auto">{who}</strong>
          <span>{what}</span>
        </li>
      ))}
    </ol>
  );
}

/** The stretches in which nothing rings; those that meet at midnight are one. */
function Holes(props: { days: readonly AnsweredDay[]; reader: Reader; country: string; words: WebWords }) {
  const { days, reader, country, words } = props;
  const holes: { startsAt: Date; endsAt: Date; what: string }[] = [];
  for (const { startsAt, endsAt, answer } of days.flatMap(({ times }) => times)) {
    if (!isHole(answer)) continue;
    const what = answerName(answer, country, words);
    const before = holes.at(-1);
    if (before?.endsAt.getTime() === startsAt.getTime() && before.what === what) before.endsAt = endsAt;
    else holes.push({ startsAt, endsAt, what });
  }
  if (holes.length === 0) return <p class="note">{words.routeNoHoles}</p>;
  const last = days.at(-1)?.times.at(-1)?.endsAt.getTime();
  return (
    <>
      <h3>{words.routeHoles}</h3>
      <ul class="route-holes">
        {holes.slice(0, mostHoles).map(({ startsAt, endsAt, what }) => (
          <li>
            {endsAt.getTime() === last
              ? words.routeEndless(formatPeriodEdge(reader, startsAt))
              : words.routeTimes(formatPeriodEdge(reader, startsAt), formatPeriodEdge(reader, endsAt))}
            {` (${what})`}
          </li>
        ))}
      </ul>
    </>
  );
}

const mostHoles = 20;
