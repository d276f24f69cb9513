import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { manyLines, truncate } from '../text.js';
import { type Column, columns, hasControlCharacter } from './columns.js';
import type { CsvSource } from './csv-source.js';
import { type CsvDialect, decoded } from './decode-csv.js';

/** A line of the file, its cells by column, without the space around them and what nobody sees in them. */
export interface CsvLine extends LineFlaw {
  /** As a person counts: the header is line 1. A record over several lines ends here. */
  readonly number: number;
  readonly cells: ReadonlyMap<Column, string>;
}

/** What is wrong with a line before its cells are looked at. */
export interface LineFlaw {
  /** What the line has and what the header has, where these differ. */
  readonly wrongCells?: { readonly expected: number; readonly found: number };
  /** A cell that is longer than any value; it is dropped. */
  readonly longCell?: { readonly column: Column };
}

/** The table of a file: its columns, and then its lines as they come. */
export interface CsvTable {
  readonly columns: readonly Column[];
  readonly lines: AsyncIterable<CsvLine>;
}

const RecordRead = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });
type RecordRead = z.infer<typeof RecordRead>;

const mostLines = 100_000;
const mostColumns = 64;
const longestRecord = 100_000;
export const longestCell = 2_000;
/** What an earlier answer wrote beside the refused lines: whoever sends that file again need not delete it. */
export const whyColumn = 'why';

/**
 * Reads RFC 4180 and what spreadsheets make of it (`findDialect`), line by line. Refuses (UserError) a file without a
 * header, with an unknown column, a column twice, too many lines, a record of extreme length, or quotation marks that do
 * not match; a line never spoils the others. Empty lines, and empty cells past the header, are a spreadsheet's ghosts and
 * count for nothing.
 */
export async function readCsv(source: CsvSource, dialect: CsvDialect): Promise<CsvTable> {
  const records = filledRecords(source, dialect);
  const header = await records.next();
  if (header.done) throw new UserError((words) => words.bulk.noHeader, 400);
  const order = columnsOf(header.value.record);
  return {
    columns: order.flatMap((column) => (column === undefined || column === whyColumn ? [] : column)),
    lines: linesOf(records, order, dialect.linesBefore),
  };
}

async function* linesOf(
  records: AsyncGenerator<RecordRead>,
  order: readonly HeaderCell[],
  linesBefore: number,
): AsyncGenerator<CsvLine> {
  let count = 0;
  for await (const { record, info } of records) {
    count += 1;
    if (count > mostLines) throw new UserError((words) => words.bulk.tooManyLines(mostLines), 413);
    yield lineOf(record, order, info.lines + linesBefore);
  }
}

/** Undefined: a column without a name, in which nothing may stand. */
type HeaderCell = Column | typeof whyColumn | undefined;

function lineOf(record: readonly string[], order: readonly HeaderCell[], number: number): CsvLine {
  const found = record.findLastIndex(isFilled) + 1;
  const named = order.findLastIndex((column) => column !== undefined && column !== whyColumn) + 1;
  const isNameless = record.some((cell, at) => isFilled(cell) && order[at] === undefined);
  const cells = new Map<Column, string>();
  let longCell: CsvLine['longCell'];
  for (const [at, column] of order.entries()) {
    if (column === undefined || column === whyColumn) continue;
    const cell = record[at] ?? '';
    if (cell.length > longestCell) longCell ??= { column };
    cells.set(column, cell.length > longestCell ? '' : cellOf(cell));
  }
  const isWrong = isNameless || record.length < named;
  return {
    number,
    cells,
    ...(isWrong ? { wrongCells: { expected: named, found: isNameless ? found : record.length } } : {}),
    ...(longCell ? { longCell } : {}),
  };
}

/** A control character stays, so that the line is refused for it: it is a sign of a file that went wrong. */
function cellOf(cell: string): string {
  // Nearly every cell, and a hundred times as fast.
  if (/^[\x20-\x7e]*$/.test(cell)) return cell.trim();
  return (hasControlCharacter(cell) ? cell : manyLines(cell, cell.length).replace(/\p{Zs}/gu, ' ')).trim();
}

const isFilled = (cell: string): boolean => cellOf(cell) !== '';

async function* filledRecords(source: CsvSource, dialect: CsvDialect): AsyncGenerator<RecordRead> {
  const parser = parse({
    delimiter: dialect.delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  });
  const text = Readable.from(decoded(source, dialect));
  // The reader below meets the error, because it ends the parser too.
  const joined = pipeline(text, parser).catch(() => {});
  try {
    for await (const read of parser) {
      const record = RecordRead.parse(read);
      if (record.record.some(isFilled)) yield record;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines ?? 1) + dialect.linesBefore;
    const isLong = error.code === 'CSV_MAX_RECORD_SIZE';
    throw new UserError((words) => (isLong ? words.bulk.recordTooLong(line) : words.bulk.broken(line)), 400);
  } finally {
    parser.destroy();
    await joined;
  }
}

function columnsOf(header: readonly string[]): readonly HeaderCell[] {
  const names = header.map((name) => cellOf(name).toLowerCase());
  if (names.length > mostColumns && names.findLastIndex(isFilled) >= mostColumns)
    throw new UserError((words) => words.bulk.tooManyColumns(mostColumns), 400);
  const unknown = names.filter((name) => name !== '' && !isKnown(name));
  if (unknown.length > 0) {
    const shown = unknown.slice(0, 10).map((name) => truncate(name, 40));
    throw new UserError((words) => words.bulk.unknownColumns(shown, columns), 400);
  }

  const known = names.map((name) => (isKnown(name) ? name : undefined));
  const twice = known.find((name, at) => name !== undefined && known.indexOf(name) !== at);
  if (twice !== undefined) throw new UserError((words) => words.bulk.columnTwice(twice), 400);
  if (!known.includes('username')) throw new UserError((words) => words.bulk.noUsername, 400);
  return known;
}

const isKnown = (name: string): name is Column | typeof whyColumn =>
  name === whyColumn || (columns as readonly string[]).includes(name);
