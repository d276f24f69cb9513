import type { Change } from '../../change.js';
import type { UserId } from '../../ids.js';
import { moveOpen } from './hand-over.store.js';

export { countOpen } from './hand-over.store.js';

/**
 * Inside the change that ends somebody's work here: their open messages go to this mailbox, unheard. On record for both.
 * Returns how many they are.
 */
export async function handOverOpen(change: Change, from: UserId, to: UserId): Promise<number> {
  const moved = await moveOpen(change, from, to);
  if (moved === 0) return 0;
  for (const subjectId of [from, to])
    change.record({
      event: 'voicemail.handed-over',
      subjectId,
      before: { mailbox: from },
      after: { mailbox: to, moved },
    });
  change.touch(from);
  change.touch(to);
  return moved;
}
