import type { Requester } from '../../chat/requester.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { asId, isUuid, type VoicemailId } from '../../ids.js';
import type { MessageName } from './message-list.types.js';
import { findNames } from './selected-messages.store.js';
import type { Changed } from './voicemail-state.js';

/** The most messages that one action changes; their ids fit the data of a button on every platform. */
const mostSelected = 50;

/** What became of the selected messages. */
export interface SelectionOutcome {
  readonly done: readonly VoicemailId[];
  readonly refused: readonly RefusedMessage[];
  /** What somebody had done with a message before. */
  readonly unchanged: readonly MessageName[];
}

/** A message that was left as it was, and why. */
interface RefusedMessage {
  /** Undefined: the requester has no access to such a message. */
  readonly name: MessageName | undefined;
  readonly why: UserError['say'];
}

/**
 * Act on each message by the action for one message, each with its own change and audit line. A refusal of one leaves the
 * others as they are decided; it is reported beside them. Throws UserError (409) for none, and for more than
 * `mostSelected`.
 */
export async function actOnSelected(
  deps: Deps,
  requester: Requester,
  ids: readonly string[],
  act: (id: VoicemailId) => Promise<Changed>,
): Promise<SelectionOutcome> {
  requireSelection(ids);
  const done: VoicemailId[] = [];
  const unchanged: string[] = [];
  const refusals = new Map<string, UserError['say']>();
  for (const id of ids) {
    const result = isUuid(id) ? await resultOf(() => act(asId<VoicemailId>(id))) : notYours;
    if (result === 'changed') done.push(asId<VoicemailId>(id));
    else if (result === 'unchanged') unchanged.push(id);
    else refusals.set(id, result.say);
  }
  const named = [...refusals.keys(), ...unchanged].filter(isUuid);
  const names = await findNames(deps.db, requester.user.id, named, deps.clock.now());
  const nameOf = new Map(names.map((name) => [name.id, name]));
  return {
    done,
    refused: [...refusals].map(([id, why]) => ({ name: nameOf.get(id), why })),
    unchanged: unchanged.flatMap((id) => nameOf.get(id) ?? []),
  };
}

/** Throw UserError (409) unless there are between one and `mostSelected` messages. */
export function requireSelection(ids: readonly string[]): void {
  if (ids.length === 0) throw new UserError((words) => words.messageList.noneSelected, 409);
  if (ids.length > mostSelected) throw new UserError((words) => words.messageList.tooManySelected(mostSelected), 409);
}

const notYours = new UserError((words) => words.voicemail.notYours, 404);

async function resultOf(act: () => Promise<Changed>): Promise<Changed | UserError> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
