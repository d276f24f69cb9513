import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import { largestMessageBytes } from '../core/voicemail/probe.js';
import { ApiProblem } from './problem.js';

/** A voicemail as it was posted, not yet looked into. */
export interface Upload {
  readonly audio: Buffer;
  readonly metadata: string;
}

const largestMetadataBytes = 16 * 1024;

/**
 * Reads `audio` and `metadata` of a multipart body, in any order, `metadata` as a field or as a file of JSON.
 * Stops reading at the first limit: 400 malformed, 413 too large, 415 not multipart.
 */
export function readUpload(request: Request): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const parts = new Map<string, Buffer>();
    const form = openForm(request);
    const pending: Promise<void>[] = [];

    const fail = (problem: ApiProblem) => {
      request.unpipe(form);
      form.destroy();
      request.resume();
      reject(problem);
    };
    form.on('file', (name, file) => {
      pending.push(
        collect(name, file).then(
          (bytes) => void parts.set(name, bytes),
          (error) => fail(error instanceof ApiProblem ? error : malformed()),
        ),
      );
    });
    form.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated) return fail(tooLarge(name));
      parts.set(name, Buffer.from(value));
    });
    form.on('partsLimit', () => fail(malformed('It has more parts than “audio” and “metadata”.')));
    form.on('error', () => fail(malformed()));
    request.on('aborted', () => fail(malformed('The upload was broken off.')));
    form.on('close', () => {
      void Promise.all(pending).then(() => {
        const [audio, metadata] = [parts.get('audio'), parts.get('metadata')];
        if (!audio || !metadata) return reject(malformed(`The part “${audio ? 'metadata' : 'audio'}” is missing.`));
        resolve({ audio, metadata: metadata.toString() });
      });
    });
    request.pipe(form);
  });
}

function openForm(request: Request): busboy.Busboy {
  if (!request.is('multipart/form-data'))
    throw new ApiProblem(415, 'unsupported-media', 'Send multipart/form-data with the parts “audio” and “metadata”.');
  try {
    return busboy({
      headers: request.headers,
      limits: { fileSize: largestMessageBytes, fieldSize: largestMetadataBytes, parts: 8 },
    });
  } catch {
    throw malformed();
  }
}

async function collect(name: string, file: Readable & { truncated?: boolean }): Promise<Buffer> {
  const most = name === 'audio' ? largestMessageBytes : largestMetadataBytes;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of file) {
    bytes += chunk.length;
    if (bytes > most) throw tooLarge(name);
    chunks.push(chunk);
  }
  if (file.truncated) throw tooLarge(name);
  return Buffer.concat(chunks);
}

const malformed = (detail = 'The multipart body is broken or cut off.') => new ApiProblem(400, 'bad-request', detail);

const tooLarge = (name: string) =>
  new ApiProblem(
    413,
    'too-large',
    name === 'audio' ? 'The audio is larger than 25 MB.' : `The part “${name}” is larger than 16 kB.`,
  );
