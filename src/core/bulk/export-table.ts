import { stringify } from 'csv-stringify/sync';
import { recordPages } from '../audit/audit-record.js';
import type { LineFilter } from '../audit/index.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { findUnreachable } from '../reports/unreachable-people.js';
import { findUsersAfter } from './bulk.store.js';
import { cellText, factColumns, columns as userColumns } from './columns.js';
import { guardFormula } from './formula-guard.js';
import {
  findMissedAfter,
  findPeriodsOf,
  findStorageOf,
  findUnheardAfter,
  type MissedCall,
  type UnheardMessage,
} from './report-exports.store.js';

export const exportables = ['users', 'ooo', 'storage', 'missed', 'unheard', 'unreachable', 'audit'] as const;
export type Exportable = (typeof exportables)[number];

/** A row by column, every value as text. */
export type ExportRow = Readonly<Record<string, string>>;

interface Table {
  readonly columns: readonly string[];
  rows(deps: Deps, tenantId: TenantId): AsyncIterable<ExportRow>;
}

/**
 * Return one of the company's lists, as CSV (RFC 4180, no cell that a spreadsheet would run) or JSON (values as they
 * are).
 * An export of `users` can be imported unchanged.
 */
export async function exportTable(
  deps: Deps,
  tenantId: TenantId,
  what: Exportable,
  format: 'csv' | 'json',
): Promise<string> {
  let text = '';
  for await (const piece of exportPieces(deps, tenantId, what, format)) text += piece;
  return text;
}

/** Yield the same piece by piece, for lists that do not fit in memory. */
export const exportPieces = (
  deps: Deps,
  tenantId: TenantId,
  what: Exportable,
  format: 'csv' | 'json',
): AsyncGenerator<string> => piecesOf(tables[what].columns, tables[what].rows(deps, tenantId), format);

/** Yield the lines of the record that the filter selects, as `exportPieces` yields all of them. */
export const recordPieces = (
  deps: Deps,
  tenantId: TenantId,
  filter: LineFilter,
  format: 'csv' | 'json',
): AsyncGenerator<string> => piecesOf(recordColumns, recordRows(deps, tenantId, filter), format);

async function* piecesOf(
  columns: readonly string[],
  rows: AsyncIterable<ExportRow>,
  format: 'csv' | 'json',
): AsyncGenerator<string> {
  if (format === 'csv') yield line(columns);
  let separator = '[\n';
  for await (const row of rows) {
    if (format === 'csv') {
      yield line(columns.map((column) => guardFormula(row[column] ?? '')));
      continue;
    }
    yield `${separator}  ${JSON.stringify(row)}`;
    separator = ',\n';
  }
  if (format === 'json') yield separator === '[\n' ? '[]\n' : '\n]\n';
}

const line = (cells: readonly string[]): string => stringify([[...cells]], { record_delimiter: '\r\n' });

const pageSize = 500;

/** The columns of a list, and its first rows; `more`: there are others. */
export async function firstRows(
  deps: Deps,
  tenantId: TenantId,
  what: Exportable,
  most: number,
): Promise<{ readonly columns: readonly string[]; readonly rows: readonly ExportRow[]; readonly more: boolean }> {
  const { columns, rows } = tables[what];
  const first: ExportRow[] = [];
  for await (const row of rows(deps, tenantId)) {
    if (first.length === most) return { columns, rows: first, more: true };
    first.push(row);
  }
  return { columns, rows: first, more: false };
}

/** Page after page, until one is not full. */
async function* paged<Item>(next: (last: Item | undefined) => Promise<readonly Item[]>): AsyncGenerator<Item> {
  let last: Item | undefined;
  for (;;) {
    const page = await next(last);
    yield* page;
    last = page.at(-1);
    if (page.length < pageSize) return;
  }
}

const iso = (instant: Date | null): string => instant?.toISOString() ?? '';

const recordColumns = [
  'line',
  'at',
  'event',
  'actor',
  'via',
  'impersonator',
  'session',
  'reason',
  'subject',
  'before',
  'after',
  'hash',
  'actor_name',
  'impersonator_name',
  'subject_name',
] as const;

