import { defineCommand, type ViewExample } from '../chat/define-handler.js';
import type { Locale, Reader } from '../chat/phrasing.js';
import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import { typedPerson } from '../directory/typed-person.js';
import { auditCard, type TellableLine } from './audit.views.js';
import { auditCardOf, mostLines } from './load-audit-card.js';

/** `audit`: an admin sees the newest audit lines about a person. */
export const auditCommand = defineCommand({
  word: 'audit',
  also: [],
  french: ['journal', 'historique', 'audit'],
  permission: 'self',
  readOnly: true,
  actions: ['audit'],
  help: (words) => ({ what: words.audit.help, example: 'audit' }),
  run: async (deps, requester, typed) => {
    const person = await personAskedAbout(deps, requester, typed);
    return { kind: 'say', card: await auditCardOf(deps, requester, person.id) };
  },
});

async function personAskedAbout(deps: Deps, requester: Requester, typed: Parameters<typeof typedPerson>[2]) {
  if (typed.text.trim() === '' && typed.mentions.length === 0) return requester.user;
  return typedPerson(deps, requester, typed);
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
