import express from 'express';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log.js';
import { idleMetrics } from '../support/operations.js';
import { freePort } from '../support/ports.js';

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLog({ level: 'info', format: 'json' }, { write: (text) => void lines.push(text) }));
  return JSON.parse(lines.join('')) as Record<string, unknown>;
}

test('an error of several is logged with each of them, and with what led to it', () => {
  const refused = Object.assign(new Error('An API error occurred: channel_not_found'), { code: 'slack_platform' });
  const busy = new Error('not sent', { cause: Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED' }) });
  const error = new AggregateError([refused, busy], 'notice not posted everywhere');
  expect(logged((log) => log.warn({ error }, 'task failed')).error).toMatchObject({
    message: 'notice not posted everywhere',
    errors: [
      { message: 'An API error occurred: channel_not_found', code: 'slack_platform' },
      { message: 'not sent', cause: { message: 'connect failed', code: 'ECONNREFUSED' } },
    ],
  });
});

test('an error that leads back to itself ends', () => {
  const error: Error & { cause?: unknown } = new Error('round');
  error.cause = error;
  expect(logged((log) => log.warn({ error }, 'x')).error).toMatchObject({ cause: { cause: { message: 'round' } } });
});

test('no e-mail address and no full number is in a line, wherever it stands', () => {
  const error = Object.assign(new Error("550 5.1.1 <o'neil+x@mail.maple.example>: No such mailbox"), {
    code: 'EENVELOPE',
  });
  const line = logged((log) =>
    log.warn(
      { error, why: 'ann@maple.example refused', facts: ['Call\nbo@maple.example back\\cleo@maple.example', 'é@b.ca'] },
      'not told: eve@localhost, +1 (416) 555-0142, +14165550142',
    ),
  );
  const text = JSON.stringify(line);
  expect(text).not.toMatch(/maple|localhost|555-?0142|neil/);
  expect(text).toContain('No such mailbox');
  expect(line.why).toBe('[e-mail] refused');
});

test('ids and times stay as they are', () => {
  const facts = {
    noticeId: '01934567-89ab-7cde-8f01-23456789abcd',
    at: '2026-11-29T18:00:00.000+00:00',
    bytes: 1234567890,
  };
  expect(logged((log) => log.info(facts, 'fine'))).toMatchObject(facts);
});

test('a long line without any of these is written at once', () => {
  for (const odd of ['a', '+', '+1 ', 'a.', '\\', 'a@'])
    logged((log) => log.info({ odd: odd.repeat(250_000) }, 'long'));
});

test('a request is measured by the pattern of its route, also when middleware answers it, and never by its path', async () => {
  const measured = idleMetrics();
  const app = express();
  app.use(measured.requests, measured.router);
  app.get('/v/:token', (_request, _response, next) => next(new Error('odd')));
  app.use('/v/:token', ((_error, _request, response, _next) =>
    response.status(400).end()) as express.ErrorRequestHandler);
  const server = app.listen(await freePort(), '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await fetch(`http://127.0.0.1:${port}/v/a-secret`);
  const figures = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  server.closeAllConnections();
  server.close();
  expect(figures).toContain('route="/v/:token",status="400"');
  expect(figures).not.toContain('a-secret');
});
