import { dispatch } from '../../core/app/dispatch.js';
import { noticeDefinitions } from '../../core/app/notice-definitions.js';
import type { Card } from '../../core/chat/view.js';
import { startedNotice } from '../../core/impersonation/impersonation.views.js';
import { sessionsToTell } from '../../core/impersonation/session-list.js';
import { homeNotices } from '../../core/notices/home-notices.js';
import { absencesOf } from '../../core/routing/absence.js';
import { listMessages } from '../../core/voicemail/mailbox/message-list.js';
import { Icon } from '../components/icons.js';
import { MessageList } from '../components/message-list.js';
import type { Routes } from '../http/route-helpers.js';
import type { Visitor } from '../http/visitor.js';
import { readHome } from '../read.js';
import { BlockView, CardView, HiddenFields, type Place } from '../render.js';
import { type WebWords, webWords } from '../web.words.js';

/** The home page: the person's current state, what waits for them, and a field for any command. */
export function homePage({ page }: Routes): void {
  page('/', async ({ deps, response, visitor, frame }) => {
    const { requester } = visitor;
    const { locale } = requester.reader;
    const words = webWords(locale);
    const place = { locale, page: '/' };
    const plus = requester.tenant.edition === 'attendant_plus';
    const [actingNow, standing, absences, unheard, notices] = await Promise.all([
      sessionsToTell(deps, requester),
      dispatch(deps, readHome(visitor.from)),
      absencesOf(deps.db, requester.tenant.id, [requester.user.id], requester.reader.now),
      plus ? listMessages(deps, requester.user.id, { heard: false, pageSize: 5 }) : undefined,
      homeNotices(deps, noticeDefinitions, requester),
    ]);

    const children = (
      <>
        <h1 class="hello">{words.hello(requester.user.displayName.split(' ')[0] ?? '')}</h1>
        <div id="live" class="home">
          {actingNow.map((session) => (
            <ActingNow card={startedNotice(requester.reader, session)} place={place} />
          ))}
          <section class={`standing ${absences.has(requester.user.id) ? 'out' : 'in'}`}>
            <span class="lamp big" aria-hidden="true" />
            {(standing.kind === 'say' || standing.kind === 'replace') && (
              <CardView card={standing.card} place={place} />
            )}
          </section>
          {unheard && (
            <section class="waiting" aria-labelledby="waiting">
              <div class="section-head">
                <h2 id="waiting">{words.waiting}</h2>
                <a href="/messages">{words.allMessages}</a>
              </div>
              {unheard.messages.length > 0 ? (
                <MessageList messages={unheard.messages} reader={requester.reader} place={place} acts={undefined} />
              ) : (
                <p class="empty">{words.nothingWaiting}</p>
              )}
            </section>
          )}
          {notices.length > 0 && (
            <section class="notices" aria-labelledby="notices">
              <h2 id="notices">{words.notices}</h2>
              {notices.map((card) => (
                <CardView card={card} place={place} level={3} />
              ))}
            </section>
          )}
        </div>
        <CommandField words={words} place={place} visitor={visitor} />
      </>
    );
    response.send(await frame({ title: words.home, children, live: true }));
  });
}

/** An admin acts as the reader. The answer to its button is shown at the top: this card is gone by then. */
const ActingNow = ({ card, place }: { card: Card; place: Place }) => (
  <article class="card acting-now" aria-label={card.title}>
    <h2 class="card-title" dir="auto">
      {card.title}
    </h2>
    {card.blocks.map((block) => (
      <BlockView block={block} place={place} />
    ))}
  </article>
);

/** The field for the words after `/attendant`. */
const CommandField = ({ words, place }: { words: WebWords; place: Place; visitor: Visitor }) => (
  <section class="ask-box" aria-labelledby="ask-title">
    <h2 id="ask-title">{words.ask}</h2>
    <p class="hint" id="ask-hint">
      {words.askHint}
    </p>
    <form class="finder" method="post" action="/say" hx-post="/say" data-clear>
      <label class="unseen" for="text">
        {words.ask}
      </label>
      <input
        id="text"
        name="text"
        type="text"
        dir="auto"
        maxLength={3000}
        placeholder={words.askFor}
        aria-describedby="ask-hint"
        autoComplete="off"
      />
      <HiddenFields carries={{}} place={place} />
      <button class="button main" type="submit">
        <span>{words.send}</span>
        <Icon name="send" />
      </button>
    </form>
    <ul class="tries">
      {words.tries.map((line) => (
        <li>
          <form method="post" action="/say" hx-post="/say">
            <HiddenFields carries={{}} place={place} />
            <button class="chip" type="submit" name="text" value={line}>
              {line}
            </button>
          </form>
        </li>
      ))}
    </ul>
  </section>
);
