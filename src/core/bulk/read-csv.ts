import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { manyLines, truncate } from '../text.js';
import { type Column, columns, hasControlCharacter, type RefusalText } from './columns.js';
import { decodeCsv } from './decode-csv.js';

/** A line of the file, its cells by column, without surrounding spaces and invisible characters. */
export interface CsvLine {
  /** As a person counts: the header is line 1. For a record over several lines, its last line. */
  readonly number: number;
  readonly cells: ReadonlyMap<Column, string>;
  /** The number of cells of the header and of the line, if they differ. */
  readonly wrongCells?: { readonly expected: number; readonly found: number };
  /** A cell that is longer than any value; it is dropped. */
  readonly longCell?: { readonly column: Column };
}

const Records = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

const mostColumns = 200;
const longestRecord = 100_000;
/** The most characters of a cell. */
export const longestCell = 5_000;

/**
 * Read RFC 4180 and the variants of spreadsheets (`decodeCsv`). Throws UserError for a file without a header, with an
 * unknown column, a column twice, a record of extreme length, or unmatched quotation marks; a bad line never spoils the
 * others. Empty lines, and empty cells past the header, are artefacts of spreadsheets and are ignored.
 */
export function readCsv(bytes: Uint8Array): readonly CsvLine[] {
  const { text, delimiter, linesBefore } = decodeCsv(bytes);
  const [header, ...records] = recordsOf(text, delimiter, linesBefore).filter(({ record }) => record.some(isFilled));
  if (header === undefined) throw new UserError((words) => words.bulk.noHeader, 400);
  const order = columnsOf(header.record);
  return records.map(({ record, info }) => lineOf(record, order, info.lines + linesBefore));
}

/** Return the warning about a readable file that does not declare its encoding. */
export const encodingNote = (bytes: Uint8Array): RefusalText | undefined => decodeCsv(bytes).note;

/** `order`: undefined for a column without a name, which must be empty. */
function lineOf(record: readonly string[], order: readonly (Column | undefined)[], number: number): CsvLine {
  const found = record.findLastIndex(isFilled) + 1;
  const named = order.findLastIndex((column) => column !== undefined) + 1;
  const isNameless = record.some((cell, at) => isFilled(cell) && order[at] === undefined);
  const cells = new Map<Column, string>();
  let longCell: CsvLine['longCell'];
  for (const [at, column] of order.entries()) {
    if (column === undefined) continue;
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

/** A control character stays, so that the line is refused for it: it is a sign of a damaged file. */
const cellOf = (cell: string): string =>
  (hasControlCharacter(cell) ? cell : manyLines(cell, cell.length).replace(/\p{Zs}/gu, ' ')).trim();

const isFilled = (cell: string): boolean => cellOf(cell) !== '';

function recordsOf(text: string, delimiter: string, linesBefore: number) {
  try {
    return Records.parse(
      parse(text, {
        delimiter,
        info: true,
        relax_column_count: true,
        skip_empty_lines: true,
        max_record_size: longestRecord,
      }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines ?? 1) + linesBefore;
    const isLong = error.code === 'CSV_MAX_RECORD_SIZE';
    throw new UserError((words) => (isLong ? words.bulk.recordTooLong(line) : words.bulk.broken(line)), 400);
  }
}

function columnsOf(header: readonly string[]): readonly (Column | undefined)[] {
  const names = header.map((name) => cellOf(name).toLowerCase());
  if (names.length > mostColumns && names.findLastIndex(isFilled) >= mostColumns)
    throw new UserError((words) => words.bulk.tooManyColumns(mostColumns), 400);
  const unknown = names.filter((name) => name !== '' && !isColumn(name));
  if (unknown.length > 0) {
    const shown = unknown.slice(0, 10).map((name) => truncate(name, 40));
    throw new UserError((words) => words.bulk.unknownColumns(shown, columns), 400);
  }

  const known = names.map((name) => (isColumn(name) ? name : undefined));
  const twice = known.find((name, at) => name !== undefined && known.indexOf(name) !== at);
  if (twice !== undefined) throw new UserError((words) => words.bulk.columnTwice(twice), 400);
  if (!known.includes('username')) throw new UserError((words) => words.bulk.noUsername, 400);
  return known;
}

const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name);
