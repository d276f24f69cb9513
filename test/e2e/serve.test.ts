import { connect, createServer, type Server, type Socket } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { atTheEnd } from '../support/clean-up.js';
import { type Company, testCompany } from '../support/company.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/ports.js';
import { type Served, serve, servedEnvironment, startProgram } from '../support/served.js';

let company: Company;
beforeAll(async () => {
  company = await testCompany();
});

describe('An error that nobody handles', () => {
  for (const [fault, message] of [
    ['exception', 'uncaught exception'],
    ['rejection', 'unhandled rejection'],
  ] as const)
    test(`of the kind ${fault} is logged, and the process drains and exits with 1`, async () => {
      const served = await serve(
        { DATABASE_URL: company.databaseUrl, FAULT: fault },
        { file: 'test/support/serve-with-fault.ts', args: [] },
      );
      // A request that never ends, and does not keep the process alive.
      const open = fault === 'exception' ? await openRequest(served) : undefined;
      served.process.kill('SIGUSR2');
      expect(await served.ended).toBe(1);
      expect(served.output()).toContain(`"msg":"${message}"`);
      expect(served.output()).toContain('"msg":"exit after an uncaught error"');
      open?.destroy();
    }, 90_000);
});

describe('PUBLIC_URL', () => {
  test('is the address in links and callbacks, and the simulated phone reaches the process all the same', async () => {
    const port = await freePort();
    const environment = await servedEnvironment(port, {
      DATABASE_URL: company.databaseUrl,
      PUBLIC_URL: 'https://attendant.example.com/',
    });
    const served = startProgram('src/cli/main.ts', ['serve'], environment);
    const local = `http://127.0.0.1:${port}`;
    await eventually(async () => expect((await fetch(`${local}/readyz`)).status, served.output()).toBe(200), 60);
    const described = (await (await fetch(`${local}/api/v1/openapi.json`)).json()) as { servers: unknown };
    expect(JSON.stringify(described.servers)).toContain('https://attendant.example.com');

    const call = startProgram('src/cli/main.ts', ['call', '--from', '+14165550142', '--to', '101'], environment);
    expect(await call.ended).toBe(0);
    expect(call.output()).toContain('Attendant: ');
  }, 120_000);
});

describe('A worker', () => {
  test('takes no PORT, so that a web process beside it has its doors', async () => {
    const port = await freePort();
    const healthPort = await freePort();
    const env = { DATABASE_URL: company.databaseUrl, HEALTH_PORT: String(healthPort) };
    const worker = startProgram('src/cli/main.ts', ['serve', '--role', 'worker'], await servedEnvironment(port, env));
    const health = `http://127.0.0.1:${healthPort}`;
    await eventually(async () => expect((await fetch(`${health}/readyz`)).status, worker.output()).toBe(200), 60);
    await expect(fetch(`http://127.0.0.1:${port}/readyz`)).rejects.toThrow();

    expect((await fetch(`${health}/metrics`)).status).toBe(200);
    for (const path of ['/', '/slack/events', '/api/v1/voicemails', '/voice/incoming']) {
      const door = await fetch(`${health}${path}`);
      expect([door.status, await door.text()]).toEqual([503, expect.stringContaining('This process is a worker')]);
    }

    // The same environment, with HEALTH_PORT too: the web process answers on PORT.
    const web = startProgram('src/cli/main.ts', ['serve', '--role', 'web'], await servedEnvironment(port, env));
    await eventually(
      async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status, web.output()).toBe(200),
      60,
    );
    expect((await fetch(`http://127.0.0.1:${port}/sign-in`)).status).toBe(200);
  }, 120_000);

  test('without HEALTH_PORT listens nowhere, and works all the same', async () => {
    const port = await freePort();
    const env = await servedEnvironment(port, { DATABASE_URL: company.databaseUrl });
    const worker = startProgram('src/cli/main.ts', ['serve', '--role', 'worker'], env);
    await eventually(() => expect(worker.output()).toContain('"msg":"attendant runs"'), 60);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    worker.process.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
  }, 90_000);
});

describe('A start while PostgreSQL is away', () => {
  test('waits for it, tells so, and is alive meanwhile', async () => {
    const port = await freePort();
    const away = await freePort();
    const url = new URL(company.databaseUrl);
    const there = { host: url.hostname, port: Number(url.port) };
    url.hostname = '127.0.0.1';
    url.port = String(away);
    const program = startProgram(
      'src/cli/main.ts',
      ['serve'],
      await servedEnvironment(port, { DATABASE_URL: url.href }),
    );
    const at = `http://127.0.0.1:${port}`;
    await eventually(() => expect(program.output()).toContain('waiting for a dependency at start'), 60);
    expect(program.output()).toContain('"part":"PostgreSQL"');
    expect((await fetch(`${at}/healthz`)).status).toBe(200);
    expect((await fetch(`${at}/readyz`)).status).toBe(503);
    await forwardTo(there, away);
    await eventually(async () => expect((await fetch(`${at}/readyz`)).status, program.output()).toBe(200), 60);
  }, 150_000);
});

async function openRequest(served: Served): Promise<Socket> {
  const { hostname, port } = new URL(served.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write('POST /api/v1/calls HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  return socket;
}

/** A server that was unavailable and is available now. */
async function forwardTo(there: { host: string; port: number }, port: number): Promise<Server> {
  const open = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(there);
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('data', (chunk) => other.write(chunk));
      socket.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  atTheEnd(async () => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return server;
}
