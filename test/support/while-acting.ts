import { withActing } from '../../src/core/app/late-requests.js';
import type { Requester } from '../../src/core/chat/requester.js';
import type { Card, Form } from '../../src/core/chat/view.js';

/** A view as an admin sees it who acts as another user: each control carries the session. */
export function whileActing(view: Card | Form): Card | Form {
  const reply = 'fields' in view ? ({ kind: 'open', form: view } as const) : ({ kind: 'say', card: view } as const);
  const shown = withActing(reply, { actor: { kind: 'impersonating', sessionId: crypto.randomUUID() } } as Requester);
  if (shown.kind === 'open') return shown.form;
  if (shown.kind === 'say') return shown.card;
  throw new Error(`a reply of another kind: ${shown.kind}`);
}
