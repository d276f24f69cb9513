import type { Request } from 'express';
import type { AudioBytes } from '../core/recordings/ports.js';
import { largestMessageBytes } from '../core/voicemail/arrival/probe-audio.js';
import { type FormLimits, FormRefused, readForm } from '../http/form-body.js';
import { NoUploadSlot, type UploadSlots, uploadSlots } from '../http/upload-slots.js';
import { ApiProblem } from './problem.js';

/**
 * Reads one posted voicemail. `keep` receives the audio as a stream, at most once, before or after the metadata; then
 * `use` receives the message. Rejects with the error of either.
 */
export type UploadReader = (
  asked: { readonly request: Request; readonly tenantId: string },
  upload: {
    readonly keep: (audio: AudioBytes) => Promise<void>;
    readonly use: (metadata: string) => Promise<void>;
  },
) => Promise<void>;

const largestMetadataBytes = 16 * 1024;
const limits: FormLimits = {
  bodyBytes: largestMessageBytes + 64 * 1024,
  fields: 4,
  fieldBytes: largestMetadataBytes,
  files: 4,
  fileBytes: (name) => (name === 'audio' ? largestMessageBytes : largestMetadataBytes),
};

/** Phone systems post many small messages at once, so the slots count bytes, not messages. */
const megabyte = 1024 * 1024;
const usualSlots = () => uploadSlots({ total: 96 * megabyte, each: 64 * megabyte, waitSeconds: 10 });

/**
 * Create the reader of multipart bodies with `audio` and `metadata`, in any order; `metadata` is a field or a JSON
 * file. It stops reading at the first problem: 400 malformed, 413 too large, 415 not multipart, 429 and 503 too many at
 * once.
 */
export const uploadReader =
  (slots: UploadSlots = usualSlots()): UploadReader =>
  async ({ request, tenantId }, { keep, use }) => {
    if (!request.is('multipart/form-data'))
      throw new ApiProblem(415, 'unsupported-media', 'Send multipart/form-data with the parts “audio” and “metadata”.');
    const length = Number(request.get('content-length') ?? limits.bodyBytes);
    if (length > limits.bodyBytes) throw tooLarge('audio');
    const release = await slots.take(tenantId, length).catch((error: unknown) => {
      throw error instanceof NoUploadSlot ? tooManyAtOnce(error) : error;
    });
    try {
      let isKept = false;
      const keepOnce = async (audio: AudioBytes) => {
        isKept = true;
        await keep(audio);
      };
      const { fields, files } = await readForm(request, limits, { part: 'audio', use: keepOnce });
      const field = fields.get('audio');
      if (!isKept && field !== null) await keepOnce([Buffer.from(field)]);
      const metadata = files.get('metadata')?.content.toString() ?? fields.get('metadata');
      if (!isKept || metadata === null) throw malformed(`The part “${isKept ? 'metadata' : 'audio'}” is missing.`);
      await use(metadata);
    } catch (error) {
      throw error instanceof FormRefused ? problemOf(error) : error;
    } finally {
      release();
    }
  };

function problemOf({ why, part = 'audio' }: FormRefused): ApiProblem {
  if (why === 'too-large') return tooLarge(part);
  return why === 'too-many' ? malformed('It has more parts than “audio” and “metadata”.') : malformed();
}

const malformed = (detail = 'The multipart body is broken or cut off.') => new ApiProblem(400, 'bad-request', detail);

const tooLarge = (name: string) =>
  new ApiProblem(
    413,
    'too-large',
    name === 'audio' ? 'The audio is larger than 25 MB.' : `The part “${name}” is larger than 16 kB.`,
  );

const tooManyAtOnce = ({ whose, retrySeconds }: NoUploadSlot) =>
  new ApiProblem(
    whose === 'yours' ? 429 : 503,
    whose === 'yours' ? 'too-many-requests' : 'away',
    `Too many messages are being received at once. Try again in ${retrySeconds} s.`,
    { headers: { 'Retry-After': String(retrySeconds) } },
  );
