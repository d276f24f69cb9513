import { type Locale, localeOf } from '../../chat/phrasing.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { TenantId } from '../../ids.js';
import { findPersonBy } from '../../people/index.js';
import { transferToMailbox } from '../answer-call.js';
import { findCall } from '../calls.store.js';

/** What somebody hears who sends the caller to a mailbox by keys, while their own phone is on the line. */
export type TransferStep = { readonly text: string; readonly language: Locale } & (
  | { readonly kind: 'ask' }
  /** The caller goes there when this phone hangs up. */
  | { readonly kind: 'sent' }
);

/**
 * Send the caller of this leg to the mailbox of an extension; undefined: it has not been keyed yet. Whether the person takes
 * callers there is decided as ever (`transferToMailbox`).
 */
export async function transferByKey(
  deps: Deps,
  tenantId: TenantId,
  { callId, leg, extension }: { readonly callId: string; readonly leg: number; readonly extension: string | undefined },
): Promise<TransferStep> {
  const call = await findCall(deps.db, tenantId, callId);
  const decision = call?.legs.find((one) => one.leg === leg)?.decision;
  if (decision?.action !== 'dial' || !decision.whisper) throw new UserError((words) => words.calls.unknownLeg, 404);
  const language = localeOf(decision.whisper.language);
  const words = wordsIn(language).calls;
  if (extension === undefined) return { kind: 'ask', text: words.whichMailbox, language };
  const person = await findPersonBy(deps.db, tenantId, { extension });
  if (!person) return { kind: 'ask', text: `${words.noSuchExtension} ${words.whichMailbox}`, language };
  await transferToMailbox(deps, tenantId, { callId, userId: person.id, fromLeg: leg, weFetch: true });
  return { kind: 'sent', text: words.sentToMailbox(person.displayName), language };
}
