import type { Reply } from '../../chat/exchange.js';
import type { Requester } from '../../chat/requester.js';
import type { CarriedData } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { VoicemailId } from '../../ids.js';
import { listIn, selectedIn } from './carried-selection.js';
import { listCard } from './list-card.js';
import { actOnSelected } from './selected-messages.js';
import { type SelectionAct, selectionCard } from './selected-messages.views.js';
import type { Changed } from './voicemail-state.js';

/**
 * Act on each of the messages that a button carries, and return what became of them: on a list in chat the list as it
 * is then, with the result above it; elsewhere a card. Throws as `actOnSelected`; on a list the reason stands above it,
 * so that the list is not lost.
 */
export async function actOnSelection(
  deps: Deps,
  requester: Requester,
  carries: CarriedData,
  act: SelectionAct,
  actOnOne: (id: VoicemailId) => Promise<Changed>,
): Promise<Reply> {
  const list = listIn(carries);
  try {
    const outcome = await actOnSelected(deps, requester, selectedIn(carries) ?? [], actOnOne);
    const result = { act, outcome };
    const { reader } = requester;
    const card = list ? await listCard(deps, requester, list, result) : selectionCard(reader, result);
    return { kind: 'replace', card };
  } catch (error) {
    if (!list || !(error instanceof UserError)) throw error;
    const problem = error.say(wordsIn(requester.reader.locale));
    return { kind: 'replace', card: await listCard(deps, requester, list, { problem }) };
  }
}
