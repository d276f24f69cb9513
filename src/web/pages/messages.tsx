import { z } from 'zod';
import type { Locale } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import { UserError } from '../../core/errors.js';
import { asId, type VoicemailId } from '../../core/ids.js';
import { oneLine } from '../../core/text.js';
import { boxUse } from '../../core/voicemail/mailbox/box-warnings.js';
import { listenUrl } from '../../core/voicemail/mailbox/load-voicemail-card.js';
import { listMessages } from '../../core/voicemail/mailbox/message-list.js';
import type { MessagesPage, MessagesQuery, MessagesSort } from '../../core/voicemail/mailbox/message-list.types.js';
import { isForwardingAllowed } from '../../core/voicemail/sharing/forward-voicemail.js';
import { Icon } from '../components/icons.js';
import { MessageList } from '../components/message-list.js';
import { NotFound, type Routes } from '../http/route-helpers.js';
import { type WebWords, webWords } from '../web.words.js';

/** The parameters of the address; an invalid one becomes the default. */
const MessagesPageQuery = z.object({
  show: z.enum(['all', 'unheard', 'heard', 'open', 'handled', 'forwarded', 'deleted']).catch('all'),
  sort: z.enum(['received', 'caller', 'length', 'heard', 'handled', 'forwarded']).catch('received'),
  way: z.enum(['down', 'up']).catch('down'),
  q: z
    .string()
    .transform((typed) => oneLine(typed, 200))
    .catch(''),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
type MessagesPageQuery = z.infer<typeof MessagesPageQuery>;

const pageSize = 20;

/** The messages page: search, filters, order, pages; each message links to its player. */
export function messagesPage({ page }: Routes): void {
  page('/messages', async ({ deps, request, response, visitor, frame }) => {
    const { requester } = visitor;
    const { locale } = requester.reader;
    if (requester.tenant.edition !== 'attendant_plus') throw new UserError((words) => words.chat.notThisEdition, 403);
    const words = webWords(locale);
    const wanted = MessagesPageQuery.parse(request.query);
    const [found, use] = await Promise.all([
      listMessages(deps, requester.user.id, queryOf(wanted)),
      boxUse(deps, requester.tenant.id, requester.user.id),
    ]);
    const place = { locale, page: request.originalUrl };

    const children = (
      <>
        <div class="page-head">
          <h1>{words.messages}</h1>
          <a class="button" href="/greetings">
            <Icon name="microphone" />
            <span>{wordsIn(locale).greetings.title}</span>
          </a>
        </div>
        <Filters wanted={wanted} words={words} />
        <div id="live">
          {found.messages.length > 0 ? (
            <>
              <div class="tally-row">
                <p class="tally" role="status">
                  {wordsIn(locale).voicemail.listSummary(found.total, found.unheard)}
                </p>
                <BoxMeter use={use} locale={locale} />
              </div>
              <Sorting wanted={wanted} words={words} />
              <MessageList
                messages={found.messages}
                reader={requester.reader}
                place={place}
                acts={{ mayForward: isForwardingAllowed(requester), mayRing: deps.providerCalls !== undefined }}
              />
              <Pages found={found} wanted={wanted} words={words} />
            </>
          ) : (
            <NoMessages wanted={wanted} words={words} />
          )}
        </div>
      </>
    );
    response.send(await frame({ title: words.messages, children, live: true }));
  });

  // The player's address is personal and renewed each time, so lists do not carry it.
  page('/messages/:id', async ({ deps, request, response, visitor }) => {
    const id = String(request.params.id);
    if (!z.uuid().safeParse(id).success) throw new NotFound();
    const url = await listenUrl(deps, visitor.requester.actor, asId<VoicemailId>(id));
    if (url === undefined) throw new UserError((words) => words.voicemail.gone, 404);
    response.redirect(303, new URL(url).pathname);
  });
}

/** How full the visitor's own mailbox is, as words and as a bar. */
function BoxMeter({ use, locale }: { use: Awaited<ReturnType<typeof boxUse>>; locale: Locale }) {
  const [used, most] = [Math.ceil(use.usedSeconds / 60), Math.round(use.mostSeconds / 60)];
  const label = wordsIn(locale).voicemail.boxUse(used, most);
  return (
    <p class="tally box-meter">
      <meter min={0} max={most} high={0.8 * most} optimum={0} value={Math.min(used, most)} aria-label={label} />
      <span aria-hidden="true">{label}</span>
    </p>
  );
}

function queryOf({ show, sort, way, q, page }: MessagesPageQuery): MessagesQuery {
  const filters: Record<MessagesPageQuery['show'], MessagesQuery> = {
    all: {},
    unheard: { heard: false },
    heard: { heard: true },
    open: { handled: false },
    handled: { handled: true },
    forwarded: { forwarded: true },
    deleted: { deleted: true },
  };
  return {
    ...filters[show],
    sort,
    direction: way === 'up' ? 'ascending' : 'descending',
    page,
    pageSize,
    ...(q.trim() === '' ? {} : { search: q.trim() }),
  };
}

function Filters({ wanted, words }: { wanted: MessagesPageQuery; words: WebWords }) {
  const choices: [MessagesPageQuery['show'], string][] = [
    ['all', words.filterAll],
    ['unheard', words.filterUnheard],
    ['open', words.filterOpen],
    ['handled', words.filterHandled],
    ['forwarded', words.filterForwarded],
    ['deleted', words.filterDeleted],
  ];
  return (
    <search class="filters">
      <form class="finder" method="get" action="/messages">
        <label class="unseen" for="q">
          {words.searchMessages}
        </label>
        <Icon name="search" />
        <input
          id="q"
          type="search"
          name="q"
          dir="auto"
          value={wanted.q}
          maxLength={200}
          placeholder={words.searchMessages}
        />
        {wanted.show !== 'all' && <input type="hidden" name="show" value={wanted.show} />}
        <button class="button main" type="submit">
          {words.search}
        </button>
      </form>
      <nav class="tabs" aria-label={words.filter}>
        {choices.map(([show, label]) => (
          <a href={addressOf({ ...wanted, show, page: 1 })} aria-current={wanted.show === show ? 'true' : undefined}>
            {label}
          </a>
        ))}
      </nav>
    </search>
  );
}

function Sorting({ wanted, words }: { wanted: MessagesPageQuery; words: WebWords }) {
  const columns: [MessagesSort, string][] = [
    ['received', words.time],
    ['caller', words.caller],
    ['length', words.length],
    ['heard', words.heard],
    ['handled', words.handled],
    ['forwarded', words.forwardedBy],
  ];
  return (
    <nav class="sorting" aria-label={words.sort}>
      <span aria-hidden="true">{words.sort}</span>
      {columns.map(([sort, label]) => {
        const current = wanted.sort === sort;
        const way = current && wanted.way === 'down' ? 'up' : 'down';
        return (
          <a
            href={addressOf({ ...wanted, sort, way, page: 1 })}
            aria-current={current ? 'true' : undefined}
            aria-label={words.sortedBy(label)}
          >
            {label}
            {current && <Icon name={wanted.way === 'down' ? 'down' : 'up'} />}
          </a>
        );
      })}
    </nav>
  );
}

function Pages({ found, wanted, words }: { found: MessagesPage; wanted: MessagesPageQuery; words: WebWords }) {
  if (found.pages === 1) return null;
  const first = (found.page - 1) * pageSize + 1;
  return (
    <nav class="pages" aria-label={words.pages}>
      {found.page > 1 ? (
        <a class="button" rel="prev" href={addressOf({ ...wanted, page: found.page - 1 })}>
          {words.newer}
        </a>
      ) : (
        <span />
      )}
      <p>{words.ofMessages(first, first + found.messages.length - 1, found.total)}</p>
      {found.page < found.pages ? (
        <a class="button" rel="next" href={addressOf({ ...wanted, page: found.page + 1 })}>
          {words.older}
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}

function NoMessages({ wanted, words }: { wanted: MessagesPageQuery; words: WebWords }) {
  const filtered = wanted.q.trim() !== '' || wanted.show !== 'all';
  return (
    <div class="empty">
      <p>{filtered ? words.noMatch : words.noMessages}</p>
      {filtered && (
        <a class="button" href="/messages">
          {words.showAll}
        </a>
      )}
    </div>
  );
}

/** The address with these parameters; defaults are omitted. */
function addressOf(wanted: MessagesPageQuery): string {
  const usual = MessagesPageQuery.parse({});
  const query = new URLSearchParams(
    Object.entries(wanted).flatMap(([name, value]) =>
      String(value) === String(usual[name as keyof MessagesPageQuery]) ? [] : [[name, String(value)]],
    ),
  );
  return query.size === 0 ? '/messages' : `/messages?${query}`;
}
