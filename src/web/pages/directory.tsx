import { z } from 'zod';
import { wordsIn } from '../../core/chat/words.js';
import { browseDirectory, type DirectoryPage } from '../../core/directory/browse-directory.js';
import type { FoundPerson } from '../../core/directory/directory.views.js';
import { findPeople, foundPeopleOf } from '../../core/directory/find-people.js';
import { oneLine, truncate } from '../../core/text.js';
import { PeopleList } from '../components/people-list.js';
import { SearchBox } from '../components/search-box.js';
import type { Routes } from '../http/route-helpers.js';
import type { Visitor } from '../http/visitor.js';
import { type WebWords, webWords } from '../web.words.js';

/** The parameters of the address; an invalid one becomes the default. */
const DirectoryQuery = z.object({
  q: z
    .string()
    .transform((typed) => oneLine(typed, 200))
    .catch(''),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

const pageSize = 50;
const mostFound = 100;

/** The directory page: everybody from A to Z, or the people who match the typed text. */
export function directoryPage({ page }: Routes): void {
  page('/people', async ({ response }) => response.redirect(303, '/directory'));
  page('/directory', async ({ deps, request, response, visitor, frame }) => {
    const { requester } = visitor;
    const words = webWords(requester.reader.locale);
    const wanted = DirectoryQuery.parse(request.query);
    const query = wanted.q.trim();
    const children = (
      <div class="narrow directory">
        <h1>{words.directory}</h1>
        <Finder query={query} words={words} />
        <div id="found">{query === '' ? await allPeople(wanted.page) : await searchResults()}</div>
      </div>
    );
    response.send(await frame({ title: words.directory, children }));

    async function allPeople(wantedPage: number) {
      const browsed = await browseDirectory(deps, requester.tenant.id, { page: wantedPage, size: pageSize });
      const people = browsed.sections.flatMap(({ people }) => people);
      const shown = new Map((await foundPeopleOf(deps, requester, people)).map((one) => [one.person.id, one]));
      return <AlphabeticalList browsed={browsed} shown={shown} visitor={visitor} words={words} />;
    }

    async function searchResults() {
      const { people, more } = await findPeople(deps, requester, query, mostFound);
      return <SearchResults query={query} people={people} more={more} visitor={visitor} words={words} />;
    }
  });
}

const Finder = ({ query, words }: { query: string; words: WebWords }) => (
  <search>
    <form
      class="finder"
      method="get"
      action="/directory"
      hx-get="/directory"
      hx-trigger="submit, input changed delay:200ms from:#who, search from:#who"
      hx-select="#found"
      hx-target="#found"
      hx-swap="outerHTML"
      data-address
      hx-sync="this:replace"
    >
      <SearchBox hint={words.findHint} typed={query} find={words.find} />
    </form>
  </search>
);

function AlphabeticalList(props: {
  browsed: DirectoryPage;
  shown: ReadonlyMap<string, FoundPerson>;
  visitor: Visitor;
  words: WebWords;
}) {
  const { browsed, shown, visitor, words } = props;
  const { reader, tenant } = visitor.requester;
  const here = new Set(browsed.pages > 1 ? browsed.sections.map(({ letter }) => letter) : []);
  if (browsed.total === 0) return <p class="empty">{wordsIn(reader.locale).directory.nobodyListed}</p>;
  return (
    <>
      <p class="tally" role="status">
        {words.people(browsed.total)}
      </p>
      <nav class="letters" aria-label={words.letters}>
        {browsed.letters.map(({ letter, page }) => (
          <a href={`${addressOf(page)}#${idOf(letter)}`} aria-current={here.has(letter) ? 'true' : undefined}>
            {letter}
          </a>
        ))}
      </nav>
      {browsed.sections.map(({ letter, people }) => (
        <section class="section" aria-labelledby={idOf(letter)}>
          <h2 id={idOf(letter)}>{letter}</h2>
          <PeopleList
            found={people.flatMap(({ id }) => shown.get(id) ?? [])}
            reader={reader}
            country={tenant.country}
          />
        </section>
      ))}
      <Pages browsed={browsed} words={words} />
    </>
  );
}

function Pages({
  browsed: { page, pages, first, total, sections },
  words,
}: {
  browsed: DirectoryPage;
  words: WebWords;
}) {
  if (pages === 1) return null;
  const last = first - 1 + sections.reduce((sum, { people }) => sum + people.length, 0);
  return (
    <nav class="pages" aria-label={words.directoryPages}>
      {page > 1 ? (
        <a class="button" rel="prev" href={addressOf(page - 1)}>
          {words.newer}
        </a>
      ) : (
        <span />
      )}
      <p>{words.ofMessages(first, last, total)}</p>
      {page < pages ? (
        <a class="button" rel="next" href={addressOf(page + 1)}>
          {words.older}
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}

function SearchResults(props: {
  query: string;
  people: readonly FoundPerson[];
  more: boolean;
  visitor: Visitor;
  words: WebWords;
}) {
  const { query, people, more, words } = props;
  const { reader, tenant } = props.visitor.requester;
  const core = wordsIn(reader.locale).directory;
  const shown = truncate(query, 60);
  if (people.length === 0)
    return (
      <div class="empty">
        <p role="status" dir="auto">
          {core.nobody(shown)}
        </p>
        <p>{core.nobodyTry}</p>
        <a class="button" href="/directory">
          {words.showEverybody}
        </a>
      </div>
    );
  return (
    <>
      <p class="tally" role="status" dir="auto">
        {words.peopleFor(people.length, shown, more)}
      </p>
      <PeopleList found={people} reader={reader} country={tenant.country} />
      {more && <p class="note">{core.moreOnPage}</p>}
    </>
  );
}

const addressOf = (page: number): string => (page === 1 ? '/directory' : `/directory?page=${page}`);

/** `#` and `…` are not letters, and need an id that works in an address. */
const idOf = (letter: string): string => `letter-${letter === '#' ? 'before' : letter === '…' ? 'after' : letter}`;
