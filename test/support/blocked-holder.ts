/**
 * A worker whose event loop is blocked while its card is being sent: it posts the notice `NOTICE_ID` to `PLATFORM_URL`,
 * and blocks for `BLOCK_SECONDS` before it can read the answer. With `KEEPER=none` it has no lease keeper. It logs
 * "blocked" and "posted".
 */

import '../../src/core/app/register-words.js';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { noticeDefinitions } from '../../src/core/app/notice-definitions.js';
import type { Receipt } from '../../src/core/chat/messenger.js';
import type { Deps } from '../../src/core/deps.js';
import { asId, type NoticeId } from '../../src/core/ids.js';
import { postNotice } from '../../src/core/notices/post-notice.js';
import { openDatabase } from '../../src/database/database.js';
import { openLeaseKeeper } from '../../src/database/lease-keeper.js';
import { createLog } from '../../src/log.js';

const { DATABASE_URL = '', NOTICE_ID = '', PLATFORM_URL = '', BLOCK_SECONDS = '15', KEEPER } = process.env;
const log = createLog({ level: 'info', format: 'json' });
const leases = openLeaseKeeper(DATABASE_URL, log);

const send = (): Promise<Receipt> =>
  new Promise((resolve, reject) => {
    const sent = request(PLATFORM_URL, { method: 'POST' }, (answer) => {
      answer.resume().on('end', () => resolve({ kind: 'sent', ref: { ts: '1' } }));
    });
    sent.on('error', reject);
    // The platform has it: now nothing of this process runs but its threads.
    sent.on('information', () => {
      log.info('blocked');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(BLOCK_SECONDS) * 1000);
    });
    sent.end('card');
  });

const deps = {
  db: openDatabase(DATABASE_URL, log),
  clock: { now: () => new Date() },
  log,
  ...(KEEPER === 'none' ? {} : { leases }),
  mail: undefined,
  messengers: { forPlatform: (platform: string) => (platform === 'chat' ? { send, update: send } : undefined) },
  publicUrl: 'http://localhost',
  secret: 'x'.repeat(32),
} as unknown as Deps;

await postNotice(deps, noticeDefinitions, asId<NoticeId>(NOTICE_ID));
log.info('posted');
// The thread tells of the block once it sees the beat again.
await wait(1500);
await leases.close();
await deps.db.$disconnect();
