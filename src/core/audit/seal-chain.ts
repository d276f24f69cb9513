import { Prisma } from '../../generated/prisma/client.js';
import { linkedLines } from '../audit-chain/append-audit.store.js';
import { auditKeyOf } from '../audit-chain/audit-key.js';
import { installationActor } from '../chat/actor.js';
import { asId, type TenantId } from '../ids.js';

/** Runs a statement and returns its rows. */
type RunSql = (statement: { readonly text: string; readonly values: unknown[] }) => Promise<readonly unknown[]>;

/**
 * After this migration a chain end without a MAC is a forged one, so the ends of that moment are signed in its
 * transaction.
 */
export const sealMigration = '0018_audit_append_only';

/**
 * Append a first keyed line to every chain from before the keys, so that its end has a MAC. Call it within the
 * transaction of the migration `sealMigration` and never later: it would sign a chain that was forged since.
 */
export async function sealChains(run: RunSql, secret: string, at: Date): Promise<void> {
  const unsealed = await run(Prisma.sql`SELECT "tenantId", seq FROM "AuditHead" WHERE mac IS NULL AND seq > 0`);
  for (const { tenantId, seq } of unsealed as { tenantId: string; seq: number }[]) {
    const actor = installationActor(asId<TenantId>(tenantId), 'job');
    const sealed = { event: 'audit.sealed', after: { lines: seq } } as const;
    const lines = linkedLines(auditKeyOf(secret), actor, at, [sealed], undefined, 'trusted');
    await run(Prisma.sql`WITH RECURSIVE ${lines} SELECT FROM "linkedLine"`);
  }
}
