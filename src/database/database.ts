import { PrismaPg } from '@prisma/adapter-pg';
import type { Logger } from 'pino';
import { PrismaClient } from '../generated/prisma/client.js';

/**
 * Prisma over a pool of PostgreSQL connections; connects at the first query and again after the server was away.
 * Close it with `$disconnect()`.
 */
export function openDatabase(url: string, log: Logger, { connections = 10 } = {}): PrismaClient {
  const lost = (error: Error) => log.warn({ error: error.message }, 'database connection lost');
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: 5000,
      application_name: 'attendant',
      // The adapter writes instants without their zone, so a session in any other zone would store them shifted.
      options: '-c TimeZone=UTC',
    },
    { onPoolError: lost, onConnectionError: lost },
  );
  // Minimal: the long format would put people's data into the log.
  return new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions: { maxWait: 5000, timeout: 15_000 } });
}
