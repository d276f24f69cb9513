import { Client } from 'pg';

/** Rejects while the server cannot be reached or refuses connections. */
export async function checkReachable(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000, query_timeout: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Codes of a server that is down, starting, or at its connection limit:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const unreachableStates = /^(57P0[1-3]|53\d{3}|08\d{3})$/;

/** Whether an error means that the server may be available soon; false for a wrong password or a missing database. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  const { code, message = '' } = error as { code?: string; message?: string };
  if (code === undefined) return /timeout|terminated/i.test(message);
  return unreachableCodes.has(code) || code === 'ETIMEDOUT' || unreachableStates.test(code);
}
