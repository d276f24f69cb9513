import { formatCount, formatMoment, type Reader } from '../chat/phrasing.js';
import { progressBar } from '../chat/progress-bar.js';
import type { Block, Button, Card, Form } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import { truncate } from '../text.js';
import { bulkActions } from './bulk.action-ids.js';
import { type LineOutcome, lineOutcomes } from './import-line.js';
import type { ImportRun, LineResult } from './import-run.types.js';

/** A run, and what of it is shown: its first problems, and what can still be done. */
export interface ShownRun {
  readonly run: ImportRun;
  /** The first lines that were refused, or that a revert left. */
  readonly problems: readonly LineResult[];
  readonly mayRevert: boolean;
  /** Its page in the browser. */
  readonly url: string;
}

/** How a run stands, the problems of its first lines, and what can be done. */
export function runCard(reader: Reader, shown: ShownRun): Card {
  const words = wordsIn(reader.locale).bulk;
  const { run, problems } = shown;
  const state = stateOf(words, run);
  const more = (run.status === 'reverted' ? run.kept : run.refused) - problems.length;
  const listed: Block[] = problems.map(({ line, username, why }) => ({
    kind: 'text',
    text: truncate(words.problem(line, username, why?.[reader.locale] ?? words.changedSince), 300),
  }));
  return {
    title: words.importOf(run.fileName),
    summary: state,
    blocks: [
      { kind: 'text', text: state },
      ...progressOf(reader, run),
      { kind: 'facts', facts: countsOf(reader, run) },
      ...(run.note ? [{ kind: 'note', text: run.note[reader.locale] } as const] : []),
      ...listed,
      ...(more > 0 ? [{ kind: 'note', text: words.moreProblems(more) } as const] : []),
      { kind: 'note', text: words.sentAt(formatMoment(reader, run.createdAt)) },
      { kind: 'buttons', buttons: [...runButtons(words, shown), openButton(words, shown.url)] },
    ],
  };
}

/** How far a run is while somebody works on it. */
function progressOf({ locale }: Reader, run: ImportRun): readonly Block[] {
  if (!isAtWork(run)) return [];
  const all = linesToDo(run);
  const done = Math.min(run.progress, all);
  const shown = (count: number) => formatCount(locale, count);
  return [
    { kind: 'text', text: `${progressBar(done, all)} ${wordsIn(locale).bulk.progress(shown(done), shown(all))}` },
  ];
}

/** Is a run on its way to its next rest? */
export const isAtWork = ({ status }: ImportRun): boolean =>
  status === 'staging' || status === 'checking' || status === 'applying' || status === 'reverting';

/** How many lines the present status is done with at its end. */
export const linesToDo = ({ status, lines, created, updated }: ImportRun): number =>
  status === 'checking' ? lines : created + updated;

/** What can be done with a run now, in the browser too. */
export function runButtons(
  words: Words['bulk'],
  { run, mayRevert }: Omit<ShownRun, 'problems' | 'url'>,
): readonly Button[] {
  const carries = { run: run.id };
  const changes = run.created + run.updated;
  if (run.status === 'checked' && changes > 0)
    return [
      {
        ...{ kind: 'action', action: bulkActions.apply, carries, label: words.apply(changes), tone: 'main' },
        confirm: { title: words.applyTitle, text: words.applyText(changes), yes: words.applyYes, no: words.no },
      },
    ];
  if (mayRevert)
    return [
      {
        ...{ kind: 'action', action: bulkActions.revert, carries, label: words.revert, tone: 'danger' },
        confirm: { title: words.revertTitle, text: words.revertText, yes: words.revert, no: words.no },
      },
    ];
  return [];
}

const openButton = (words: Words['bulk'], url: string): Button => ({
  kind: 'link',
  action: bulkActions.open,
  url,
  label: words.openInBrowser,
});

/** Where a run stands, in one sentence. */
export function stateOf(words: Words['bulk'], run: ImportRun): string {
  if (run.status === 'checked' && run.created + run.updated === 0) return words.nothingToApply;
  return words.state[run.status];
}

/** The counts of a run that are not zero. */
export function countsOf({ locale }: Reader, run: ImportRun): { label: string; value: string }[] {
  const words = wordsIn(locale).bulk;
  const isPlan = ['staging', 'checking', 'checked', 'applying'].includes(run.status);
  const names = isPlan ? words.outcomes : words.outcomesDone;
  const counts: [string, number][] = lineOutcomes.map((outcome: LineOutcome) => [names[outcome], run[outcome]]);
  if (run.status === 'reverting' || run.status === 'reverted')
    counts.push([words.restored, run.restored], [words.kept, run.kept]);
  const said = counts.filter(([, count]) => count > 0);
  return [[words.lines, run.lines] as const, ...said].map(([label, count]) => ({
    label,
    value: formatCount(locale, count),
  }));
}

/** Takes a file; `url`: the page that takes one too. */
export function fileForm(reader: Reader): Form {
  const { bulk: words, chat } = wordsIn(reader.locale);
  return {
    id: bulkActions.file,
    title: words.formTitle,
    submit: words.formSubmit,
    cancel: chat.cancel,
    intro: words.formIntro,
    fields: [{ kind: 'file', name: 'file', label: words.file, required: true, endings: ['csv', 'txt', 'tsv'] }],
    carries: {},
  };
}

/** The last file, or that there was none, and how to send one. */
export function importCard(reader: Reader, last: ImportRun | undefined, url: string): Card {
  const words = wordsIn(reader.locale).bulk;
  return {
    title: words.formTitle,
    summary: words.formIntro,
    blocks: [
      { kind: 'text', text: words.formIntro },
      ...(last ? [{ kind: 'note', text: words.lastImport(last.fileName, stateOf(words, last)) } as const] : []),
      {
        kind: 'buttons',
        buttons: [
          { kind: 'form', action: bulkActions.file, carries: {}, label: words.sendFile, tone: 'main' },
          openButton(words, url),
        ],
      },
    ],
  };
}