/** Oldest first, as the chain is. */
async function* recordRows(deps: Deps, tenantId: TenantId, filter: LineFilter): AsyncGenerator<ExportRow> {
  for await (const { lines, names } of recordPages(deps, tenantId, filter, pageSize)) {
    for (const kept of lines) {
      yield {
        line: String(kept.seq),
        at: iso(kept.at),
        event: kept.event,
        actor: kept.actorId ?? '',
        via: kept.via,
        impersonator: kept.impersonatorId ?? '',
        session: kept.sessionId ?? '',
        reason: kept.reason ?? '',
        subject: kept.subjectId ?? '',
        before: kept.before === null ? '' : JSON.stringify(kept.before),
        after: kept.after === null ? '' : JSON.stringify(kept.after),
        hash: kept.hash,
        actor_name: names.get(kept.actorId ?? '') ?? '',
        impersonator_name: names.get(kept.impersonatorId ?? '') ?? '',
        subject_name: names.get(kept.subjectId ?? '') ?? '',
      };
    }
  }
}

const tables: Readonly<Record<Exportable, Table>> = {
  users: {
    // Without `row_changed`, which would make the import skip every line.
    columns: userColumns.filter((column) => column !== 'row_changed'),
    async *rows({ db }, tenantId) {
      for await (const user of paged<Awaited<ReturnType<typeof findUsersAfter>>[number]>((last) =>
        findUsersAfter(db, tenantId, last?.username ?? '', pageSize),
      )) {
        const facts = factColumns.map((column) => [column, cellText(column, user.facts)] as const);
        yield { username: user.username, pin: '', ...Object.fromEntries(facts) };
      }
    },
  },
  ooo: {
    columns: ['username', 'name', 'from', 'until', 'backup', 'number', 'note', 'status'],
    async *rows({ db, clock }, tenantId) {
      for (const period of await findPeriodsOf(db, tenantId, clock.now())) {
        yield { ...period, from: iso(period.from), until: iso(period.until) };
      }
    },
  },
  storage: {
    columns: ['username', 'name', 'voicemails', 'unheard', 'bytes'],
    async *rows({ db }, tenantId) {
      for (const box of await findStorageOf(db, tenantId)) {
        yield {
          username: box.username,
          name: box.name,
          voicemails: String(box.voicemails),
          unheard: String(box.unheard),
          bytes: String(box.bytes),
        };
      }
    },
  },
  missed: {
    columns: ['at', 'caller', 'name', 'dialled', 'username', 'asked_for', 'result'],
    async *rows({ db }, tenantId) {
      for await (const call of paged<MissedCall>((last) => findMissedAfter(db, tenantId, last, pageSize)))
        yield {
          at: iso(call.startedAt),
          caller: call.ani,
          name: call.callerName,
          dialled: call.dnis,
          username: call.username,
          asked_for: call.askedFor,
          result: call.disposition,
        };
    },
  },
  unheard: {
    columns: ['username', 'name', 'received', 'days', 'caller', 'seconds'],
    async *rows({ db, clock }, tenantId) {
      for await (const message of paged<UnheardMessage>((last) => findUnheardAfter(db, tenantId, last, pageSize)))
        yield {
          username: message.username,
          name: message.name,
          received: iso(message.receivedAt),
          days: String(Math.floor((clock.now().getTime() - message.receivedAt.getTime()) / 86_400_000)),
          caller: message.ani,
          seconds: String(message.durationSeconds),
        };
    },
  },
  unreachable: {
    columns: ['username', 'name', 'why', 'detail', 'mail'],
    async *rows(deps, tenantId) {
      for (const { username, displayName: name, why, detail, mail } of await findUnreachable(deps, tenantId))
        yield { username, name, why, detail, mail };
    },
  },
  audit: {
    columns: recordColumns,
    rows: (deps, tenantId) => recordRows(deps, tenantId, {}),
  },
};
