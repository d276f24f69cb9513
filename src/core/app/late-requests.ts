import { lineCard } from '../chat/chat.views.js';
import type { Reply, Request } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Block, Button, CarriedData } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import type { SessionId } from '../ids.js';
import { impersonationActions } from '../impersonation/impersonation.action-ids.js';
import { markEndSeen } from '../impersonation/impersonation.store.js';
import { endedForAdmin } from '../impersonation/impersonation.views.js';
import { impersonatedIn } from '../impersonation/session-list.js';
import type { Identification } from './identify.store.js';

/*
 * An impersonation ends at any moment: by Stop on another platform, by the clock, by the person, by another admin. What
 * the admin then clicks was meant for the impersonated person and must not happen to the admin. Two rules refuse it:
 * a control shown during a session carries that session’s id and works in it alone; and after an end by somebody else
 * the admin’s first request on each platform does nothing but say so.
 */

/** The name under which a control carries the session in which it was shown. */
const actingKey = 'acting';

/** Return the refusal of a request that was meant for a session that has ended; undefined: it was not. */
export async function refuseLate(
  deps: Deps,
  { requester, endedSession }: Identification & { readonly kind: 'known' },
  request: Request,
): Promise<Reply | undefined> {
  if (request.kind !== 'command' && request.kind !== 'click' && request.kind !== 'submit') return undefined;
  if (endedSession) {
    await markEndSeen(deps.db, requester.tenant.id, endedSession.id, request.from.platform);
    return { kind: 'say', card: endedForAdmin(requester.reader, endedSession, true), bar: null };
  }
  const acting = request.kind === 'command' ? undefined : request.carries[actingKey];
  if (acting === undefined || acting === actingSessionOf(requester)) return undefined;
  const name = await impersonatedIn(deps, requester, acting);
  const words = wordsIn(requester.reader.locale).impersonation;
  return { kind: 'say', card: lineCard(name === undefined ? words.refusedAfterEnd : words.refusedStale(name)) };
}

/** Return the request without the session that its control carries. */
export function withoutActing(request: Request): Request {
  if ((request.kind !== 'click' && request.kind !== 'submit') || request.carries[actingKey] === undefined)
    return request;
  const { [actingKey]: _, ...carries } = request.carries;
  return { ...request, carries };
}

/** Add the session to every control of a reply that is shown while an admin acts as another user. */
export function withActing(reply: Reply, requester: Requester | undefined): Reply {
  const acting = requester && actingSessionOf(requester);
  // Another card of a notice: the notice itself writes its message.
  if (acting === undefined || (reply.kind === 'replace' && reply.shows)) return reply;
  switch (reply.kind) {
    case 'say':
    case 'replace':
      return {
        ...reply,
        card: { ...reply.card, blocks: reply.card.blocks.map((block) => markedBlock(block, acting)) },
      };
    case 'open':
    case 'invalid':
      return { ...reply, form: { ...reply.form, carries: marked(reply.form.carries, acting) } };
    default:
      return reply;
  }
}

function markedBlock(block: Block, acting: SessionId): Block {
  const markedButtons = (buttons: readonly Button[]) => buttons.map((button) => markedButton(button, acting));
  switch (block.kind) {
    case 'buttons':
      return { ...block, buttons: markedButtons(block.buttons) };
    case 'selection': {
      const entries = block.entries.map((entry) => ({ ...entry, buttons: markedButtons(entry.buttons) }));
      return { ...block, entries, carries: marked(block.carries, acting) };
    }
    default:
      return block;
  }
}

/** Stop works whenever it is clicked, and a link carries nothing. */
const markedButton = (button: Button, acting: SessionId): Button =>
  button.kind === 'link' || button.action === impersonationActions.stop
    ? button
    : { ...button, carries: marked(button.carries, acting) };

const marked = (carries: CarriedData, acting: SessionId): CarriedData => ({ ...carries, [actingKey]: acting });

const actingSessionOf = ({ actor }: Requester): SessionId | undefined =>
  actor.kind === 'impersonating' ? actor.sessionId : undefined;
