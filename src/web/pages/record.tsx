import { z } from 'zod';
import { lineNumberIn, readRecord } from '../../core/audit/audit-record.js';
import { wordsIn } from '../../core/chat/words.js';
import { listSessions, type ShownSession } from '../../core/impersonation/session-list.js';
import { endMineButton } from '../../core/impersonation/session-list.views.js';
import { OlderPages } from '../components/older-pages.js';
import { RecordLines } from '../components/record-lines.js';
import { SessionList } from '../components/session-list.js';
import type { Routes } from '../http/route-helpers.js';

const sessionsOnPage = 10;
const linesOnPage = 25;

/** What the address asks for; anything odd in it is the default. */
const Wanted = z.object({
  sessions: z.string().max(80).optional().catch(undefined),
  before: z.string().optional().catch(undefined),
});

/** What was done in one’s own name, and what else is on record about oneself. */
export function ownRecordPage({ page }: Routes): void {
  page('/record', async ({ deps, request, response, visitor, frame }) => {
    const { requester } = visitor;
    const { reader, user } = requester;
    const { audit: words, impersonation } = wordsIn(reader.locale);
    const wanted = Wanted.parse(request.query);
    const sessions = await listSessions(deps, requester, {
      of: 'mine',
      before: wanted.sessions,
      size: sessionsOnPage,
    });
    const before = lineNumberIn(wanted.before);
    const lines = await readRecord(deps, requester, { user: user.id }, { before, size: linesOnPage });
    const shown = [...(sessions.isLater ? [] : sessions.running), ...sessions.past];
    const children = (
      <div class="admin-page">
        <h1>{words.mine}</h1>
        <p class="lead">{words.mineLead}</p>
        <div id="live">
          <section class="panel" aria-labelledby="sessions">
            <h2 id="sessions">{impersonation.sessions}</h2>
            {shown.length === 0 ? (
              <p class="hint">{impersonation.nobodyActed}</p>
            ) : (
              <SessionList
                sessions={shown}
                reader={reader}
                place={{ locale: reader.locale, page: request.originalUrl }}
                addressOf={({ id }: ShownSession) => `/record/${encodeURIComponent(id)}`}
                endButton={(session) => endMineButton(impersonation, session)}
              />
            )}
            {sessions.before !== undefined && (
              <p>
                <a class="button" href={`/record?${new URLSearchParams({ sessions: sessions.before })}`}>
                  {words.older}
                </a>
              </p>
            )}
          </section>
          <section class="panel" aria-labelledby="others">
            <h2 id="others">{words.others}</h2>
            {lines.lines.length === 0 ? (
              <p class="hint">{words.nothing(user.displayName)}</p>
            ) : (
              <RecordLines lines={lines.lines} reader={reader} label={words.others} />
            )}
            <OlderPages
              page="/record"
              locale={reader.locale}
              before={lines.before === undefined ? undefined : String(lines.before)}
              isLater={lines.isLater}
            />
          </section>
        </div>
      </div>
    );
    response.send(await frame({ title: words.mine, children, live: !lines.isLater && !sessions.isLater }));
  });
}
