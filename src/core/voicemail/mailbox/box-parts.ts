import type { Deps } from '../../deps.js';
import type { VoicemailId } from '../../ids.js';
import type { StoredAudio } from '../ports.js';
import { countPart, findBoxAudio, findBoxMessage, findPart } from './box-parts.store.js';
import type { BoxMessage, BoxPart, Mailbox } from './box-parts.types.js';

/** Nobody goes through more in one call; the rest comes when the list is opened again. */
const mostListed = 100;

/** Count the new and the saved messages of a mailbox; deleted ones count as neither. */
export async function countBoxParts({ db }: Deps, mailbox: Mailbox): Promise<Readonly<Record<BoxPart, number>>> {
  const [fresh, saved] = await Promise.all([countPart(db, mailbox, 'new'), countPart(db, mailbox, 'saved')]);
  return { new: fresh, saved };
}

/** Return the ids of the messages of a part, at most 100: of new ones the oldest first, of saved ones the newest. */
export const listBoxPart = ({ db }: Deps, mailbox: Mailbox, part: BoxPart): Promise<readonly VoicemailId[]> =>
  findPart(db, mailbox, part, mostListed);

/** Return a message of this mailbox; undefined: it is not there, or deleted for good. */
export const readBoxMessage = ({ db }: Deps, mailbox: Mailbox, id: string): Promise<BoxMessage | undefined> =>
  findBoxMessage(db, mailbox, id);

/** Return the audio of a message of this mailbox; undefined: there is none, or the message is deleted. */
export const boxAudio = ({ db }: Deps, mailbox: Mailbox, id: string): Promise<StoredAudio | undefined> =>
  findBoxAudio(db, mailbox, id);
