import type { Words } from '../../core/chat/words.js';
import {
  type ListChoice,
  longestSearch,
  messageLengths,
  messagesShows,
} from '../../core/voicemail/mailbox/list-choice.js';
import { lengthName } from '../../core/voicemail/mailbox/message-find.views.js';
import type { MessagesSort } from '../../core/voicemail/mailbox/message-list.types.js';
import { addressOfMessages } from '../message-address.js';
import type { WebWords } from '../web.words.js';
import { Icon } from './icons.js';

interface Shown {
  readonly wanted: ListChoice;
  readonly words: WebWords;
}

/** The search of the messages, the lists by name, and the filters by caller, day and length. */
export function MessageFilters({ wanted, words, list }: Shown & { list: Words['messageList'] }) {
  return (
    <search class="filters">
      <form method="get" action="/messages" class="message-filters">
        <div class="finder">
          <label class="unseen" for="q">
            {words.searchMessages}
          </label>
          <Icon name="search" />
          <input
            id="q"
            type="search"
            name="q"
            dir="auto"
            value={wanted.search}
            maxLength={longestSearch}
            placeholder={words.searchMessages}
          />
          {wanted.show !== 'all' && <input type="hidden" name="show" value={wanted.show} />}
          {wanted.sort !== 'received' && <input type="hidden" name="sort" value={wanted.sort} />}
          {wanted.way !== 'down' && <input type="hidden" name="way" value={wanted.way} />}
          <button class="button main" type="submit">
            {words.search}
          </button>
        </div>
        <MoreFilters wanted={wanted} words={words} list={list} />
      </form>
      <nav class="tabs" aria-label={words.filter}>
        {messagesShows.map((show) => (
          <a href={addressOfMessages({ ...wanted, show })} aria-current={wanted.show === show ? 'true' : undefined}>
            {list.shows[show]}
          </a>
        ))}
      </nav>
    </search>
  );
}

function MoreFilters({ wanted, words, list }: Shown & { list: Words['messageList'] }) {
  const { caller, since, until, length } = wanted;
  return (
    <details class="more-filters" open={caller !== '' || since !== '' || until !== '' || length !== ''}>
      <summary>{words.moreFilters}</summary>
      <div class="filter-fields">
        <label>
          <span>{list.caller}</span>
          <input type="text" name="caller" dir="auto" value={caller} maxLength={longestSearch} />
        </label>
        <label>
          <span>{list.since}</span>
          <input type="date" name="since" value={since} />
        </label>
        <label>
          <span>{list.until}</span>
          <input type="date" name="until" value={until} />
        </label>
        <label>
          <span>{list.length}</span>
          <select name="length">
            <option value="">{list.anyLength}</option>
            {messageLengths.map((value) => (
              <option value={value} selected={value === length}>
                {lengthName(list, value)}
              </option>
            ))}
          </select>
        </label>
        <button class="button" type="submit">
          {words.apply}
        </button>
      </div>
    </details>
  );
}

/** The columns by which the list can be sorted; the current one turns around. */
export function MessageSorting({ wanted, words }: Shown) {
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
            href={addressOfMessages({ ...wanted, sort, way })}
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
