import { UserError } from '../errors.js';
import { columns, type RefusalText } from './columns.js';
import type { CsvSource } from './csv-source.js';

/** How a file is written. */
export interface CsvDialect {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly delimiter: string;
  /** Characters and lines before the table: Excel's `sep=`. */
  readonly skippedCharacters: number;
  readonly linesBefore: number;
  /** A warning to check the file, because it does not declare its encoding. */
  readonly note?: RefusalText;
}

const largestBytes = 64 * 1024 * 1024;
/** Bytes by which a dialect is told: more than the longest header. */
const headBytes = 80_000;

/**
 * How a CSV file is written, as spreadsheets do: UTF-8 with or without a byte order mark, UTF-16 with one, Windows-1252;
 * separated by commas, semicolons (Excel where the comma is decimal), tabs or bars, with or without Excel's `sep=` line.
 * Reads the file once. Refuses (UserError) one that is too large, and what is no text.
 */
export async function findDialect(source: CsvSource): Promise<CsvDialect> {
  const { head, isUtf8 } = await look(source);
  if (begins(head, 0x50, 0x4b, 3, 4) || begins(head, 0xd0, 0xcf, 0x11, 0xe0))
    throw new UserError((words) => words.bulk.isWorkbook, 415);

  const encoding = encodingOf(head, isUtf8);
  const start = new TextDecoder(encoding).decode(head);
  // One that stands further down spoils its own line only.
  if (start.slice(0, 200).includes('\0')) throw new UserError((words) => words.bulk.notText, 415);
  // Text of one line without an end is its own first line, however long: a header has no more than this.
  const said = /^"?sep=([,;\t|])"?[,;\t|]*(\r\n|\r|\n)/i.exec(start.slice(0, 200));
  return {
    encoding,
    delimiter: said?.[1] ?? delimiterOf(start),
    skippedCharacters: said?.[0].length ?? 0,
    linesBefore: said ? 1 : 0,
    ...(encoding === 'windows-1252' ? { note: (words) => words.notUtf8 } : {}),
  };
}

/** The text of the table, piece by piece. */
export async function* decoded(source: CsvSource, dialect: CsvDialect): AsyncGenerator<string> {
  const decoder = new TextDecoder(dialect.encoding);
  let left = dialect.skippedCharacters;
  for await (const chunk of source.chunks()) {
    const text = decoder.decode(chunk, { stream: true });
    const skipped = Math.min(left, text.length);
    left -= skipped;
    if (text.length > skipped) yield text.slice(skipped);
  }
  yield decoder.decode();
}

async function look(source: CsvSource): Promise<{ readonly head: Uint8Array; readonly isUtf8: boolean }> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const isRead = (chunk?: Uint8Array): boolean => {
    try {
      utf8.decode(chunk, { stream: chunk !== undefined });
      return true;
    } catch {
      return false;
    }
  };
  const head: Uint8Array[] = [];
  let bytes = 0;
  let isUtf8 = true;
  for await (const chunk of source.chunks()) {
    if (bytes < headBytes) head.push(chunk.subarray(0, headBytes - bytes));
    bytes += chunk.length;
    if (bytes > largestBytes) throw new UserError((words) => words.bulk.fileTooLarge, 413);
    isUtf8 &&= isRead(chunk);
  }
  return { head: Buffer.concat(head), isUtf8: isUtf8 && isRead() };
}

function encodingOf(head: Uint8Array, isUtf8: boolean): CsvDialect['encoding'] {
  if (begins(head, 0xff, 0xfe)) return 'utf-16le';
  if (begins(head, 0xfe, 0xff)) return 'utf-16be';
  // What Excel writes as “CSV” on Windows in Western languages; every other text would fail as UTF-8 too.
  return isUtf8 ? 'utf-8' : 'windows-1252';
}

const begins = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** The delimiter that splits the header into the most known columns. */
function delimiterOf(text: string): string {
  const header =
    text
      .slice(0, 20_000)
      .trimStart()
      .split(/\r\n|\r|\n/, 1)[0] ?? '';
  const known = (delimiter: string): number =>
    header.split(delimiter).filter((cell) => isColumn(cell.replaceAll('"', '').trim().toLowerCase())).length;
  return [',', ';', '\t', '|'].reduce((best, one) => (known(one) > known(best) ? one : best));
}

const isColumn = (name: string): boolean => (columns as readonly string[]).includes(name);
