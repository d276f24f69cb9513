import type { Db } from '../../deps.js';
import { asId, type TenantId, type UserId, type VoicemailId } from '../../ids.js';
import type { StoredAudio } from '../ports.js';
import type { BoxMessage, BoxPart, Mailbox } from './box-parts.types.js';

const inPart = ({ tenantId, userId }: Mailbox, part: BoxPart) => ({
  tenantId,
  userId,
  deletedAt: null,
  heardAt: part === 'new' ? null : { not: null },
});

/** Count the messages of a part of a mailbox. */
export const countPart = (db: Db, mailbox: Mailbox, part: BoxPart): Promise<number> =>
  db.voicemail.count({ where: inPart(mailbox, part) });

/** Return the ids of up to `most` messages of a part: of new ones the oldest first, of saved ones the newest. */
export async function findPart(db: Db, mailbox: Mailbox, part: BoxPart, most: number): Promise<readonly VoicemailId[]> {
  const rows = await db.voicemail.findMany({
    where: inPart(mailbox, part),
    select: { id: true },
    orderBy: [{ receivedAt: part === 'new' ? 'asc' : 'desc' }, { id: 'asc' }],
    take: most,
  });
  return rows.map(({ id }) => asId<VoicemailId>(id));
}

/** Return a message of this mailbox; undefined: it is not there, or deleted for good. */
export async function findBoxMessage(db: Db, mailbox: Mailbox, id: string): Promise<BoxMessage | undefined> {
  const found = await db.voicemail.findFirst({
    where: { ...ownedBy(mailbox), id, purgedAt: null },
    select: {
      ...{ callerName: true, ani: true, receivedAt: true, durationSeconds: true, heardAt: true, deletedAt: true },
      ...{ recording: { select: { mimeType: true } }, broughtBy: { select: { noteSeconds: true } } },
      forwardedBy: { select: { firstName: true, lastName: true } },
    },
  });
  if (!found) return undefined;
  const { recording, broughtBy, ...message } = found;
  const hasNote = broughtBy.some(({ noteSeconds }) => noteSeconds !== null);
  return { ...message, mimeType: recording?.mimeType, hasNote };
}

/** Return the audio of a message of this mailbox that is not deleted. */
export async function findBoxAudio(db: Db, mailbox: Mailbox, id: string): Promise<StoredAudio | undefined> {
  const found = await db.voicemail.findFirst({
    where: { ...ownedBy(mailbox), id, deletedAt: null },
    select: { recording: { select: { storageKey: true, mimeType: true, bytes: true } } },
  });
  return found?.recording ?? undefined;
}

const ownedBy = ({ tenantId, userId }: { readonly tenantId: TenantId; readonly userId: UserId }) => ({
  tenantId,
  userId,
});
