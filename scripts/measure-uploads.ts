/**
 * Uploads messages of 10 MB to a compiled installation, one after another and twenty at once, and prints the memory of
 * its process: in a folder and in an S3 bucket.
 *
 *   npm run build && npx tsx scripts/measure-uploads.ts
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { startInstallation } from '../bench/installation.js';
import { wav } from '../test/support/audio.js';
import { localS3 } from '../test/support/s3.js';

const apiKey = 'a-key-of-the-measurement';
/** 10 MB within ten minutes. */
const audio = new Blob([new Uint8Array(wav(327, { samplesPerSecond: 16_000 }))]);

const s3 = await localS3();
await measure('folder', {});
await measure('s3', { RECORDINGS_URL: s3.url('uploads') });
process.exit(0);

async function measure(store: string, env: Record<string, string>): Promise<void> {
  const installation = await startInstallation({ ...env, ATTENDANT_API_KEY: apiKey });
  const megabytes = async () =>
    Math.round(Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${installation.pid}/status`, 'utf8'))?.[1]) / 1024);
  let most = 0;
  const timer = setInterval(async () => {
    most = Math.max(most, await megabytes());
  }, 50);
  try {
    for (const [atOnce, uploads] of [
      [1, 5],
      [20, 20],
      [20, 20],
      [1, 5],
    ] as const) {
      const before = await megabytes();
      most = before;
      const began = Date.now();
      for (let left: number = uploads; left > 0; left -= atOnce)
        await Promise.all(Array.from({ length: Math.min(left, atOnce) }, () => upload(installation.url)));
      const seconds = (Date.now() - began) / 1000;
      console.log(JSON.stringify({ store, atOnce, uploads, seconds, before, most }));
    }
  } finally {
    clearInterval(timer);
    await installation.stop();
  }
}

async function upload(url: string): Promise<void> {
  const body = new FormData();
  body.append('metadata', JSON.stringify({ sourceId: randomUUID(), mailbox: { extension: '101' } }));
  body.append('audio', audio, 'message.wav');
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(`${url}/api/v1/voicemails`, { method: 'POST', headers, body });
  if (response.status === 429) {
    // The slots count bytes: the rest is told to come again, as phone systems do.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return upload(url);
  }
  if (response.status !== 201) throw new Error(`refused with ${response.status}: ${await response.text()}`);
}
