import { createReadStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
import {
  type ByteRange,
  RecordingMissing,
  type RecordingStream,
  type Recordings,
  RecordingsAway,
} from '../core/recordings/ports.js';
import type { RecordingsConfig } from '../recordings-url.js';
import { temporaryFolder } from '../temporary-files.js';
import { measureAudio } from './measured-audio.js';
import { isStorageKey, safeStorageKey } from './storage-key.js';

type S3Config = Extract<RecordingsConfig, { kind: 's3' }>;

/** No storage key begins with a dot, so this prefix holds nothing else. */
const aside = '.removed/';
/** The metadata field for the time when a recording was set aside, because S3 objects have no settable date. */
const asideAt = 'set-aside-at';

/**
 * Open the recordings in an S3 bucket of Amazon or another provider. Audio is first written to a temporary local file:
 * S3 needs length and checksum before the first byte, a failed upload is retried, and refused audio never reaches the
 * bucket. S3 answers once the object is durable.
 */
export function s3Recordings(config: S3Config): Recordings {
  const { bucket: Bucket, prefix } = config;
  const client = clientOf(config);
  const keyOf = (storageKey: string) => prefix + safeStorageKey(storageKey);
  const asideKeyOf = (storageKey: string) => prefix + aside + safeStorageKey(storageKey);

  /** Undefined: there is no such object. */
  const head = (Key: string) => undefinedIfMissing(client.send(new HeadObjectCommand({ Bucket, Key })));

  /** False: there is nothing to move. An interrupted move leaves both objects; the next one completes it. */
  async function move(from: string, to: string, at?: Date): Promise<boolean> {
    const copied = await undefinedIfMissing(
      client.send(
        new CopyObjectCommand({
          Bucket,
          Key: to,
          CopySource: [Bucket, ...from.split('/')].map(encodeURIComponent).join('/'),
          MetadataDirective: 'REPLACE',
          Metadata: at ? { [asideAt]: at.toISOString() } : {},
        }),
      ),
    );
    if (!copied) return false;
    await remove([from]);
    return true;
  }

  async function remove(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((Key) => withStoreErrors(client.send(new DeleteObjectCommand({ Bucket, Key })))));
  }

  async function upload(path: string, object: PutObjectCommandInput): Promise<void> {
    const Body = createReadStream(path);
    const unread = new AbortController();
    Body.once('error', (error) => unread.abort(error));
    try {
      await withStoreErrors(client.send(new PutObjectCommand({ ...object, Body }), { abortSignal: unread.signal }));
    } finally {
      Body.destroy();
    }
  }

  const putBack = async (storageKey: string) => move(asideKeyOf(storageKey), keyOf(storageKey));

  async function* keysUnder(folder: string): AsyncIterable<string> {
    let ContinuationToken: string | undefined;
    do {
      const page = await withStoreErrors(
        client.send(
          new ListObjectsV2Command({ Bucket, Prefix: folder, ...(ContinuationToken && { ContinuationToken }) }),
        ),
      );
      for (const { Key = '' } of page.Contents ?? []) {
        const storageKey = Key.slice(folder.length);
        if (isStorageKey(storageKey)) yield storageKey;
      }
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }

  const get = async (storageKey: string, range: ByteRange | undefined): Promise<RecordingStream | undefined> => {
    const Range = range && `bytes=${range.start}-${range.end}`;
    const object = await undefinedIfMissing(
      client.send(new GetObjectCommand({ Bucket, Key: keyOf(storageKey), ...(Range && { Range }) })),
    );
    if (!object) return undefined;
    const { Body, ContentRange, ContentLength = 0 } = object;
    if (!(Body instanceof Readable)) throw new RecordingsAway('S3 answered without a body');
    return { stream: Body, size: Number(ContentRange?.split('/')[1] ?? ContentLength), range };
  };

  return {
    async put(storageKey, audio, mimeType, examine) {
      const Key = keyOf(storageKey);
      const folder = await temporaryFolder('recording');
      try {
        const path = join(folder, 'audio');
        const measuring = measureAudio(audio);
        await writeFile(path, measuring.audio, { mode: 0o600 });
        const stored = measuring.total();
        await examine?.({ path, bytes: stored.bytes });
        const ChecksumSHA256 = Buffer.from(stored.sha256, 'hex').toString('base64');
        const object = { Bucket, Key, ContentType: mimeType, ContentLength: stored.bytes, ChecksumSHA256 };
        // The client does not retry streams.
        await pRetry(() => upload(path, object), { retries: 2, minTimeout: 200 });
        return stored;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },

    async read(storageKey, range) {
      const there = await get(storageKey, range);
      if (there) return there;
      const again = (await putBack(storageKey)) ? await get(storageKey, range) : undefined;
      if (!again) throw new RecordingMissing(storageKey);
      return again;
    },

    list: () => keysUnder(prefix),
    storedAt: async (storageKey) => (await head(keyOf(storageKey)))?.LastModified,
    remove: async (storageKey) => remove([keyOf(storageKey), asideKeyOf(storageKey)]),
    setAside: async (storageKey, at) => void (await move(keyOf(storageKey), asideKeyOf(storageKey), at)),
    putBack,
    listSetAside: () => keysUnder(prefix + aside),

    async setAsideAt(storageKey) {
      const object = await head(asideKeyOf(storageKey));
      const at = object?.Metadata?.[asideAt];
      return at === undefined ? object?.LastModified : new Date(at);
    },

    check: async () => void (await withStoreErrors(client.send(new HeadBucketCommand({ Bucket })))),
  };
}

/** Timeouts, because a caller’s phone system waits. Only Amazon supports the newest kind of checksums. */
const clientOf = ({ region, endpoint, credentials }: S3Config): S3Client =>
  new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3000, socketTimeout: 10_000 },
  });

/** Await an answer; every error becomes one of an unavailable store, which may be transient. */
async function withStoreErrors<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const { name, message } = error as Error;
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    // The client’s error is not set as the cause, because it holds whole requests with their signatures.
    throw new RecordingsAway(status === undefined ? message : `S3 answered ${status} ${name}`);
  }
}

/** Like `asked`, but undefined when S3 says that there is no such object; a missing bucket stays an error. */
const undefinedIfMissing = <Answer>(answer: Promise<Answer>): Promise<Answer | undefined> =>
  withStoreErrors(
    answer.catch((error) => {
      if (error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.name === 'NotFound'))
        return undefined;
      throw error;
    }),
  );
