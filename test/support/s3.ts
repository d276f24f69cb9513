import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { readRecordingsUrl } from '../../src/recordings-url.js';
import { atTheEnd } from './clean-up.js';
import { freePort } from './ports.js';

export const bucket = 'maple-audio';

/** An S3 server on this machine. */
export interface LocalS3 {
  readonly port: number;
  /** `RECORDINGS_URL` for a prefix in its bucket. */
  url(prefix: string, bucketName?: string): string;
  stop(): Promise<void>;
}

/** Start an S3 server with one empty bucket; it is stopped at the end. */
export async function localS3(port?: number): Promise<LocalS3> {
  const directory = await mkdtemp(join(tmpdir(), 'attendant-s3-'));
  const at = port ?? (await freePort());
  const server = new S3rver({
    port: at,
    address: '127.0.0.1',
    directory,
    silent: true,
    // It signs a bucket's path without the slash that was sent. Unknown keys are still refused.
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  await server.run();
  let isRunning = true;
  const stop = async () => {
    if (!isRunning) return;
    isRunning = false;
    await server.close();
  };
  atTheEnd(async () => {
    await stop();
    await rm(directory, { recursive: true, force: true });
  });
  return {
    port: at,
    url: (prefix, name = bucket) =>
      `s3://S3RVER:S3RVER@${name}/${prefix}?endpoint=${encodeURIComponent(`http://127.0.0.1:${at}`)}`,
    stop,
  };
}

/** The configuration that a `RECORDINGS_URL` with a bucket gives. */
export function s3ConfigOf(url: string) {
  const config = readRecordingsUrl(url);
  if (config.kind !== 's3') throw new Error('no bucket');
  return config;
}
