import { z } from 'zod';
import { lineNumberIn, readRecord } from '../../../core/audit/audit-record.js';
import { hasPermission } from '../../../core/chat/actor.js';
import { formatMoment } from '../../../core/chat/phrasing.js';
import type { Requester } from '../../../core/chat/requester.js';
import { wordsIn } from '../../../core/chat/words.js';
import { asId, type SessionId } from '../../../core/ids.js';
import { listSessions, readSession, type ShownSession } from '../../../core/impersonation/session-list.js';
import { endButton, endMineButton, outcomeText } from '../../../core/impersonation/session-list.views.js';
import { Icon } from '../../components/icons.js';
import { OlderPages } from '../../components/older-pages.js';
import { RecordLines } from '../../components/record-lines.js';
import { SessionList } from '../../components/session-list.js';
import { NotFound, type PageRequest, type Routes } from '../../http/route-helpers.js';
import { sessionAddress } from '../../page-links.js';
import { Buttons, liveTarget, type Place } from '../../render.js';

const pageSize = 25;
const linesOnPage = 50;

/** What the address asks for; anything odd in it is the default. */
const Wanted = z.object({ before: z.string().max(80).optional().catch(undefined) });

/** The company’s impersonations: those that run, those that are over, and everything done in each. */
export function impersonationPages({ page }: Routes): void {
  page('/admin/impersonations', async ({ deps, request, response, visitor, frame }) => {
    const { requester } = visitor;
    const { before } = Wanted.parse(request.query);
    const found = await listSessions(deps, requester, { of: 'company', before, size: pageSize });
    const { reader } = requester;
    const words = wordsIn(reader.locale).impersonation;
    const place = { locale: reader.locale, page: request.originalUrl };
    const list = {
      reader,
      place,
      addressOf: ({ id }: ShownSession) => sessionAddress(id),
      endButton: hasPermission(requester.actor, 'impersonate')
        ? (session: ShownSession) => endButton(words, session)
        : undefined,
    };
    const children = (
      <div class="admin-page">
        <h1>{words.sessions}</h1>
        <p class="lead">{words.sessionsLead}</p>
        <div id="live">
          {!found.isLater && (
            <section class="panel" aria-labelledby="running">
              <h2 id="running">{words.running}</h2>
              {found.running.length === 0 ? (
                <p class="hint">{words.noneRunning}</p>
              ) : (
                <SessionList sessions={found.running} {...list} />
              )}
            </section>
          )}
          <section class="panel" aria-labelledby="past">
            <h2 id="past">{words.past}</h2>
            {found.past.length === 0 ? (
              <p class="hint">{words.nonePast}</p>
            ) : (
              <SessionList sessions={found.past} {...list} />
            )}
          </section>
          <OlderPages
            page="/admin/impersonations"
            locale={reader.locale}
            before={found.before}
            isLater={found.isLater}
          />
        </div>
      </div>
    );
    response.send(await frame({ title: words.sessions, children, live: !found.isLater }));
  });

  page('/admin/impersonations/:id', (asked) => sendSession(asked, '/admin/impersonations'));
  page('/record/:id', (asked) => sendSession(asked, '/record'));
}

/** One session and its lines; to the person, to the admin, and to those who read the record. */
async function sendSession({ deps, request, response, visitor, frame }: PageRequest, list: string): Promise<void> {
  const { requester } = visitor;
  const { reader } = requester;
  const session = await readSession(deps, requester, String(request.params.id));
  if (!session) throw new NotFound();
  const words = wordsIn(reader.locale).impersonation;
  const place: Place = { locale: reader.locale, page: request.originalUrl };
  const title = words.actsOf(session.admin, session.person);
  const children = (
    <div class="admin-page">
      <a class="back" href={list}>
        <Icon name="back" />
        {list === '/record' ? wordsIn(reader.locale).audit.mine : words.allSessions}
      </a>
      <h1 dir="auto">{title}</h1>
      {request.query.late !== undefined && (
        <p class="warned" role="alert">
          {words.refusedAfterEnd}
        </p>
      )}
      <div id="live">
        <SessionFacts session={session} requester={requester} place={place} />
        <SessionLines
          page={await linesOf(session)}
          reader={reader}
          address={`${list}/${encodeURIComponent(session.id)}`}
        />
      </div>
    </div>
  );
  response.send(await frame({ title, children, live: request.query.before === undefined }));

  /** A person who may not read about others gets the lines about themselves. */
  function linesOf({ id }: ShownSession) {
    const before = lineNumberIn(typeof request.query.before === 'string' ? request.query.before : undefined);
    return readRecord(deps, requester, { session: asId<SessionId>(id) }, { before, size: linesOnPage });
  }
}

function SessionLines(props: {
  page: Awaited<ReturnType<typeof readRecord>>;
  reader: Requester['reader'];
  address: string;
}) {
  const { page, reader, address } = props;
  const { impersonation, audit } = wordsIn(reader.locale);
  return (
    <section class="panel" aria-labelledby="done">
      <h2 id="done">{impersonation.details}</h2>
      {page.lines.length === 0 ? (
        <p class="hint">{audit.nothingFound}</p>
      ) : (
        <RecordLines lines={page.lines} reader={reader} label={impersonation.details} />
      )}
      <OlderPages
        page={address}
        locale={reader.locale}
        before={page.before === undefined ? undefined : String(page.before)}
        isLater={page.isLater}
      />
    </section>
  );
}

function SessionFacts({ session, requester, place }: { session: ShownSession; requester: Requester; place: Place }) {
  const { reader, actor } = requester;
  const words = wordsIn(reader.locale).impersonation;
  const isRunning = session.endedAt === undefined;
  const end =
    session.personId === requester.user.id
      ? endMineButton(words, session)
      : hasPermission(actor, 'impersonate')
        ? endButton(words, session)
        : undefined;
  return (
    <section class="panel" aria-label={words.actsAs(session.admin, session.person)}>
      <dl class="facts">
        {[
          [words.why, session.reason],
          [words.from, formatMoment(reader, session.startedAt)],
          [words.outcome, outcomeText(reader, session)],
          [words.acts, words.actCount(session.acts)],
        ].map(([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      {isRunning && end && <Buttons buttons={[end]} place={{ ...place, target: liveTarget }} />}
    </section>
  );
}
