import { z } from 'zod';
import { type CallFilter, type CallsPage, callFilters, listCalls } from '../../core/calls/history/call-history.js';
import type { LiveCall } from '../../core/calls/transfer/live-call.types.js';
import { liveCallOf } from '../../core/calls/transfer/transfer.js';
import { liveCallBlocks } from '../../core/calls/transfer/transfer.views.js';
import { hasPermission } from '../../core/chat/actor.js';
import type { Locale, Reader } from '../../core/chat/phrasing.js';
import type { Requester } from '../../core/chat/requester.js';
import { wordsIn } from '../../core/chat/words.js';
import { findUser } from '../../core/people/index.js';
import { CallList } from '../components/call-list.js';
import type { Routes } from '../http/route-helpers.js';
import { CardView, liveTarget } from '../render.js';
import { webWords } from '../web.words.js';

/** What the address asks for; anything odd in it is the default. */
const Wanted = z.object({
  show: z.enum(callFilters).catch('mine'),
  before: z.string().max(80).optional().catch(undefined),
});

const pageSize = 25;

/** Calls, newest first: one's own, those taken for others, and for those who see reports what anybody missed. */
export function callsPage({ page }: Routes): void {
  page('/calls', async ({ deps, request, response, visitor, frame }) => {
    const { requester } = visitor;
    const { locale } = requester.reader;
    const words = wordsIn(locale).calls.history;
    const found = await listCalls(deps, requester, { ...Wanted.parse(request.query), pageSize });
    const hasOwnNumber =
      (await findUser(deps.db, requester.tenant.id, requester.user.id))?.personalNumber !== undefined;
    const live = await liveCallOf(deps, requester);
    const children = (
      <>
        <div class="page-head">
          <h1>{words.title}</h1>
        </div>
        <Filters show={found.show} requester={requester} />
        <div id="live">
          {live && <LiveCallView call={live} reader={requester.reader} page={request.originalUrl} />}
          {found.calls.length > 0 ? (
            <CallList
              calls={found.calls}
              reader={requester.reader}
              viewer={requester.user.id}
              place={{ locale, page: request.originalUrl, target: liveTarget }}
              mayRing={deps.providerCalls !== undefined && hasOwnNumber}
            />
          ) : (
            <div class="empty">
              <p>{words.none[found.show]}</p>
            </div>
          )}
          <Pages found={found} locale={locale} />
        </div>
      </>
    );
    response.send(await frame({ title: words.title, children, live: !found.isLater }));
  });
}

/** With whom the visitor talks just now, and the way to send the caller to a mailbox. */
function LiveCallView({ call, reader, page }: { call: LiveCall; reader: Reader; page: string }) {
  const card = { title: '', summary: '', blocks: liveCallBlocks(reader, call) };
  return <CardView card={card} place={{ locale: reader.locale, page, target: liveTarget }} />;
}

function Filters({ show, requester }: { show: CallFilter; requester: Requester }) {
  const { locale } = requester.reader;
  const { filters } = wordsIn(locale).calls.history;
  const offered = callFilters.filter(
    (filter) => filter !== 'company' || hasPermission(requester.actor, 'reports.view'),
  );
  return (
    <nav class="tabs" aria-label={webWords(locale).filter}>
      {offered.map((filter) => (
        <a href={addressOf(filter)} aria-current={show === filter ? 'true' : undefined}>
          {filters[filter]}
        </a>
      ))}
    </nav>
  );
}

/** Calls come in while somebody leafs, so pages have no numbers: there are the ones before, and the latest. */
function Pages({ found: { show, before, isLater }, locale }: { found: CallsPage; locale: Locale }) {
  if (before === undefined && !isLater) return null;
  const words = wordsIn(locale).calls.history;
  return (
    <nav class="pages" aria-label={webWords(locale).pages}>
      {isLater ? (
        <a class="button" href={addressOf(show)}>
          {words.latest}
        </a>
      ) : (
        <span />
      )}
      {before !== undefined && (
        <a class="button" rel="next" href={addressOf(show, before)}>
          {words.older}
        </a>
      )}
    </nav>
  );
}

function addressOf(show: CallFilter, before?: string): string {
  const query = new URLSearchParams({
    ...(show === 'mine' ? {} : { show }),
    ...(before === undefined ? {} : { before }),
  });
  return query.size === 0 ? '/calls' : `/calls?${query}`;
}
