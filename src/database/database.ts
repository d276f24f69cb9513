import { Pool } from 'pg';
import type { Logger } from 'pino';
import { PrismaClient } from '../generated/prisma/client.js';
import { ConnectionReportingAdapter } from './prisma-adapter.js';
import { type StatementName, withDirectStatements } from './raw-statements.js';

/**
 * Open Prisma over a pool of PostgreSQL connections; it connects at the first query, and reconnects after an outage.
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
    // The server's timeout: without it a statement would go on after our own timeout.
    statement_timeout: timeoutMilliseconds,
    // Our own timeout: a server behind a broken network sends nothing, which TCP notices only after many minutes.
    query_timeout: timeoutMilliseconds + 1000,
    keepAlive: true,
    application_name: 'attendant',
    // The adapter sends instants without a zone, so a session in another zone would store them shifted.: '-c TimeZone=UTC -c random_page_cost=1.1',
  });
  // Listened to here, because Prisma listens only from its own first query on, and a process may use raw statements
  // only.
  pool.on('error', lost);
  const adapter = new ConnectionReportingAdapter(pool, { onConnectionError: lost, statementNameGenerator: nameOf });
  const prisma = new PrismaClient({
    adapter,
    // The long format would put people's data into the log.
    errorFormat: 'minimal',
    transactionOptions: { maxWait: 5000, timeout: 15_000 },
  });
  return withDirectStatements(prisma, { pool, adapter, nameOf });
}

/**
 * Name statements, so that each connection plans each one once: planning a query of eight tables takes several times as
 * long as running it. At most `most` names, because each keeps a plan in each connection; lists of varying length
 * create ever new statements, and statements beyond the limit have no name.
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
