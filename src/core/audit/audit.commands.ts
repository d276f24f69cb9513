import { may } from '../chat/actor.js';
import { defineCommand, type ViewExample } from '../chat/define-handler.js';
import type { Locale, Reader } from '../chat/phrasing.js';
import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import { typedPerson } from '../directory/typed-person.js';
import { UserError } from '../errors.js';
import { as, type TenantId, type UserId } from '../ids.js';
import { namesOf } from '../people/people.js';
import { auditCard, type TellableLine } from './audit.views.js';
import { findNewestAbout, type KeptLine, peopleIn } from './audit-lines.store.js';

const mostLines = 15;

/** `audit`: an admin sees the newest audit lines about a person. */
export const audit = defineCommand({
  word: 'audit',
  also: [],
  french: ['journal', 'historique', 'audit'],
  permission: 'self',
  readOnly: true,
  actions: ['audit'],
  help: (words) => ({ what: words.audit.help, example: 'audit' }),
  run: async (deps, requester, typed) => {
    const person = await whom(deps, requester, typed);
    const lines = await findNewestAbout(deps.db, requester.tenant.id, person.id, mostLines);
    const card = auditCard(requester.reader, person.displayName, await tellable(deps, requester.tenant.id, lines));
    return { kind: 'say', card };
  },
});

async function whom(deps: Deps, requester: Requester, typed: Parameters<typeof typedPerson>[2]) {
  if (typed.text.trim() === '' && typed.mentions.length === 0) return requester.user;
  const person = await typedPerson(deps, requester, typed);
  if (person.id !== requester.user.id && !may(requester.actor, 'audit.view'))
    throw new UserError((words) => words.audit.notOthers, 403);
  return person;
}

async function tellable(
  { db }: Deps,
  tenantId: TenantId,
  lines: readonly KeptLine[],
): Promise<readonly TellableLine[]> {
  const names = await namesOf(db, tenantId, peopleIn(lines));
  const nameOf = (id: string | null) => (id === null ? undefined : (names.get(as<UserId>(id)) ?? id));
  return lines.map(({ at, event, via, actorId, impersonatorId, reason }) => ({
    at,
    event,
    via,
    who: nameOf(actorId),
    impersonator: nameOf(impersonatorId),
    reason: reason ?? undefined,
  }));
}

const example: TellableLine = {
  at: new Date('2026-11-23T14:45:00Z'),
  event: 'out-of-office.set',
  who: 'Marie Gagnon',
  via: 'web',
  impersonator: 'Amara Osei',
  reason: 'Marie is ill and asked me to set her out of office.',
};
const installed: TellableLine = {
  at: new Date('2026-11-20T14:45:00Z'),
  event: 'user.created',
  who: undefined,
  via: 'cli',
  impersonator: undefined,
  reason: undefined,
};
const reader = (locale: Locale): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T15:00:00Z'),
});

/** Every view of this feature, for the contract tests. */
export const auditExamples: readonly ViewExample[] = [
  { name: 'audit', view: (locale) => auditCard(reader(locale), 'Marie Gagnon', [example, installed]) },
  {
    name: 'audit, long',
    view: (locale) =>
      auditCard(
        reader(locale),
        'Marie Gagnon',
        Array.from({ length: mostLines }, () => ({ ...example, reason: 'because '.repeat(60) })),
      ),
  },
  { name: 'audit, nothing', view: (locale) => auditCard(reader(locale), 'Marie Gagnon', []) },
];
