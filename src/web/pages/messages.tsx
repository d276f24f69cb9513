import { z } from 'zod';
import type { Locale } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import { UserError } from '../../core/errors.js';
import { asId, type VoicemailId } from '../../core/ids.js';
import { boxUse } from '../../core/voicemail/mailbox/box-warnings.js';
import { isFiltered, type ListChoice, queryOf } from '../../core/voicemail/mailbox/list-choice.js';
import { listenUrl } from '../../core/voicemail/mailbox/load-voicemail-card.js';
import { listMessages } from '../../core/voicemail/mailbox/message-list.js';
import type { MessagesPage } from '../../core/voicemail/mailbox/message-list.types.js';
import { isForwardingAllowed } from '../../core/voicemail/sharing/forward-voicemail.js';
import { Icon } from '../components/icons.js';
import { MessageFilters, MessageSorting } from '../components/message-filters.js';
import { MessageList } from '../components/message-list.js';
import { SelectionBar, selectionForm } from '../components/selection-bar.js';
import { NotFound, type Routes } from '../http/route-helpers.js';
import { addressOfMessages, readMessagesAddress } from '../message-address.js';
import { type WebWords, webWords } from '../web.words.js';

const pageSize = 20;

/** The messages page: search, filters, order, pages, several messages at once; each message links to its player. */
export function messagesPage({ page }: Routes): void {
  page('/messages', async ({ deps, request, response, visitor, frame }) => {
    const { requester } = visitor;
    const { locale, timeZone } = requester.reader;
    if (requester.tenant.edition !== 'attendant_plus') throw new UserError((words) => words.chat.notThisEdition, 403);
    const words = webWords(locale);
    const wanted = readMessagesAddress(request.query);
    const [found, use] = await Promise.all([
      listMessages(deps, requester.user.id, { ...queryOf(wanted, timeZone), pageSize }),
      boxUse(deps, requester.tenant.id, requester.user.id),
    ]);
    const place = { locale, page: request.originalUrl };
    const mayForward = isForwardingAllowed(requester);

    const children = (
      <>
        <div class="page-head">
          <h1>{words.messages}</h1>
          <div class="buttons">
            <a class="button" href="/messages/links">
              <span>{wordsIn(locale).messageList.linksTitle}</span>
            </a>
            <a class="button" href="/greetings">
              <Icon name="microphone" />
              <span>{wordsIn(locale).greetings.title}</span>
            </a>
          </div>
        </div>
        <MessageFilters wanted={wanted} words={words} list={wordsIn(locale).messageList} />
        <div id="live">
          {found.messages.length > 0 ? (
            <>
              <div class="tally-row">
                <p class="tally" role="status">
                  {isFiltered(wanted)
                    ? wordsIn(locale).messageList.count(found.total)
                    : wordsIn(locale).voicemail.listSummary(found.total, found.unheard)}
                </p>
                <BoxMeter use={use} locale={locale} />
              </div>
              <MessageSorting wanted={wanted} words={words} />
              <MessageList
                messages={found.messages}
                reader={requester.reader}
                place={place}
                acts={{ mayForward, mayRing: deps.providerCalls !== undefined, selection: selectionForm }}
              />
              <Pages found={found} wanted={wanted} words={words} />
            </>
          ) : (
            <NoMessages wanted={wanted} words={words} />
          )}
        </div>
        <SelectionBar
          place={place}
          shown={{ deleted: wanted.show === 'deleted', handled: wanted.show === 'handled', mayForward }}
        />
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

function Pages({ found, wanted, words }: { found: MessagesPage; wanted: ListChoice; words: WebWords }) {
  const first = found.messages.at(0);
  const last = found.messages.at(-1);
  if (!found.hasEarlier && !found.hasLater) return null;
  return (
    <nav class="pages" aria-label={words.pages}>
      {found.hasEarlier && first ? (
        <a class="button" rel="prev" href={addressOfMessages(wanted, { before: first.id })}>
          {words.newer}
        </a>
      ) : (
        <span />
      )}
      {found.hasLater && last ? (
        <a class="button" rel="next" href={addressOfMessages(wanted, { after: last.id })}>
          {words.older}
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}

function NoMessages({ wanted, words }: { wanted: ListChoice; words: WebWords }) {
  const filtered = isFiltered(wanted);
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
