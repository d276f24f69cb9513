import type { Company, Person } from './company.js';

/** Set an agent's presence in the row, as if it had been pushed that long ago. */
export async function setPresence(company: Company, { id }: Person, state: string, minutesAgo = 0): Promise<void> {
  const at = new Date(company.clock.now().getTime() - minutesAgo * 60_000);
  const row = { tenantId: company.tenantId, state, at };
  await company.db.presence.upsert({ where: { userId: id }, create: { userId: id, ...row }, update: row });
}
