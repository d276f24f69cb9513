import { z } from 'zod';
import { type ButtonHandler, defineButton, defineForm, formProblems } from '../../chat/define-handler.js';
import type { Reply } from '../../chat/exchange.js';
import type { Requester } from '../../chat/requester.js';
import type { CarriedData } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { readPersonField } from '../../directory/person-field.js';
import { UserError } from '../../errors.js';
import { takesCalls } from '../../people/person.js';
import { peopleAdminActions } from '../people-admin.action-ids.js';
import { readFilter } from '../people-filter.js';
import { filterContext } from '../people-list.js';
import { countPeople } from '../people-list.store.js';
import { askForChange, askForRevert, previewChange } from './people-change.js';
import { type BulkValues, bulkFields } from './people-change.types.js';
import { bulkForm, previewCard } from './people-change.views.js';
import { changeCardOf } from './people-change-card.js';

const Values = z.record(z.string(), z.union([z.string().max(200), z.boolean()]).optional());

/** The cells that were chosen; what is left as it is is left out. */
const chosenCells = (typed: z.infer<typeof Values>): BulkValues =>
  Object.fromEntries(
    bulkFields.flatMap((field) => {
      const cell = typed[field];
      return typeof cell === 'string' && cell !== 'keep' ? [[field, cell]] : [];
    }),
  );

/** `admin.bulk`: the same values for everybody whom a filter means. Sending it shows what would come of it. */
const bulkFormHandler = defineForm({
  id: peopleAdminActions.bulk,
  permission: 'bulk',
  async open(deps, { tenant, reader }, carries) {
    const filter = readFilter(carries);
    const total = await countPeople(deps.db, filter, await filterContext(deps, tenant.id, filter));
    return bulkForm(reader, filter, { total, isPlus: tenant.edition === 'attendant_plus' });
  },
  values: () => Values,
  async submit(deps, requester, typed, carries) {
    const words = wordsIn(requester.reader.locale);
    const { defaultBackup, noBackup } = typed;
    const backup =
      typeof defaultBackup === 'string' ? await readPersonField(deps, requester, defaultBackup) : undefined;
    if (backup?.kind === 'problem') return formProblems({ defaultBackup: backup.line });
    if (backup && !takesCalls(backup.person))
      return formProblems({ defaultBackup: words.directory.backupTakesNoCalls(backup.person.displayName) });
    const chosenBackup = backup?.person.id ?? (noBackup === true ? '-' : undefined);
    const values: BulkValues = {
      ...chosenCells(typed),
      ...(chosenBackup === undefined ? {} : { defaultBackup: chosenBackup }),
    };
    if (Object.keys(values).length === 0) return formProblems({ '': words.peopleChange.nothing });
    const filter = readFilter(carries);
    const preview = await previewChange(deps, requester, filter, values);
    const name = backup?.person.displayName;
    return { kind: 'say', card: previewCard(requester.reader, filter, values, name, preview) };
  },
});

/** What a button carried of a change; odd things are refused. */
function carriedChange({ filter = '', values = '' }: CarriedData): {
  filter: Record<string, unknown>;
  values: BulkValues;
} {
  const parsed = z
    .object({
      filter: z.record(z.string(), z.unknown()),
      values: z.strictObject(
        Object.fromEntries([...bulkFields, 'defaultBackup'].map((field) => [field, z.string().max(50).optional()])),
      ),
    })
    .safeParse({ filter: jsonIn(filter), values: jsonIn(values) });
  if (!parsed.success) throw new UserError((words) => words.peopleChange.gone, 404);
  return { filter: parsed.data.filter, values: parsed.data.values as BulkValues };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const start = defineButton({
  id: peopleAdminActions.bulkStart,
  permission: 'bulk',
  async run(deps, requester, carries) {
    const { filter, values } = carriedChange(carries);
    return shown(deps, requester, await askForChange(deps, requester, readFilter(filter), values));
  },
});

const show = defineButton({
  id: peopleAdminActions.bulkShow,
  permission: 'bulk',
  readOnly: true,
  run: (deps, requester, { change = '' }) => shown(deps, requester, change),
});

const revert = defineButton({
  id: peopleAdminActions.bulkRevert,
  permission: 'bulk',
  run: async (deps, requester, { change = '' }) => shown(deps, requester, await askForRevert(deps, requester, change)),
});

async function shown(deps: Deps, { tenant, reader }: Requester, id: string): Promise<Reply> {
  const card = await changeCardOf(deps, tenant.id, id, reader);
  if (!card) throw new UserError((words) => words.peopleChange.gone, 404);
  return { kind: 'replace', card };
}

export const peopleChangeButtons: readonly ButtonHandler[] = [start, show, revert];
export const peopleChangeForms = [bulkFormHandler];
