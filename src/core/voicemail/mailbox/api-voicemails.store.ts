import type { Prisma } from '../../../generated/prisma/client.js';
import type { Db } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';

/** A voicemail as the company's own systems see it. */
export interface TenantVoicemail extends Position {
  readonly userId: string;
  readonly ani: string;
  readonly callerName: string;
  readonly callId: string | null;
  readonly durationSeconds: number;
  readonly urgent: boolean;
  readonly transcript: string | null;
  readonly heardAt: Date | null;
  readonly handledAt: Date | null;
  readonly forwardedById: string | null;
  readonly claimedById: string | null;
  readonly promisedAt: Date | null;
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
    select: columns,
  });

const columns = {
  id: true,
  userId: true,
  ani: true,
  callerName: true,
  callId: true,
  receivedAt: true,
  durationSeconds: true,
  urgent: true,
  transcript: true,
  heardAt: true,
  handledAt: true,
  forwardedById: true,
  claimedById: true,
  promisedAt: true,
} as const satisfies Prisma.VoicemailSelect;

/** Return one voicemail. Undefined: this company has no such voicemail, or it is deleted. */
export async function findTenantVoicemail(
  db: Db,
  tenantId: TenantId,
  id: string,
): Promise<TenantVoicemail | undefined> {
  const found = await db.voicemail.findFirst({ where: { id, tenantId, deletedAt: null }, select: columns });
  return found ?? undefined;
}

/** Return whether this company has, or had, this voicemail. */
export const isTenantVoicemail = async (db: Db, tenantId: TenantId, id: string): Promise<boolean> =>
  (await db.voicemail.count({ where: { id, tenantId } })) > 0;
