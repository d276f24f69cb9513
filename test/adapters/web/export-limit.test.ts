import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, expect, test } from 'vitest';
import { UserError } from '../../../src/core/errors.js';
import { asId, type TenantId } from '../../../src/core/ids.js';
import { sendExport } from '../../../src/web/pages/admin/send-file.js';

/** An export that has always more to send, until it is told to end. */
let isOver = false;
async function* pieces(): AsyncGenerator<string> {
  while (!isOver) {
    yield 'x'.repeat(10_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const app = express();
app.get('/:tenant', async (request, response) => {
  const tenantId = asId<TenantId>(request.params.tenant);
  await sendExport(response, tenantId, { name: 'all', format: 'csv', pieces: pieces() }).catch((error: unknown) => {
    if (error instanceof UserError) response.status(error.status).end();
  });
});
const server = app.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function start(company: string) {
  const leave = new AbortController();
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/${company}`, { signal: leave.signal });
  return { status: response.status, response, leave: () => leave.abort() };
}

test('three exports of a company run at once, a fourth is refused, and who goes away or is done makes room', async () => {
  const running = [await start('maple'), await start('maple'), await start('maple')];
  expect(running.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await start('maple')).status).toBe(429);
  // Another company has its own three.
  const other = await start('boreal');
  expect(other.status).toBe(200);

  running[0]?.leave();
  await expect.poll(async () => (await start('maple')).status).toBe(200);
  expect((await start('maple')).status).toBe(429);
  isOver = true;
  expect(await running[1]?.response.text()).toMatch(/^\ufeff?x+$/);
  await expect.poll(async () => (await start('maple')).status).toBe(200);
});
