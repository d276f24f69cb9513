import type { Reader } from '../../../core/chat/phrasing.js';
import { type Words, wordsIn } from '../../../core/chat/words.js';
import { asId, isUuid, type UserId } from '../../../core/ids.js';
import { namesOf } from '../../../core/people/index.js';
import { chartOf } from '../../../core/reports/charts.js';
import type { ListRow } from '../../../core/reports/company-list.js';
import { companyLists } from '../../../core/reports/company-lists.js';
import { exportPieces } from '../../../core/reports/export-list.js';
import {
  type FilterField,
  listFilterOf,
  readListFilter,
  type TypedListFilter,
} from '../../../core/reports/list-filter.js';
import { type ListName, listNames } from '../../../core/reports/list-names.js';
import { readableLists, requireReadable } from '../../../core/reports/readable-lists.js';
import { shownCell } from '../../../core/reports/shown-value.js';
import { BarChart } from '../../components/bar-chart.js';
import { Icon } from '../../components/icons.js';
import { typedPeople } from '../../components/person-filter.js';
import { NotFound, type PageRequest, permitted, type Routes } from '../../http/route-helpers.js';
import { listAddress, ReportFilter } from './report-filter.js';
import { sendExport } from './send-file.js';

const rowsOnPage = 100;
/** Longer than the key of any page. */
const longestKey = 300;

/** The columns that a page shows; a download has all. */
const shownColumns: Readonly<Partial<Record<ListName, readonly string[]>>> = {
  users: ['username', 'first_name', 'last_name', 'title', 'extension', 'did', 'default_backup', 'access', 'role'],
  ooo: ['name', 'from', 'until', 'backup_name', 'answer', 'status', 'set_by', 'set_at'],
  gaps: ['name', 'from', 'until', 'breaks_at', 'why'],
  unheard: ['name', 'received', 'days', 'caller', 'seconds'],
  storage: ['name', 'voicemails', 'unheard', 'bytes'],
  'storage-days': ['day', 'name', 'recordings', 'bytes'],
  missed: ['at', 'caller', 'name', 'asked_for', 'result'],
  audit: ['at', 'event', 'via'],
};

/** Lists of the company: page by page here, all of them as a file. */
export function reportRoutes({ page }: Routes): void {
  page('/admin/reports', async (asked) => {
    const { response, visitor, frame } = permitted(asked, 'reports.view');
    const { requester } = visitor;
    const words = wordsIn(requester.reader.locale).reports;
    const children = (
      <div class="admin-page">
        <h1>{words.title}</h1>
        <ul class="lists">
          {readableLists(requester).map((name) => (
            <li class="panel">
              <h2>
                <a href={pageOf(name)}>{words.lists[name].title}</a>
              </h2>
              <p>{words.lists[name].what}</p>
            </li>
          ))}
        </ul>
      </div>
    );
    response.send(await frame({ title: words.title, children }));
  });

  page('/admin/reports/:list.:format', async (asked) => {
    const { deps, request, response, visitor } = permitted(asked, 'reports.view');
    const { reader, tenant } = visitor.requester;
    const { list, format } = request.params;
    const name = listOf(asked, list);
    if (format !== 'csv' && format !== 'json') throw new NotFound();
    const filter = listFilterOf(readListFilter(request.query, fieldsOf(name)), reader.timeZone);
    const pieces = exportPieces(deps, tenant.id, name, format, filter);
    await sendExport(response, tenant.id, { name, format, pieces });
  });

  page('/admin/reports/:list', async (asked) => {
    const { deps, request, response, visitor, frame } = permitted(asked, 'reports.view');
    const { reader, tenant } = visitor.requester;
    const words = wordsIn(reader.locale).reports;
    const name = listOf(asked, request.params.list);
    const typed = await typedPeople(asked, ['person']);
    const chosen = { ...readListFilter(request.query, fieldsOf(name)), ...typed.people };
    // The fields send a name and an id; the address that is kept and shared has the id alone.
    if (typed.isTyped && typed.problems.person === undefined)
      return response.redirect(303, listAddress(name, { filter: chosen }));
    const after = keyIn(request.query.after);
    const filter = listFilterOf(chosen, reader.timeZone);
    const list = companyLists[name];
    const [{ rows, next }, chart, names] = await Promise.all([
      list.page(deps, tenant.id, { after, most: rowsOnPage }, filter),
      after === undefined ? chartOf(deps, reader, tenant.id, name, filter) : undefined,
      namesOf(deps.db, tenant.id, [chosen.person]),
    ]);
    const { title, what } = words.lists[name];
    const isNarrowed = Object.values(chosen).some((value) => value !== undefined);
    const empty = after !== undefined || next !== undefined ? words.nothingHere : words.none;
    const children = (
      <div class="admin-page">
        <a class="back" href="/admin/reports">
          <Icon name="back" />
          {words.allLists}
        </a>
        <h1>{title}</h1>
        <p class="lead">{what}</p>
        <ReportFilter
          name={name}
          filter={chosen}
          personName={names.get(chosen.person ?? '')}
          typed={typed}
          locale={reader.locale}
        />
        <div class="buttons">
          {(['csv', 'json'] as const).map((format) => (
            <a class="button" href={listAddress(name, { filter: chosen, format })} download>
              <Icon name="download" />
              {words[format]}
            </a>
          ))}
        </div>
        {chart && <BarChart chart={chart} locale={reader.locale} />}
        {rows.length === 0 ? (
          <p class="empty">{isNarrowed ? words.noneMatch : empty}</p>
        ) : (
          <ListTable columns={shownColumns[name] ?? list.columns} rows={rows} reader={reader} label={title} />
        )}
        <Pages name={name} filter={chosen} after={after} next={next} words={words} />
      </div>
    );
    response.send(await frame({ title, children }));
  });
}

