import { inBrowser } from '../../accounts/page-link-card.js';
import { type ButtonHandler, defineButton, defineCommand } from '../../chat/define-handler.js';
import { wordsIn } from '../../chat/words.js';
import { UserError } from '../../errors.js';
import { findUser } from '../../people/index.js';
import { explainActions } from './explain.action-ids.js';
import { explainCard, explainNumberCard } from './explain.views.js';
import { explainCompanyNumber, explainFor, mayExplain } from './explain-for.js';
import { readExplained } from './read-explain.js';

/** `explain Bo tomorrow 9:00`: what would happen to a call. Alone: to one’s own, now. */
export const explainCommand = defineCommand({
  word: 'explain',
  also: ['route', 'why'],
  french: ['expliquer', 'explique', 'pourquoi'],
  permission: 'self',
  readOnly: true,
  actions: ['explain'],
  help: ({ routing }) => ({ what: routing.what, example: routing.example }),
  async run(deps, requester, typed) {
    const { reader, tenant } = requester;
    const asked = await readExplained(deps, requester, typed);
    if (asked.kind === 'person') {
      const coverage = await explainFor(deps, requester, asked.userId, asked.at);
      return { kind: 'say', card: explainCard(reader, coverage) };
    }
    const { number, at } = asked;
    const because = await explainCompanyNumber(deps, requester, number, at);
    return { kind: 'say', card: explainNumberCard(reader, tenant.country, { number, at, because }) };
  },
});

/** The way to the page with the days ahead. */
const days = defineButton({
  id: explainActions.days,
  permission: 'self',
  async run(deps, requester, { user = '', at = '' }) {
    const person = await findUser(deps.db, requester.tenant.id, user);
    if (!person) throw new UserError((words) => words.directory.gone, 404);
    if (!mayExplain(requester, person.id)) throw new UserError((words) => words.routing.notYours, 403);
    const words = wordsIn(requester.reader.locale).routing;
    const way = { title: words.pageTitle(person.displayName), open: words.showDays };
    const query = Number.isNaN(Date.parse(at)) ? '' : `?${new URLSearchParams({ at: new Date(at).toISOString() })}`;
    return inBrowser(deps, requester, `/people/${person.id}/route${query}`, way);
  },
});

export const explainButtons: readonly ButtonHandler[] = [days];
