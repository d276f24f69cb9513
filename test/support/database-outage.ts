import { Client } from 'pg';
import { inject } from 'vitest';

/**
 * Close every connection to a database and refuse new ones, as during a server's restart, until the result is called.
 */
export async function cutOff(databaseUrl: string): Promise<() => Promise<void>> {
  const name = new URL(databaseUrl).pathname.slice(1);
  await onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await onServer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
  return () => onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
}

async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject('serverUrl') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
