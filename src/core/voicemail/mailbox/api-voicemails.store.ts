import type { Db } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';

/** A voicemail as the company's own systems see it. */
export interface TenantVoicemail extends Position {
  readonly userId: string;
  readonly ani: string;
  readonly callerName: string;
  readonly callId: string | null;
  readonly durationSeconds: number;
  readonly transcript: string | null;
  readonly heardAt: Date | null;
  readonly handledAt: Date | null;
  readonly forwardedById: string | null;
}

/** The last item of a page. */
export interface Position {
  readonly receivedAt: Date;
  readonly id: string;
}

/** Return voicemails that are not deleted, newest first, after a position. */
export const findTenantVoicemails = (
  db: Db,
  tenantId: TenantId,
  asked: { readonly mailbox?: UserId; readonly heard?: boolean; readonly after?: Position },
  most: number,
): Promise<readonly TenantVoicemail[]> =>
  db.voicemail.findMany({
    where: {
      tenantId,
      deletedAt: null,
      ...(asked.mailbox === undefined ? {} : { userId: asked.mailbox }),
      ...(asked.heard === undefined ? {} : { heardAt: asked.heard ? { not: null } : null }),
      ...(asked.after === undefined
        ? {}
        : {
            OR: [
              { receivedAt: { lt: asked.after.receivedAt } },
              { receivedAt: asked.after.receivedAt, id: { lt: asked.after.id } },
            ],
          }),
    },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: most,
    select: {
      id: true,
      userId: true,
      ani: true,
      callerName: true,
      callId: true,
      receivedAt: true,
      durationSeconds: true,
      transcript: true,
      heardAt: true,
      handledAt: true,
      forwardedById: true,
    },
  });
