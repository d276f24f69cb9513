import { countsOf, isAtWork, linesToDo, runButtons, type ShownRun, stateOf } from '../../../core/bulk/bulk.views.js';
import type { ImportRun } from '../../../core/bulk/import-users.js';
import { formatMoment, type Reader } from '../../../core/chat/phrasing.js';
import { wordsIn } from '../../../core/chat/words.js';
import { Icon } from '../../components/icons.js';
import { Buttons, liveTarget } from '../../render.js';
import { type ImportWords, importWords } from './import.words.js';

/** Takes a file. */
export const UploadForm = ({ words }: { words: ImportWords }) => (
  <form class="panel upload" method="post" action="/admin/import" enctype="multipart/form-data">
    <p>{words.intro}</p>
    <div class="field">
      <label for="file">{words.file}</label>
      <input id="file" type="file" name="file" accept=".csv,.txt,.tsv,text/csv" required aria-describedby="file-hint" />
      <p class="hint" id="file-hint">
        {words.fileHint}
      </p>
    </div>
    <div class="buttons">
      <button type="submit" class="button main">
        {words.check}
      </button>
      <a class="button" href="/admin/import/template.csv" download>
        <Icon name="download" />
        {words.template}
      </a>
      <a class="button" href="/admin/reports/users.csv" download>
        <Icon name="download" />
        {words.exportUsers}
      </a>
    </div>
  </form>
);

/** The last imports, the newest first. */
export function ImportList({ runs, reader }: { runs: readonly ImportRun[]; reader: Reader }) {
  const words = importWords(reader.locale);
  const core = wordsIn(reader.locale).bulk;
  if (runs.length === 0) return <p class="empty">{words.noPast}</p>;
  return (
    <section class="panel" aria-labelledby="past">
      <h2 id="past">{words.past}</h2>
      <ul class="runs">
        {runs.map((run) => (
          <li class="run">
            <a class="run-name" href={`/admin/import/${run.id}`} dir="auto">
              {run.fileName}
            </a>
            <span class="run-when">{formatMoment(reader, run.createdAt)}</span>
            <span class="run-state">{stateOf(core, run)}</span>
            <span class="run-counts">
              {countsOf(reader, run)
                .map(({ label, value }) => `${label} ${value}`)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One import: how far it is, what came or would come of it, and what can be done. */
export function RunView({ shown, reader, page }: { shown: ShownRun; reader: Reader; page: string }) {
  const { run, problems } = shown;
  const words = importWords(reader.locale);
  const core = wordsIn(reader.locale).bulk;
  const all = run.status === 'reverted' ? run.kept : run.refused;
  return (
    <>
      <a class="back" href="/admin/import">
        <Icon name="back" />
        {words.allImports}
      </a>
      <h1 dir="auto">{core.importOf(run.fileName)}</h1>
      <section class="panel" aria-labelledby="state">
        <h2 id="state" class="run-title">
          {stateOf(core, run)}
        </h2>
        <Progress run={run} words={words} />
        <dl class="counts">
          {countsOf(reader, run).map(({ label, value }) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {run.note && (
          <p class="note" dir="auto">
            {run.note[reader.locale]}
          </p>
        )}
        <p class="note">{core.sentAt(formatMoment(reader, run.createdAt))}</p>
        <div class="buttons">
          <Buttons buttons={runButtons(core, shown)} place={{ locale: reader.locale, page, target: liveTarget }} />
          {run.refused > 0 && !isAtWork(run) && (
            <a class="button" href={`/admin/import/${run.id}/refused.csv`} download>
              <Icon name="download" />
              {words.downloadRefused}
            </a>
          )}
        </div>
      </section>
      {problems.length > 0 && !isAtWork(run) && (
        <section class="panel" aria-labelledby="problems">
          <h2 id="problems">{run.status === 'reverted' ? words.keptTitle : words.refusedTitle}</h2>
          {run.status !== 'reverted' && <p class="note">{words.refusedHint}</p>}
          <ol class="problems">
            {problems.map(({ line, username, why }) => (
              <li>
                <span class="problem-line">{`${words.line} ${line}`}</span>
                <strong dir="auto">{username}</strong>
                <span dir="auto">{why?.[reader.locale] ?? core.changedSince}</span>
              </li>
            ))}
          </ol>
          {all > problems.length && <p class="note">{words.more(all - problems.length)}</p>}
        </section>
      )}
    </>
  );
}

function Progress({ run, words }: { run: ImportRun; words: ImportWords }) {
  if (!isAtWork(run)) return null;
  const most = linesToDo(run);
  const said = words.progress(Math.min(run.progress, most), most);
  return (
    <div class="progress">
      <progress max={Math.max(most, 1)} value={run.progress} aria-label={said} />
      <p>{said}</p>
    </div>
  );
}
