import { UserError } from '../errors.js';
import { columns, type RefusalText } from './columns.js';

/** A table as text, and the delimiter of its cells. */
export interface DecodedCsv {
  readonly text: string;
  readonly delimiter: string;
  /** The number of lines before `text` in the file. */
  readonly linesBefore: number;
  /** A warning to check the file, because it does not declare its encoding. */
  readonly note?: RefusalText;
}

const largestBytes = 64 * 1024 * 1024;

/**
 * Decode a CSV file as spreadsheets write it: UTF-8 with or without a byte order mark, UTF-16 with one, Windows-1252;
 * with commas, semicolons (Excel if the comma is decimal), tabs or bars, with or without Excel's `sep=` line.
 */
export function decodeCsv(bytes: Uint8Array): DecodedCsv {
  if (bytes.length > largestBytes) throw new UserError((words) => words.bulk.fileTooLarge, 413);
  if (begins(bytes, 0x50, 0x4b, 3, 4) || begins(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new UserError((words) => words.bulk.isWorkbook, 415);

  const { whole, note } = textOf(bytes);
  // A NUL further down spoils only its own line.
  if (whole.slice(0, 200).includes('\0')) throw new UserError((words) => words.bulk.notText, 415);
  // A text without a line end is one line, however long: a header has no more characters than this.
  const said = /^"?sep=([,;\t|])"?[,;\t|]*(\r\n|\r|\n)/i.exec(whole.slice(0, 200));
  const text = said ? whole.slice(said[0].length) : whole;
  return {
    text,
    delimiter: said?.[1] ?? delimiterOf(text),
    linesBefore: said ? 1 : 0,
    ...(note ? { note } : {}),
  };
}

function textOf(bytes: Uint8Array): { readonly whole: string; readonly note?: RefusalText } {
  if (begins(bytes, 0xff, 0xfe)) return { whole: new TextDecoder('utf-16le').decode(bytes) };
  if (begins(bytes, 0xfe, 0xff)) return { whole: new TextDecoder('utf-16be').decode(bytes) };
  try {
    return { whole: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    // Excel's “CSV” on Windows in Western languages; any other text would fail as UTF-8 too.
    return { whole: new TextDecoder('windows-1252').decode(bytes), note: (words) => words.notUtf8 };
  }
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
