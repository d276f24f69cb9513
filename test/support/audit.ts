import type { Db } from '../../src/core/deps.js';

/** Run statements as the owner of the server, for whom PostgreSQL's triggers are disabled. */
export async function pastTriggers(db: Db, ...statements: readonly string[]): Promise<void> {
  await db.$transaction(async (transaction) => {
    await transaction.$executeRawUnsafe(`SET LOCAL session_replication_role = replica`);
    for (const statement of statements) await transaction.$executeRawUnsafe(statement);
  });
}
