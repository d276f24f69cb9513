import { z } from 'zod';
import { hasPermission } from '../chat/actor.js';
import { defineButton, defineCommand, defineForm, formProblems } from '../chat/define-handler.js';
import type { Requester } from '../chat/requester.js';
import type { Option } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { labelsOf, readPersonField } from '../directory/person-field.js';
import { typedPerson } from '../directory/typed-person.js';
import type { UserId } from '../ids.js';
import { auditActions } from './audit.action-ids.js';
import { filterForm } from './audit.views.js';
import { type AuditFilter, readAuditFilter } from './audit-filter.js';
import { lineNumberIn } from './audit-record.js';
import { auditCardOf } from './load-audit-card.js';

/** `audit`: the newest lines of the record. For an admin about everybody or a person, for others about themselves. */
export const auditCommand = defineCommand({
  word: 'audit',
  also: ['record'],
  french: ['journal', 'historique', 'audit', 'registre'],
  permission: 'self',
  readOnly: true,
  actions: ['audit'],
  help: (words) => ({ what: words.audit.help, example: 'audit' }),
  run: async (deps, requester, typed) => {
    const isNamed = typed.text.trim() !== '' || typed.mentions.length > 0;
    const filter = isNamed ? { user: (await typedPerson(deps, requester, typed)).id } : {};
    return { kind: 'say', card: await auditCardOf(deps, requester, filter) };
  },
});

/** The pages of the record. */
export const auditListButton = defineButton({
  id: auditActions.list,
  permission: 'self',
  readOnly: true,
  run: async (deps, requester, carries) => ({
    kind: 'replace',
    card: await auditCardOf(deps, requester, readAuditFilter(carries), lineNumberIn(carries.before)),
  }),
});

/** The filter of the record: people, what, and days. */
export const auditFilterForm = defineForm({
  id: auditActions.filter,
  permission: 'self',
  open: async (deps: Deps, requester: Requester, carries) => {
    const filter = readAuditFilter(carries);
    const [user, actor] = await Promise.all([
      optionOf(deps, requester, filter.user),
      optionOf(deps, requester, filter.actor),
    ]);
    return filterForm(requester.reader, filter, {
      readsAll: hasPermission(requester.actor, 'audit.view'),
      isPlus: requester.tenant.edition === 'attendant_plus',
      ...(user ? { user } : {}),
      ...(actor ? { actor } : {}),
    });
  },
  values: ({ audit: words }) =>
    z
      .object({
        user: z.string().optional(),
        actor: z.string().optional(),
        event: z.string().optional(),
        from: z.string().optional(),
        until: z.string().optional(),
      })
      .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
        path: ['until'],
        error: words.daysReversed,
      }),
  submit: async (deps, requester, { user, actor, ...others }, { session }) => {
    const people: Record<string, UserId> = {};
    for (const [name, typed] of Object.entries({ user, actor })) {
      if (typed === undefined || !hasPermission(requester.actor, 'audit.view')) continue;
      const chosen = await readPersonField(deps, requester, typed);
      if (chosen.kind === 'problem') return formProblems({ [name]: chosen.line });
      people[name] = chosen.person.id;
    }
    const filter: AuditFilter = readAuditFilter({ ...others, ...people, session });
    return { kind: 'replace', card: await auditCardOf(deps, requester, filter) };
  },
});

/** A person as the chosen option of the form. */
async function optionOf({ db }: Deps, { tenant }: Requester, id: UserId | undefined): Promise<Option | undefined> {
  const label = id && (await labelsOf(db, tenant.id, [id])).get(id);
  return id && label !== undefined ? { value: id, label } : undefined;
}
