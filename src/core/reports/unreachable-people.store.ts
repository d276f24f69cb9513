import type { Db } from '../deps.js';
import type { TenantId } from '../ids.js';
import { displayNameOf } from '../people/person.js';
import { withAccess } from '../people/sql.js';
import { countingValue } from '../settings/counting-value.js';

/** How a notice could reach a person. */
interface NoticeWays {
  readonly username: string;
  readonly displayName: string;
  readonly wantsMail: boolean;
  /** `refused`: the platform's words when it refused the last card. */
  readonly accounts: readonly { readonly platform: string; readonly refused: string | undefined }[];
}

/** Return everybody with access, except general mailboxes, by username. */
export async function findNoticeWays(db: Db, tenantId: TenantId): Promise<readonly NoticeWays[]> {
  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { notificationType: true } });
  const users = await db.user.findMany({
    where: { tenantId, ...withAccess, userType: { not: 'general_voicemail' } },
    orderBy: { username: 'asc' },
    select: {
      id: true,
      username: true,
      firstName: true,
      lastName: true,
      notificationType: true,
      accounts: { select: { platform: true, linkedBy: true } },
    },
  });
  const refusals = await findLastRefusals(db, tenantId);
  return users.map((user) => ({
    username: user.username,
    displayName: displayNameOf(user),
    wantsMail:
      countingValue('override', { company: tenant.notificationType, own: user.notificationType }) !== 'app_only' ||
      (user.notificationType === null && user.accounts.every(({ platform, linkedBy }) => linkedBy === platform)),
    accounts: user.accounts.map(({ platform }) => ({ platform, refused: refusals.get(`${user.id} ${platform}`) })),
  }));
}

/** Return each platform's refusal of the newest card for each person, if it was refused. */
async function findLastRefusals(db: Db, tenantId: TenantId): Promise<ReadonlyMap<string, string>> {
  const rows = await db.$queryRaw<{ userId: string; platform: string; status: string; why: string }[]>`
    SELECT DISTINCT ON (n."userId", p.platform) n."userId", p.platform, p.status, p.why
    FROM "Posting" p JOIN "Notice" n ON n.id = p."noticeId"
    WHERE p."tenantId" = ${tenantId}::uuid
    ORDER BY n."userId", p.platform, p.at DESC`;
  return new Map(
    rows.filter(({ status }) => status === 'unreachable').map((row) => [`${row.userId} ${row.platform}`, row.why]),
  );
}
