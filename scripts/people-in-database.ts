import { Client } from 'pg';

/** Return whether this database already has an employee of any company; false where Attendant never migrated it. */
export async function holdsPeople(databaseUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean }>(`SELECT to_regclass('"User"') IS NOT NULL AS there`);
    if (!rows[0]?.there) return false;
    return (await client.query('SELECT 1 FROM "User" LIMIT 1')).rowCount === 1;
  } finally {
    await client.end();
  }
}
