import { hasPermission } from '../../../core/chat/actor.js';
import type { Requester } from '../../../core/chat/requester.js';
import { type Words, wordsIn } from '../../../core/chat/words.js';
import { hasAccess } from '../../../core/people/person.js';
import { peopleAdminActions } from '../../../core/people-admin/people-admin.action-ids.js';
import { carriedFilter } from '../../../core/people-admin/people-admin.views.js';
import type { ListedPerson, PeopleFilter, PeopleSort } from '../../../core/people-admin/people-list.types.js';
import { formatNumber } from '../../../core/phone-number.js';
import { Icon } from '../../components/icons.js';
import { Face } from '../../components/people-list.js';
import { adminPersonAddress } from '../../page-links.js';
import { formAddress, type Place } from '../../render.js';
import type { WebWords } from '../../web.words.js';

/** What the address asks for. */
export interface Wanted {
  readonly filter: PeopleFilter;
  readonly sort: PeopleSort;
  readonly way: 'up' | 'down';
}

/** What a part of the page is rendered with. */
export interface Shown {
  readonly wanted: Wanted;
  readonly requester: Requester;
  readonly place: Place;
  readonly words: Words['peopleAdmin'];
  readonly web: WebWords;
}

/** The people of a page. An admin who may change many ticks some of them, and opens the form for those. */
export function PeopleTable(props: { shown: Shown; people: readonly ListedPerson[]; total: number }) {
  const { shown, people, total } = props;
  const { words, requester } = shown;
  const table = (
    <table class="people-table" data-row-keys>
      <thead>
        <tr>
          <Sorted shown={shown} sort="name" label={words.name} />
          <Sorted shown={shown} sort="username" label={words.username} />
          <Sorted shown={shown} sort="extension" label={words.fields.extension} />
          <th scope="col">{words.fields.did}</th>
          <th scope="col">{words.fields.userType}</th>
          <th scope="col">{words.fields.access}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Row shown={shown} person={person} />
        ))}
      </tbody>
    </table>
  );
  if (!hasPermission(requester.actor, 'bulk')) return table;
  const address = `/forms/${peopleAdminActions.bulk}`;
  return (
    <form class="ticks" method="get" action={address} hx-get={address} hx-target="#sheet" data-ticks>
      <input type="hidden" name="_page" value={shown.place.page} />
      {/* Without a tick the form means nobody, not everybody. */}
      <input type="hidden" name="c.ids" value="" />
      <TickBar shown={shown} />
      {total > people.length && <WholeSelection shown={shown} onPage={people.length} total={total} />}
      {table}
    </form>
  );
}

const TickBar = ({ shown: { web, requester } }: { shown: Shown }) => (
  <div class="tick-bar">
    <label class="tick-all">
      <input type="checkbox" data-tick-all />
      {web.tickAll}
    </label>
    <output data-ticked={web.ticked} />
    <button class="button" type="submit" aria-haspopup="dialog">
      {wordsIn(requester.reader.locale).peopleChange.changeTicked}
    </button>
  </div>
);

/** Once the whole page is ticked: the way to everybody who matches, on all pages. */
function WholeSelection({ shown, onPage, total }: { shown: Shown; onPage: number; total: number }) {
  const { wanted, place, words, requester } = shown;
  const { peopleChange } = wordsIn(requester.reader.locale);
  const address = formAddress(peopleAdminActions.bulk, carriedFilter(wanted.filter), place);
  return (
    <p class="tick-rest" data-all-ticked hidden>
      {peopleChange.pageChosen(onPage)}{' '}
      <a href={address} hx-get={address} hx-target="#sheet" aria-haspopup="dialog">
        {peopleChange.changeAllMatching(words.peopleCount(total))}
      </a>
    </p>
  );
}

function Sorted({ shown, sort, label }: { shown: Shown; sort: PeopleSort; label: string }) {
  const { wanted, web } = shown;
  const current = wanted.sort === sort;
  const way = current && wanted.way === 'up' ? 'down' : 'up';
  const order = wanted.way === 'up' ? 'ascending' : 'descending';
  return (
    <th scope="col" aria-sort={current ? order : undefined}>
      <a href={peopleAddress({ ...wanted, sort, way })} aria-label={web.sortedBy(label)}>
        {label}
        {current && <Icon name={wanted.way === 'up' ? 'down' : 'up'} />}
      </a>
    </th>
  );
}

function Row({ shown, person }: { shown: Shown; person: ListedPerson }) {
  const { words, wanted, requester, web } = shown;
  const inactive = !hasAccess(person);
  return (
    <tr class={inactive ? 'inactive' : undefined}>
      <th scope="row">
        <span class="person-cell">
          {hasPermission(requester.actor, 'bulk') && (
            <input
              class="tick"
              type="checkbox"
              name="c.ids"
              value={person.id}
              aria-label={web.tick(person.displayName)}
              tabIndex={-1}
            />
          )}
          <Face name={person.displayName} away={person.isOut} />
          <span>
            <a class="row-link" href={adminPersonAddress(person.id)} dir="auto">
              {person.displayName}
            </a>
            <span class="person-more">
              {person.title && <span dir="auto">{person.title}</span>}
              {person.team && (
                <a
                  class="team-link"
                  href={peopleAddress({ ...wanted, filter: { ...wanted.filter, team: person.team } })}
                  dir="auto"
                >
                  {person.team}
                </a>
              )}
              {person.isOut && <span class="tag">{words.out}</span>}
              {person.role !== 'member' && <span class="tag quiet">{words.roles[person.role]}</span>}
            </span>
          </span>
        </span>
      </th>
      <td class="minor" data-label={words.username} dir="auto">
        {person.username}
      </td>
      <td data-label={words.fields.extension} class="digits">
        {person.extension}
      </td>
      <td data-label={words.fields.did} class="digits">
        {person.did && formatNumber(person.did, requester.tenant.country)}
      </td>
      <td data-label={words.fields.userType}>{words.types[person.userType]}</td>
      <td class={inactive ? undefined : 'minor'} data-label={words.fields.access}>
        {words.accesses[person.access]}
      </td>
    </tr>
  );
}

/** The page that shows this; what is the default is left out. */
export function peopleAddress(
  { filter, sort, way }: Wanted,
  anchored: { readonly after?: string; readonly before?: string } = {},
): string {
  const { search, ...others } = filter;
  const query = new URLSearchParams(
    Object.entries({
      q: search,
      ...others,
      sort: sort === 'name' ? undefined : sort,
      way: way === 'up' ? undefined : way,
      ...anchored,
    }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return query.size === 0 ? '/admin/people' : `/admin/people?${query}`;
}
