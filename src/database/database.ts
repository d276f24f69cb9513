import { Pool } from 'pg';
import type { Logger } from 'pino';
import { PrismaClient } from '../generated/prisma/client.js';
import { TellingAdapter } from './adapter.js';
import { type StatementName, withBareStatements } from './raw.js';

/**
 * Prisma over a pool of PostgreSQL connections; connects at the first query and again after the server was away.
 * Close it with `$disconnect()`.
 */
export function openDatabase(
  url: string,
  log: Logger,
  { connections = 10, timeoutMilliseconds = 15_000 } = {},
): PrismaClient {
  const lost = (error: Error) => log.warn({ error: error.message }, 'database connection lost');
  const nameOf = statementNames();
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5000,
    // The server ends what nobody waits for any more: we may stop waiting, but it would work on.
    statement_timeout: timeoutMilliseconds,
    // A server that fell silent, as behind a cut network, says nothing by itself for many minutes.
    query_timeout: timeoutMilliseconds + 1000,
    keepAlive: true,
    application_name: 'attendant',
    // The adapter writes instants without their zone, so a session in any other zone would store them shifted.
    // Today's disks find a row anywhere about as fast as the next one; PostgreSQL by itself would rather read tables whole.
    options: '-c TimeZone=UTC -c random_page_cost=1.1',
  });
  // Here and not by Prisma, which listens from its own first query on: raw statements may be all there is.
  pool.on('error', lost);
  const adapter = new TellingAdapter(pool, { onConnectionError: lost, statementNameGenerator: nameOf });
  const prisma = new PrismaClient({
    adapter,
    // Minimal: the long format would put people's data into the log.
    errorFormat: 'minimal',
    transactionOptions: { maxWait: 5000, timeout: 15_000 },
  });
  return withBareStatements(prisma, { pool, adapter, nameOf });
}

/**
 * Names statements so that PostgreSQL plans each once a connection: for a query of eight tables planning takes several
 * times as long as running. Only so many, since each name keeps a plan in each connection; lists of varying length
 * make ever new statements, and what comes late stays nameless.
 */
function statementNames(most = 300): StatementName {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= most) return known ?? '';
    const name = `attendant_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
