import { z } from 'zod';
import { defineButton, defineForm, type FormProblems, formProblems } from '../chat/define-handler.js';
import { joinWithAnd } from '../chat/phrasing.js';
import type { Requester } from '../chat/requester.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { readPersonField } from '../directory/person-field.js';
import type { UserId } from '../ids.js';
import { namesOf } from '../people/index.js';
import { formatNumber } from '../phone-number.js';
import { deactivate, deactivationOutlook, restore as giveBack } from './deactivation.js';
import { deactivationForm } from './deactivation.views.js';
import { peopleAdminActions } from './people-admin.action-ids.js';
import { idIn, personCardOf } from './person-card.js';

interface Values {
  readonly replacement?: string | undefined;
  readonly voicemailsTo?: string | undefined;
}

/** Takes somebody's access, and asks what becomes of what hangs on them. */
export const deactivateForm = defineForm<Values>({
  id: peopleAdminActions.deactivate,
  permission: 'users.edit',
  async open(deps, { tenant, reader }, carries) {
    const outlook = await deactivationOutlook(deps, tenant.id, idIn(carries));
    return deactivationForm(reader, outlook, { isPlus: tenant.edition === 'attendant_plus', country: tenant.country });
  },
  values: ({ chat }) =>
    z.object({
      replacement: z.string().max(200, chat.tooLong(200)).optional(),
      voicemailsTo: z.string().max(200, chat.tooLong(200)).optional(),
    }),
  async submit(deps, requester, values, carries) {
    const id = idIn(carries);
    const found: Record<string, string> = {};
    const chosen: Partial<Record<keyof Values, UserId>> = {};
    for (const field of ['replacement', 'voicemailsTo'] as const) {
      const typed = values[field];
      const read = typed === undefined ? undefined : await readPersonField(deps, requester, typed);
      if (read?.kind === 'problem') found[field] = read.line;
      if (read?.kind === 'person') chosen[field] = read.person.id;
    }
    return Object.keys(found).length > 0 ? formProblems(found) : submit(deps, requester, id, chosen);
  },
});

async function submit(
  deps: Deps,
  requester: Requester,
  id: UserId,
  chosen: Partial<Record<keyof Values, UserId>>,
): Promise<FormProblems | { readonly kind: 'replace'; readonly card: Awaited<ReturnType<typeof personCardOf>> }> {
  const words = wordsIn(requester.reader.locale);
  const { backupOf, covers } = await deactivationOutlook(deps, requester.tenant.id, id);
  const left = [...new Set([...backupOf.names, ...covers])];
  const done = await deactivate(deps, requester.actor, id, chosen);
  if (done.kind === 'refused') return formProblems({ [done.field]: done.say(words) });

  const names = await namesOf(deps.db, requester.tenant.id, [id, chosen.replacement, chosen.voicemailsTo]);
  const nameOf = (one: UserId | undefined) => names.get(one ?? '') ?? '';
  const { locale } = requester.reader;
  const lines = [
    words.peopleAdmin.deactivated(nameOf(id)),
    ...(done.replaced > 0 ? [words.peopleAdmin.backupsReplaced(done.replaced, nameOf(chosen.replacement))] : []),
    ...(chosen.replacement === undefined && left.length > 0
      ? [words.peopleAdmin.backupsLeft(joinWithAnd(locale, left))]
      : []),
    ...(done.moved > 0 ? [words.peopleAdmin.voicemailsMoved(done.moved, nameOf(chosen.voicemailsTo))] : []),
  ];
  return { kind: 'replace', card: await personCardOf(deps, requester, id, lines) };
}

/** Gives somebody back what was taken. */
export const restore = defineButton({
  id: peopleAdminActions.restore,
  permission: 'users.edit',
  async run(deps, requester, carries) {
    const id = idIn(carries);
    const { name, numbers } = await giveBack(deps, requester.actor, id);
    const { reader, tenant } = requester;
    const words = wordsIn(reader.locale).peopleAdmin;
    const shown = numbers.map((number) => (number.startsWith('+') ? formatNumber(number, tenant.country) : number));
    const lines = [
      words.restored(name),
      ...(shown.length > 0 ? [words.numbersBack(joinWithAnd(reader.locale, shown))] : []),
    ];
    return { kind: 'replace', card: await personCardOf(deps, requester, id, lines) };
  },
});
