import { Prisma } from '../../generated/prisma/client.js';
import type { Db, Transaction } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import type { PersonValues } from './person.js';

/** Values that are unique: a DID in the installation, the others in a company. */
const ownValues = ['username', 'email', 'extension', 'did', 'agentId'] as const;
/** The name of a unique value. */
export type OwnValue = (typeof ownValues)[number];

/** A value that belongs to another person; `holder`: their username, undefined in another company. */
export interface TakenValue {
  readonly value: OwnValue;
  readonly holder: string | undefined;
}

/** Return the first of these values that belongs to another person than `except`; undefined: all are free. */
export async function findTakenValue(
  db: Db | Transaction,
  tenantId: TenantId,
  { email, extension, did, agentId }: Partial<PersonValues>,
  except: UserId | null,
): Promise<TakenValue | undefined> {
  const here = Prisma.sql`"tenantId" = ${tenantId}::uuid AND id IS DISTINCT FROM ${except}::uuid`;
  const [taken] = await db.$queryRaw<{ value: OwnValue; holder: string | null }[]>`
    SELECT 'email' AS value, username AS holder FROM "User" WHERE ${here} AND lower(email) = lower(${email ?? null})
    UNION ALL SELECT 'extension', username FROM "User" WHERE ${here} AND extension = ${extension ?? null}
    UNION ALL SELECT 'agentId', username FROM "User" WHERE ${here} AND "agentId" = ${agentId ?? null}
    UNION ALL SELECT 'did', CASE WHEN "tenantId" = ${tenantId}::uuid THEN username END FROM "User"
      WHERE did = ${did ?? null} AND id IS DISTINCT FROM ${except}::uuid
    LIMIT 1`;
  return taken && { value: taken.value, holder: taken.holder ?? undefined };
}

/**
 * Return the value for which a unique index refused the write, because another person took it a moment ago; undefined:
 * the error has another cause.
 */
export function valueRefused(error: unknown): OwnValue | undefined {
  const refusal = refusalOf(error);
  if (refusal === undefined) return undefined;
  const said = new Set(refusal.split(/\W+/));
  return ownValues.find((value) =>
    [value, `User_${value}`, `User_tenantId_${value}_any_case`].some((name) => said.has(name)),
  );
}

/** What Prisma says of a unique index, or PostgreSQL itself where the statement is raw. */
function refusalOf(error: unknown): string | undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError)
    return error.code === 'P2002' ? JSON.stringify(error.meta ?? {}) : undefined;
  const { code, detail = '' } = error as { code?: unknown; detail?: string };
  // `Key ("tenantId", extension)=(…, 201) already exists.`: the values are people's own.
  return code === '23505' ? detail.split(')=', 1)[0] : undefined;
}
