import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import type { Clock, Db } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import type { NoticeKind } from './notice-kind.js';

/** What was sent to an address: a new message, or an update of one that is there. */
export const sentKinds = ['card', 'update'] as const;
/** `refused`: for good; `failed`: for now. */
export const deliveryOutcomes = ['delivered', 'refused', 'failed'] as const;

/** One attempt to deliver a card at one address. */
export interface DeliveryAttempt {
  readonly recipientId: UserId;
  readonly platform: string;
  readonly address: string;
  readonly at: Date;
  readonly sent: (typeof sentKinds)[number];
  readonly outcome: (typeof deliveryOutcomes)[number];
  /** Why it was refused, or failed. */
  readonly why: string;
}

interface NewAttempt extends Omit<DeliveryAttempt, 'recipientId' | 'at'> {
  /** Given once for each attempt, so that a repeated statement inserts no second row. */
  readonly id: string;
  readonly noticeId: string;
  readonly tenantId: TenantId;
}

/** A statement, or part of one: record attempts that ended now. Idempotent. */
export const insertAttempts = (clock: Clock, attempts: readonly NewAttempt[]): Prisma.Sql => Prisma.sql`
  INSERT INTO "DeliveryAttempt" (id, "tenantId", "noticeId", platform, address, at, sent, outcome, why)
  SELECT id, "tenantId", "noticeId", platform, address, ${clock.now()}, sent, outcome, why
  FROM jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) AS attempt (id uuid, "tenantId" uuid, "noticeId" uuid,
    platform text, address text, sent text, outcome text, why text)
  ON CONFLICT (id) DO NOTHING`;

/** A posting that an attempt has led to, and its notice. */
interface Attempted {
  readonly notice: { readonly id: string; readonly tenantId: TenantId };
  readonly posting: Pick<NewAttempt, 'platform' | 'address' | 'sent' | 'why'> & {
    readonly attemptId: string;
    readonly status: 'sent' | 'failed' | 'unreachable';
  };
}

/** Return the attempt that led to a posting. */
export const attemptOf = ({ notice, posting }: Attempted): NewAttempt => ({
  id: posting.attemptId,
  noticeId: notice.id,
  tenantId: notice.tenantId,
  platform: posting.platform,
  address: posting.address,
  sent: posting.sent,
  outcome: posting.status === 'sent' ? 'delivered' : 'refused',
  why: posting.why,
});

/** Return a failed attempt: the platform did not take the card for now. */
export const failedAttempt = (attempt: Omit<NewAttempt, 'id' | 'outcome'>): NewAttempt => ({
  ...attempt,
  id: randomUUID(),
  outcome: 'failed',
});

interface AboutSubject {
  readonly tenantId: TenantId;
  readonly kind: NoticeKind;
  readonly subjectId: string;
}

/** Return the attempts to tell people of a subject, oldest first, at most `most`. */
export function findAttempts(
  db: Db,
  { tenantId, kind, subjectId }: AboutSubject,
  most: number,
): Promise<readonly DeliveryAttempt[]> {
  return db.$queryRaw`
    SELECT n."userId" AS "recipientId", a.platform, a.address, a.at, a.sent, a.outcome, a.why
    FROM "Notice" n JOIN "DeliveryAttempt" a ON a."tenantId" = n."tenantId" AND a."noticeId" = n.id
    WHERE n.kind = ${kind} AND n."subjectId" = ${subjectId}::uuid AND n."tenantId" = ${tenantId}::uuid
    -- An update follows its card, even within one millisecond.
    ORDER BY a.at, a.sent, a.id LIMIT ${most}`;
}

/** Return when a user was first told of a subject on each platform, as far as the platform confirmed it. */
export function findFirstDeliveries(
  db: Db,
  { kind, subjectId, userId }: Omit<AboutSubject, 'tenantId'> & { readonly userId: UserId },
): Promise<readonly { readonly platform: string; readonly at: Date }[]> {
  return db.$queryRaw`
    SELECT a.platform, min(a.at) AS at
    FROM "Notice" n JOIN "DeliveryAttempt" a ON a."tenantId" = n."tenantId" AND a."noticeId" = n.id
    WHERE n.kind = ${kind} AND n."subjectId" = ${subjectId}::uuid AND n."userId" = ${userId}::uuid
      AND a.outcome = 'delivered' AND a.sent = 'card'
    GROUP BY a.platform ORDER BY at`;
}
