import type { Locale } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import { csvLine } from '../csv-line.js';
import type { Deps } from '../deps.js';
import { lineOf } from './check-run.js';
import { type Column, columns } from './columns.js';
import { guardFormula } from './formula-guard.js';
import { findRefusedCells } from './import-lines.store.js';
import type { ImportRun } from './import-run.types.js';
import { whyColumn } from './read-csv.js';

/** The refused lines of a run as a file that can be mended and sent again, each with why; piece by piece. */
export async function* refusedFile(deps: Deps, run: ImportRun, locale: Locale): AsyncGenerator<string> {
  yield csvLine([...run.columns, whyColumn]);
  const most = 500;
  for (let after = 0; ; ) {
    const page = await findRefusedCells(deps.db, run.id, after, most);
    for (const { why, ...staged } of page) {
      const { cells } = lineOf(deps.secret, staged);
      yield csvLine([...run.columns.map((column) => cellOf(cells.get(column) ?? '')), why[locale]]);
    }
    after = page.at(-1)?.line ?? after;
    if (page.length < most) return;
  }
}

/** `-` clears a value and is no formula. */
const cellOf = (cell: string): string => (cell === '-' ? cell : guardFormula(cell));

/**
 * A file to fill in: the columns, an example, and what each column means. Both rows are marked with N, so that a file that
 * still holds them imports nobody of that name.
 */
export function templateFile(locale: Locale): string {
  const { template } = wordsIn(locale).bulk;
  const order = ['row_changed', ...columns.filter((column) => column !== 'row_changed')] as const;
  const marked = (rest: (column: Exclude<Column, 'row_changed'>) => string) =>
    csvLine(order.map((column) => (column === 'row_changed' ? 'N' : guardFormula(rest(column)))));
  return csvLine(order) + marked((column) => example[column]) + marked((column) => template[column]);
}

const example: Readonly<Record<Exclude<Column, 'row_changed'>, string>> = {
  username: 'ann.example',
  email: 'ann@company.example',
  first_name: 'Ann',
  last_name: 'Example',
  title: 'Sales lead',
  user_type: 'business',
  access: 'attendant_only',
  extension: 'AUTO',
  did: '+1 416 555 0199',
  personal_number: '',
  agent_id: '',
  pin: 'AUTO',
  notification_type: 'app_only',
  app_access: 'yes',
  in_directory: 'yes',
  default_backup: '',
  direct_voicemail_transfer: 'no',
  forwarding: 'yes',
  aliases: 'Annie; Anna',
  phonetic_name: '',
  language: 'en',
  time_zone: 'America/Toronto',
  role: 'member',
};
