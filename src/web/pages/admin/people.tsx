import { z } from 'zod';
import { hasPermission } from '../../../core/chat/actor.js';
import type { Locale } from '../../../core/chat/phrasing.js';
import type { Button } from '../../../core/chat/view.js';
import { wordsIn } from '../../../core/chat/words.js';
import { asId, isUuid, type UserId } from '../../../core/ids.js';
import { conditionsIn, peopleWordsIn, userTypesIn } from '../../../core/people-admin/edition-words.js';
import { peopleAdminActions } from '../../../core/people-admin/people-admin.action-ids.js';
import { carriedFilter } from '../../../core/people-admin/people-admin.views.js';
import { readFilter } from '../../../core/people-admin/people-filter.js';
import { listPeople } from '../../../core/people-admin/people-list.js';
import {
  accessKinds,
  type PeopleFilter,
  type PeoplePage,
  peopleSorts,
} from '../../../core/people-admin/people-list.types.js';
import { rightsOf } from '../../../core/people-admin/person-card.js';
import { Icon } from '../../components/icons.js';
import { SearchBox } from '../../components/search-box.js';
import { permitted, type Routes } from '../../http/route-helpers.js';
import { Buttons } from '../../render.js';
import { webWords } from '../../web.words.js';
import { PeopleTable, peopleAddress, type Shown } from './people-table.js';

/** What the address asks for beside the filter; anything odd in it is the default. */
const Wanted = z.object({
  sort: z.enum(peopleSorts).catch('name'),
  way: z.enum(['up', 'down']).catch('up'),
  after: z.string().refine(isUuid).optional().catch(undefined),
  before: z.string().refine(isUuid).optional().catch(undefined),
});

const pageSize = 50;

/** Everybody of the company, for those who look after them: searched, filtered, sorted, paged by key. */
export function adminPeoplePage({ page }: Routes): void {
  page('/admin/people', async (asked) => {
    const { deps, request, response, visitor, frame } = permitted(asked, 'users.view');
    const { requester } = visitor;
    const { locale } = requester.reader;
    const words = peopleWordsIn(locale, rightsOf(requester).isPlus);
    const { sort, way, after, before } = Wanted.parse(request.query);
    const filter = readFilter({ ...request.query, search: request.query.q });
    const found = await listPeople(deps, requester.tenant.id, filter, {
      ...{ sort, direction: way, size: pageSize },
      after: anchor(after),
      before: anchor(before),
    });
    const place = { locale, page: request.originalUrl };
    const shown: Shown = { wanted: { filter, sort, way }, requester, place, words, web: webWords(locale) };
    const children = (
      <div class="admin">
        <div class="page-head">
          <h1>{words.people}</h1>
          {rightsOf(requester).mayEdit && <AddButton shown={shown} />}
        </div>
        <Filters shown={shown} />
        <div id="found">
          <div class="bulk-bar">
            <p class="tally" role="status">
              {words.peopleCount(found.total)}
            </p>
            {hasPermission(requester.actor, 'bulk') && found.total > 0 && (
              <Buttons buttons={[changeManyButton(locale, filter, found.total)]} place={place} />
            )}
          </div>
          {found.people.length === 0 ? (
            <Nobody shown={shown} />
          ) : (
            <PeopleTable shown={shown} people={found.people} total={found.total} />
          )}
          <Pages shown={shown} found={found} />
        </div>
      </div>
    );
    response.send(await frame({ title: words.people, children }));
  });
}

/** Opens the form that changes everybody whom this filter means. */
const changeManyButton = (locale: Locale, filter: PeopleFilter, total: number): Button => ({
  kind: 'form',
  action: peopleAdminActions.bulk,
  label: wordsIn(locale).peopleChange.changeThese(wordsIn(locale).peopleAdmin.peopleCount(total)),
  carries: carriedFilter(filter),
});

const anchor = (id: string | undefined): UserId | undefined => (id === undefined ? undefined : asId<UserId>(id));

const AddButton = ({ shown: { words, place } }: { shown: Shown }) => (
  <Buttons
    buttons={[{ kind: 'form', action: peopleAdminActions.user, label: words.addPerson, tone: 'main', carries: {} }]}
    place={place}
  />
);

function Filters({ shown }: { shown: Shown }) {
  const { wanted, words, web, requester } = shown;
  const { filter } = wanted;
  const { isPlus } = rightsOf(requester);
  const live = {
    'hx-get': '/admin/people',
    'hx-trigger': 'submit, change, input changed delay:250ms from:#who, search from:#who',
    'hx-select': '#found',
    'hx-target': '#found',
    'hx-swap': 'outerHTML',
    'hx-sync': 'this:replace',
  };
  return (
    <search class="filters">
      <form class="admin-filters" method="get" action="/admin/people" data-address {...live}>
        <div class="finder">
          <SearchBox hint={words.search} typed={filter.search ?? ''} find={web.search} />
        </div>
        <div class="admin-choices">
          <Choice
            name="condition"
            label={words.filter}
            value={filter.condition}
            any={words.any}
            options={conditionsIn(isPlus)}
            names={words.conditions}
          />
          <Choice
            name="type"
            label={words.fields.userType}
            value={filter.type}
            any={words.any}
            options={userTypesIn(isPlus)}
            names={words.types}
          />
          <Choice
            name="access"
            label={words.fields.access}
            value={filter.access}
            any={words.any}
            options={accessKinds}
            names={words.accesses}
          />
        </div>
        {filter.team && <input type="hidden" name="team" value={filter.team} />}
        {wanted.sort !== 'name' && <input type="hidden" name="sort" value={wanted.sort} />}
        {wanted.way !== 'up' && <input type="hidden" name="way" value={wanted.way} />}
      </form>
      {filter.team && (
        <a class="chip" href={peopleAddress({ ...wanted, filter: { ...filter, team: undefined } })}>
          <span dir="auto">{filter.team}</span>
          <Icon name="close" />
          <span class="unseen">{words.withoutTeam}</span>
        </a>
      )}
    </search>
  );
}

function Choice<Value extends string>(props: {
  name: string;
  label: string;
  value: Value | undefined;
  any: string;
  options: readonly Value[];
  names: Readonly<Record<Value, string>>;
}) {
  return (
    <label class="admin-choice">
      <span>{props.label}</span>
      <select name={props.name}>
        <option value="">{props.any}</option>
        {props.options.map((option) => (
          <option value={option} selected={option === props.value}>
            {props.names[option]}
          </option>
        ))}
      </select>
    </label>
  );
}

const Nobody = ({ shown: { words, web } }: { shown: Shown }) => (
  <div class="empty">
    <p>{words.nobody}</p>
    <a class="button" href="/admin/people">
      {web.showEverybody}
    </a>
  </div>
);

function Pages({ shown, found }: { shown: Shown; found: PeoplePage }) {
  const { wanted, web } = shown;
  const { people, hasEarlier, hasLater } = found;
  const first = people.at(0);
  const last = people.at(-1);
  if (!hasEarlier && !hasLater) return null;
  return (
    <nav class="pages" aria-label={web.directoryPages}>
      {hasEarlier && first ? (
        <a class="button" rel="prev" href={peopleAddress(wanted, { before: first.id })}>
          {web.newer}
        </a>
      ) : (
        <span />
      )}
      {hasLater && last ? (
        <a class="button" rel="next" href={peopleAddress(wanted, { after: last.id })}>
          {web.older}
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
