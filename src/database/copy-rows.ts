import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CopyRows } from '../core/bulk/ports.js';

/** Rows joined to one chunk of the stream: a write each would cost more than the row. */
const rowsInAChunk = 200;

/** COPY over a connection of its own, which a slow upload may hold for minutes without keeping it from anybody. */
export const copyRowsInto =
  (databaseUrl: string): CopyRows =>
  async (table, columns, rows) => {
    const client = new Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 5000,
      application_name: 'attendant copy',
    });
    // The copy itself rejects too.
    client.on('error', () => {});
    await client.connect();
    try {
      const names = columns.map((name) => `"${name}"`).join(', ');
      const copy = client.query(copyFrom(`COPY "${table}" (${names}) FROM STDIN`));
      await pipeline(Readable.from(chunksOf(rows)), copy);
      return copy.rowCount;
    } finally {
      await client.end().catch(() => {});
    }
  };

async function* chunksOf(rows: AsyncIterable<readonly (string | null)[]>): AsyncGenerator<string> {
  let chunk: string[] = [];
  for await (const row of rows) {
    chunk.push(`${row.map(cellOf).join('\t')}\n`);
    if (chunk.length < rowsInAChunk) continue;
    yield chunk.join('');
    chunk = [];
  }
  if (chunk.length > 0) yield chunk.join('');
}

/** As COPY's text format has it (https://www.postgresql.org/docs/current/sql-copy.html). */
const cellOf = (value: string | null): string =>
  value === null ? '\\N' : value.replace(/[\\\t\n\r]/g, (found) => escapes[found] ?? found);

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
