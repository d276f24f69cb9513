import { refusedFile, templateFile } from '../../../core/bulk/import-downloads.js';
import { enqueueRun, type ImportRun, lastRuns, stageFile } from '../../../core/bulk/import-users.js';
import { shownRun } from '../../../core/bulk/shown-run.js';
import { wordsIn } from '../../../core/chat/words.js';
import { UserError } from '../../../core/errors.js';
import { type FormLimits, readForm } from '../../../http/form-body.js';
import { type SpooledFile, spoolFile } from '../../../http/spool-file.js';
import { uploadSlots } from '../../../http/upload-slots.js';
import { permitted, type Routes } from '../../http/route-helpers.js';
import { importWords } from './import.words.js';
import { ImportList, RunView, UploadForm } from './import-views.js';
import { sendExport, sendFile } from './send-file.js';

/** Somewhat more than the largest file, for what stands around it. A file of another name would be held in memory. */
const uploadLimits: FormLimits = {
  bodyBytes: 65 * 1024 * 1024,
  fields: 10,
  fieldBytes: 4 * 1024,
  files: 1,
  fileBytes: (name) => (name === 'file' ? 64 * 1024 * 1024 + 1 : 0),
};
const mostProblems = 20;

/** Imports of people: sending a file, what would come of it, applying it, taking it back. */
export function importRoutes({ page, act }: Routes): void {
  const slots = uploadSlots({ total: 4, each: 1, waitSeconds: 5 });

  page('/admin/import', async (asked) => {
    const { deps, response, visitor, frame } = permitted(asked, 'bulk');
    const { reader, tenant } = visitor.requester;
    const words = importWords(reader.locale);
    const runs = await lastRuns(deps, tenant.id);
    const children = (
      <div class="admin-page">
        <h1>{words.title}</h1>
        <UploadForm words={words} />
        <div id="live">
          <ImportList runs={runs} reader={reader} />
        </div>
      </div>
    );
    response.send(await frame({ title: words.title, children, live: true }));
  });

  page('/admin/import/template.csv', async (asked) => {
    const { response, visitor } = permitted(asked, 'bulk');
    const pieces = [templateFile(visitor.requester.reader.locale)];
    await sendFile(response, { name: 'people-template', format: 'csv', pieces });
  });

  page('/admin/import/:run', async (asked) => {
    const { deps, request, response, visitor, frame } = permitted(asked, 'bulk');
    const { reader, tenant } = visitor.requester;
    const shown = await shownRun(deps, tenant.id, String(request.params.run), mostProblems);
    const children = (
      <div class="admin-page">
        <div id="live">
          <RunView shown={shown} reader={reader} page={request.originalUrl} />
        </div>
      </div>
    );
    response.send(
      await frame({ title: wordsIn(reader.locale).bulk.importOf(shown.run.fileName), children, live: true }),
    );
  });

  page('/admin/import/:run/refused.csv', async (asked) => {
    const { deps, request, response, visitor } = permitted(asked, 'bulk');
    const { reader, tenant } = visitor.requester;
    const { run } = await shownRun(deps, tenant.id, String(request.params.run));
    const pieces = refusedFile(deps, run, reader.locale);
    await sendExport(response, tenant.id, { name: `refused-${nameOf(run)}`, format: 'csv', pieces });
  });

  act(
    '/admin/import',
    async (asked) => {
      const { deps, request, response, visitor } = permitted(asked, 'bulk');
      const release = await slots.take(visitor.session.userId);
      let spooled: { readonly file: SpooledFile; readonly fileName: string } | undefined;
      try {
        await readForm(request, uploadLimits, {
          part: 'file',
          use: async (content, fileName) => {
            spooled = { file: await spoolFile(content), fileName };
          },
        });
        if (spooled === undefined || spooled.fileName === '') throw new UserError((words) => words.bulk.noFile, 400);
        const { file, fileName } = spooled;
        const source = { fileName, chunks: () => file.chunks() };
        const runId = await stageFile(deps, visitor.requester.actor, source, { applies: false });
        await enqueueRun(deps, runId);
        response.redirect(303, `/admin/import/${runId}`);
      } finally {
        release();
        await spooled?.file.remove();
      }
    },
    { readsBody: true },
  );
}

/** What a file may be called everywhere. */
const nameOf = ({ fileName }: ImportRun): string =>
  fileName
    .replace(/\.[a-z]{2,4}$/i, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .slice(0, 60) || 'lines';
