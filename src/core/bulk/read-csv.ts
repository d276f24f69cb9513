import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { type Column, columns } from './columns.js';

/** A line of the file, its cells by column, as they came but for the space around them. */
export interface Line {
  /** As a person counts: the header is line 1. A record over several lines ends here. */
  readonly number: number;
  readonly cells: ReadonlyMap<Column, string>;
  /** What the line has and what the header has, where these differ. */
  readonly wrongCells?: { readonly expected: number; readonly found: number };
}

const Records = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/**
 * Reads RFC 4180 in UTF-8, with or without a byte order mark. Refuses (UserError) a file that is not UTF-8, has no
 * header, an unknown column, a column twice, or quotation marks that do not match; a line never spoils the others.
 */
export function readCsv(bytes: Uint8Array): readonly Line[] {
  const [header, ...records] = recordsOf(textOf(bytes));
  if (header === undefined) throw new UserError((words) => words.bulk.noHeader, 400);
  const order = columnsOf(header.record);

  return records.map(({ record, info }) => ({
    number: info.lines,
    cells: new Map(order.map((column, at) => [column, (record[at] ?? '').trim()])),
    ...(record.length === order.length ? {} : { wrongCells: { expected: order.length, found: record.length } }),
  }));
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError((words) => words.bulk.notUtf8, 400);
  }
}

function recordsOf(text: string) {
  try {
    return Records.parse(parse(text, { info: true, relax_column_count: true, skip_empty_lines: true }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines ?? 1);
    throw new UserError((words) => words.bulk.broken(line), 400);
  }
}

function columnsOf(header: readonly string[]): readonly Column[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const unknown = names.filter((name) => !isColumn(name));
  if (unknown.length > 0) throw new UserError((words) => words.bulk.unknownColumns(unknown, columns), 400);

  const known = names.filter(isColumn);
  const twice = known.find((name, at) => known.indexOf(name) !== at);
  if (twice !== undefined) throw new UserError((words) => words.bulk.columnTwice(twice), 400);
  if (!known.includes('username')) throw new UserError((words) => words.bulk.noUsername, 400);
  return known;
}

const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name);
