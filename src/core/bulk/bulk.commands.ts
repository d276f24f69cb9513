import { z } from 'zod';
import { type ButtonHandler, defineButton, defineCommand, defineForm, formProblems } from '../chat/define-handler.js';
import type { Requester } from '../chat/requester.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { bulkActions } from './bulk.action-ids.js';
import { fileForm, importCard, runCard } from './bulk.views.js';
import { csvInMemory } from './csv-source.js';
import { applyChecked, enqueueRun, lastRuns, revertApplied, stageFile } from './import-users.js';
import { importPage, shownRun } from './shown-run.js';

/** `import`: people by a CSV file. */
export const importCommand = defineCommand({
  word: 'import',
  also: [],
  french: ['importer', 'importation'],
  permission: 'bulk',
  readOnly: true,
  actions: ['bulk'],
  help: (words) => ({ what: words.bulk.what, example: words.bulk.example }),
  async run(deps, { tenant, reader }) {
    const [last] = await lastRuns(deps, tenant.id);
    return { kind: 'say', card: importCard(reader, last, importPage(deps)) };
  },
});

/** Takes a file, which is judged in the background: its card comes when that is done. */
export const importForm = defineForm({
  id: bulkActions.file,
  permission: 'bulk',
  takesFile: true,
  open: async (_deps, { reader }) => fileForm(reader),
  values: ({ chat }) =>
    z.object({ file: z.object({ fileName: z.string(), content: z.instanceof(Buffer) }, { error: chat.required }) }),
  async submit(deps, requester, { file }) {
    try {
      const source = csvInMemory(file.fileName, file.content);
      const runId = await stageFile(deps, requester.actor, source, { applies: false });
      await enqueueRun(deps, runId);
      return { kind: 'say', card: await cardOf(deps, requester, runId) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return formProblems({ file: error.say(wordsIn(requester.reader.locale)) });
    }
  },
});

const started =
  (start: typeof applyChecked): ButtonHandler['run'] =>
  async (deps, requester, { run: id = '' }) => {
    const run = await start(deps, requester.actor, id);
    await enqueueRun(deps, run.id);
    return { kind: 'replace', card: await cardOf(deps, requester, run.id) };
  };

const apply = defineButton({ id: bulkActions.apply, permission: 'bulk', run: started(applyChecked) });
const revert = defineButton({ id: bulkActions.revert, permission: 'bulk', run: started(revertApplied) });
const show = defineButton({
  id: bulkActions.show,
  permission: 'bulk',
  readOnly: true,
  run: async (deps, requester, { run = '' }) => ({ kind: 'replace', card: await cardOf(deps, requester, run) }),
});

export const importButtons: readonly ButtonHandler[] = [apply, revert, show];

const cardOf = async (deps: Deps, { tenant, reader }: Requester, id: string): Promise<Card> =>
  runCard(reader, await shownRun(deps, tenant.id, id));
