import { lineCard } from '../../chat/chat.views.js';
import { type ButtonHandler, defineButton, defineCommand } from '../../chat/define-handler.js';
import type { Reply } from '../../chat/exchange.js';
import type { Requester } from '../../chat/requester.js';
import type { Card } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { instantOf, type WallTime, wallTimeOf } from '../../time/wall-time.js';
import { findCompany } from '../routing.store.js';
import { closureActions } from './closure.action-ids.js';
import { closeCompany, findClosure, openCompany } from './closure.js';
import { type Closure, closureAt } from './closure.types.js';
import { closedCard, openCard } from './closure.views.js';
import { readClosed } from './read-closed.js';

/** `closed until 14:00 snow`: nothing rings, and callers hear it. Alone it shows how things stand. */
export const closedCommand = defineCommand({
  word: 'closed',
  also: ['close'],
  french: ['fermé', 'ferme', 'fermée', 'fermee', 'fermer'],
  permission: 'tenant.edit',
  actions: ['closure'],
  help: ({ closure }) => ({ what: closure.what, example: closure.example }),
  async run(deps, requester, { text }) {
    if (text !== '') {
      const closure = await closeCompany(deps, requester.actor, readClosed(text, requester.reader));
      return { kind: 'say', card: await cardOf(deps, requester, closure) };
    }
    const closure = closureAt(await findClosure(deps.db, requester.tenant.id), requester.reader.now);
    return { kind: 'say', card: closure ? await cardOf(deps, requester, closure) : openCard(requester.reader) };
  },
});

/** `open`: calls go their usual way again. */
export const openCommand = defineCommand({
  word: 'open',
  also: ['reopen'],
  french: ['ouvert', 'ouverte', 'ouvrir', 'rouvrir'],
  permission: 'tenant.edit',
  help: ({ closure }) => ({ what: closure.openWhat, example: closure.openExample }),
  run: (deps, requester) => openNow(deps, requester, 'say'),
});

const openButton = defineButton({
  id: closureActions.open,
  permission: 'tenant.edit',
  run: (deps, requester) => openNow(deps, requester, 'replace'),
});

async function openNow(deps: Deps, { actor, reader }: Requester, kind: 'say' | 'replace'): Promise<Reply> {
  const words = wordsIn(reader.locale).closure;
  return { kind, card: lineCard((await openCompany(deps, actor)) ? words.opened : words.wasOpen) };
}

/** Closes without a note: for the rest of the company’s day, or until somebody opens. */
const closeButton = defineButton({
  id: closureActions.close,
  permission: 'tenant.edit',
  async run(deps, requester, carries) {
    const { timeZone } = await findCompany(deps.db, requester.tenant.id);
    const until = carries.until === 'today' ? endOfDay(requester.reader.now, timeZone) : undefined;
    const closure = await closeCompany(deps, requester.actor, { until, note: '' });
    return { kind: 'replace', card: await cardOf(deps, requester, closure) };
  },
});

export const closureButtons: readonly ButtonHandler[] = [closeButton, openButton];

const endOfDay = (now: Date, timeZone: string): Date =>
  instantOf(wallTimeOf(now, timeZone).startOf('day').plus({ days: 1 }) as WallTime, timeZone);

async function cardOf(deps: Deps, { tenant, reader }: Requester, closure: Closure): Promise<Card> {
  const { name, timeZone } = await findCompany(deps.db, tenant.id);
  return closedCard(reader, { name, timeZone, hasPlus: tenant.edition === 'attendant_plus' }, closure);
}
