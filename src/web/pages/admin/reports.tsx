import {
  type Exportable,
  type ExportRow,
  exportables,
  exportPieces,
  firstRows,
} from '../../../core/bulk/export-table.js';
import { hasPermission, type Permission } from '../../../core/chat/actor.js';
import { formatDuration, formatMoment, type Reader } from '../../../core/chat/phrasing.js';
import { UserError } from '../../../core/errors.js';
import { formatNumber } from '../../../core/phone-number.js';
import { Icon } from '../../components/icons.js';
import { NotFound, type PageRequest, type Routes } from '../../http/route-helpers.js';
import { type ReportWords, reportWords } from './reports.words.js';
import { sendPieces, withByteOrderMark } from './send-pieces.js';

const mostShown = 100;

/** The columns that a page shows; a download has all. */
const shownColumns: Readonly<Record<Exportable, readonly string[] | undefined>> = {
  users: ['username', 'first_name', 'last_name', 'title', 'extension', 'did', 'default_backup', 'access', 'role'],
  ooo: undefined,
  storage: undefined,
  missed: ['at', 'caller', 'name', 'asked_for', 'result'],
  unheard: undefined,
  unreachable: undefined,
  audit: ['at', 'event', 'via'],
};

/** Lists of the company: the first rows here, all of them as a file. */
export function reportRoutes({ page }: Routes): void {
  page('/admin/reports', async (asked) => {
    const { response, visitor, frame } = allowed(asked, 'reports.view');
    const { requester } = visitor;
    const words = reportWords(requester.reader.locale);
    const children = (
      <div class="admin-page">
        <h1>{words.title}</h1>
        <ul class="lists">
          {listsFor(asked).map((what) => (
            <li class="panel">
              <h2>
                <a href={what === 'audit' ? '/admin/record' : `/admin/reports/${what}`}>{words.lists[what].title}</a>
              </h2>
              <p>{words.lists[what].what}</p>
            </li>
          ))}
        </ul>
      </div>
    );
    response.send(await frame({ title: words.title, children }));
  });

  page('/admin/reports/:list.:format', async (asked) => {
    const { deps, request, response, visitor } = allowed(asked, 'reports.view');
    const { list, format } = request.params;
    const what = listOf(asked, list);
    if (format !== 'csv' && format !== 'json') throw new NotFound();
    const pieces = exportPieces(deps, visitor.requester.tenant.id, what, format);
    const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json';
    await sendPieces(response, `${what}.${format}`, format === 'csv' ? withByteOrderMark(pieces) : pieces, type);
  });

  page('/admin/reports/:list', async (asked) => {
    const { deps, request, response, visitor, frame } = allowed(asked, 'reports.view');
    const { requester } = visitor;
    const { reader } = requester;
    const words = reportWords(reader.locale);
    const what = listOf(asked, request.params.list);
    const { columns, rows, more } = await firstRows(deps, requester.tenant.id, what, mostShown);
    const shown = shownColumns[what] ?? columns;
    const children = (
      <div class="admin-page">
        <a class="back" href="/admin/reports">
          <Icon name="back" />
          {words.allLists}
        </a>
        <h1>{words.lists[what].title}</h1>
        <p class="lead">{words.lists[what].what}</p>
        <div class="buttons">
          {(['csv', 'json'] as const).map((format) => (
            <a class="button" href={`/admin/reports/${what}.${format}`} download>
              <Icon name="download" />
              {words[format]}
            </a>
          ))}
        </div>
        {rows.length === 0 ? (
          <p class="empty">{words.none}</p>
        ) : (
          <ListTable columns={shown} rows={rows} reader={reader} words={words} label={words.lists[what].title} />
        )}
        {more && <p class="note">{words.first(mostShown)}</p>}
      </div>
    );
    response.send(await frame({ title: words.lists[what].title, children }));
  });
}

function ListTable(props: {
  columns: readonly string[];
  rows: readonly ExportRow[];
  reader: Reader;
  words: ReportWords;
  label: string;
}) {
  const { columns, rows, reader, words, label } = props;
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
                <td dir="auto">{said(column, row[column] ?? '', reader, words)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A value as a person reads it; a file has it as it is. */
function said(column: string, value: string, reader: Reader, words: ReportWords): string {
  if (value === '') return '';
  switch (column) {
    case 'from':
    case 'until':
    case 'at':
    case 'received':
      return formatMoment(reader, new Date(value));
    case 'bytes':
      return `${(Number(value) / 1_000_000).toLocaleString(`${reader.locale}-CA`, { maximumFractionDigits: 1 })} MB`;
    case 'seconds':
      return formatDuration(Number(value));
    case 'caller':
    case 'did':
    case 'number':
      return formatNumber(value);
    case 'status':
    case 'result':
    case 'why':
    case 'mail':
      return words.values[value] ?? value;
    default:
      return value;
  }
}

/** The record is for those who may see it. */
const listsFor = ({ visitor }: PageRequest): readonly Exportable[] =>
  exportables.filter((what) => what !== 'audit' || hasPermission(visitor.requester.actor, 'audit.view'));

function listOf(asked: PageRequest, name: unknown): Exportable {
  const what = listsFor(asked).find((one) => one === name);
  if (!what) throw new NotFound();
  return what;
}

/** Refuses (UserError) whoever may not. */
function allowed(asked: PageRequest, permission: Permission): PageRequest {
  if (!hasPermission(asked.visitor.requester.actor, permission))
    throw new UserError((words) => words.chat.notAllowed, 403);
  return asked;
}
