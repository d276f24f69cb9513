import type { Change } from '../../change.js';
import type { UserId } from '../../ids.js';
import { raiseNoticeFor } from '../../notices/notice.js';
import { findMembersIn } from './mailbox-members.store.js';

/** Inside a change: send the card of a new message to the mailbox's owner and to the members who are not out of office. */
export async function tellReaders(
  change: Change,
  { id, ownerId }: { readonly id: string; readonly ownerId: UserId },
): Promise<void> {
  for (const userId of await boxReaders(change, ownerId))
    await raiseNoticeFor(change, { kind: 'voicemail.arrived', subjectId: id, userId });
}

/** Return the mailbox's owner and its members who are not out of office: who is told what concerns it. */
export const boxReaders = async (change: Change, ownerId: UserId): Promise<readonly UserId[]> => [
  ownerId,
  ...(await findMembersIn(change, ownerId)),
];