const fieldsOf = (name: ListName): readonly FilterField[] => companyLists[name].narrowedBy ?? [];

function ListTable(props: { columns: readonly string[]; rows: readonly ListRow[]; reader: Reader; label: string }) {
  const { columns, rows, reader, label } = props;
  const words = wordsIn(reader.locale).reports;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen must be scrollable by keyboard
    <section class="scroller panel" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{words.columns[column] ?? column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map((column) => (
                <td dir="auto">
                  <Cell text={shownCell(reader, words, column, row)} column={column} row={row} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The name of a mailbox leads to its storage over time. */
function Cell({ text, column, row }: { text: string; column: string; row: ListRow }) {
  const user = row.user_id ?? '';
  if (column !== 'name' || !isUuid(user)) return <>{text}</>;
  return <a href={listAddress('storage-days', { filter: { person: asId<UserId>(user) } })}>{text}</a>;
}

/** The next page, by the key that this one ends with; and the way back to the first. */
function Pages(props: {
  name: ListName;
  filter: TypedListFilter;
  after: string | undefined;
  next: string | undefined;
  words: Words['reports'];
}) {
  const { name, filter, after, next, words } = props;
  if (after === undefined && next === undefined) return null;
  return (
    <nav class="pages" aria-label={words.lists[name].title}>
      {after === undefined ? (
        <span />
      ) : (
        <a class="button" href={listAddress(name, { filter })}>
          {words.first}
        </a>
      )}
      {next === undefined ? (
        <span />
      ) : (
        <a class="button" rel="next" href={listAddress(name, { filter, after: next })}>
          {words.next}
        </a>
      )}
    </nav>
  );
}

const keyIn = (typed: unknown): string | undefined =>
  typeof typed === 'string' && typed !== '' && typed.length <= longestKey ? typed : undefined;

/** The record has a page of its own, with filters. */
const pageOf = (name: ListName): string => (name === 'audit' ? '/admin/record' : `/admin/reports/${name}`);

/** Refuses (UserError) a list that is not the visitor’s to read. */
function listOf({ visitor: { requester } }: PageRequest, typed: unknown): ListName {
  const name = listNames.find((one) => one === typed);
  if (!name) throw new NotFound();
  requireReadable(requester, name);
  return name;
}
