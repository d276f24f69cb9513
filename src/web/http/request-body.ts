import type { Request } from 'express';
import type { TypedFile } from '../../core/chat/exchange.js';
import { oneLine, wellFormed } from '../../core/text.js';
import { largestMessageBytes } from '../../core/voicemail/arrival/probe-audio.js';
import { type FormLimits, readForm } from '../../http/form-body.js';
import { type UploadSlots, uploadSlots } from '../../http/upload-slots.js';

/** A submitted form: each field's values in order, and the files. */
export interface FormBody {
  readonly fields: URLSearchParams;
  readonly files: ReadonlyMap<string, TypedFile>;
}

/** Limits for signed-in people; the longest field is a list of addresses. */
const signedInLimits: FormLimits = {
  bodyBytes: 1024 * 1024,
  fields: 200,
  fieldBytes: 256 * 1024,
  files: 0,
  fileBytes: () => 0,
};

/** Limits for a form with a file field; the largest file is a recording. */
const uploadLimits: FormLimits = {
  ...signedInLimits,
  bodyBytes: largestMessageBytes + signedInLimits.bodyBytes,
  files: 1,
  fileBytes: () => largestMessageBytes,
};

/** Limits for visitors who are not signed in: as little memory as possible. */
const strangerLimits: FormLimits = {
  bodyBytes: 64 * 1024,
  fields: 20,
  fieldBytes: 4 * 1024,
  files: 0,
  fileBytes: () => 0,
};

/** Reads the forms of the web app, and limits concurrent uploads. */
export interface BodyReader {
  /** Rejects with `FormRefused` or `NoUploadSlot`. */
  stranger(request: Request, fieldBytes?: number): Promise<FormBody>;
  signedIn(request: Request): Promise<FormBody>;
  /** Read a form with a file field. Call `release` when the file is no longer held in memory. */
  upload(request: Request, userId: string): Promise<{ readonly body: FormBody; readonly release: () => void }>;
}

/** Create the reader. A recording is at most 25 MB, and is held twice while it is assembled. */
export function bodyReader(slots: UploadSlots = uploadSlots({ total: 4, each: 2, waitSeconds: 5 })): BodyReader {
  return {
    stranger: (request, fieldBytes = strangerLimits.fieldBytes) => readBody(request, { ...strangerLimits, fieldBytes }),
    signedIn: (request) => readBody(request, signedInLimits),
    async upload(request, userId) {
      // A form without a file is small and needs no slot.
      if (!request.is('multipart')) return { body: await readBody(request, signedInLimits), release: () => {} };
      const release = await slots.take(userId);
      try {
        return { body: await readBody(request, uploadLimits), release };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

async function readBody(request: Request, limits: FormLimits): Promise<FormBody> {
  const { fields, files } = await readForm(request, limits);
  // An empty file field arrives as a file without a name.
  const chosen = [...files].filter(([, { fileName }]) => fileName !== '');
  return {
    fields: new URLSearchParams([...fields].map(([name, value]) => [wellFormed(name), wellFormed(value)])),
    files: new Map(
      chosen.map(([name, { fileName, content }]) => [name, { fileName: oneLine(fileName, 255), content }]),
    ),
  };
}

export const bodyOf = (request: Request): FormBody => request.body as FormBody;
