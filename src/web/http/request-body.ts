import type { Request } from 'express';
import type { TypedFile } from '../../core/chat/exchange.js';
import { oneLine, wellFormed } from '../../core/text.js';
import { largestMessageBytes } from '../../core/voicemail/arrival/probe-audio.js';
import { type FormLimits, readForm } from '../../http/form-body.js';
import { type UploadSlots, uploadSlots } from '../../http/upload-slots.js';

/** What a form of ours sent: each field's values in order, and the files. */
export interface Body {
  readonly fields: URLSearchParams;
  readonly files: ReadonlyMap<string, TypedFile>;
}

/** A form of somebody who is signed in; the longest field is a list of addresses. */
const signedInLimits: FormLimits = {
  bodyBytes: 1024 * 1024,
  fields: 200,
  fieldBytes: 256 * 1024,
  files: 0,
  fileBytes: () => 0,
};

/** The same with a file field: the largest file is a recording. */
const uploadLimits: FormLimits = {
  ...signedInLimits,
  bodyBytes: largestMessageBytes + signedInLimits.bodyBytes,
  files: 1,
  fileBytes: () => largestMessageBytes,
};

/** For anybody at all, of whom we hold as little as possible in memory. */
const strangerLimits: FormLimits = {
  bodyBytes: 64 * 1024,
  fields: 20,
  fieldBytes: 4 * 1024,
  files: 0,
  fileBytes: () => 0,
};

/** Reads the forms of the web app, and keeps uploads few. */
export interface BodyReader {
  /** Rejects with `FormRefused`, `NoSlot`. */
  stranger(request: Request): Promise<Body>;
  signedIn(request: Request): Promise<Body>;
  /** A form with a file field. Call `release` when the file is no longer held. */
  upload(request: Request, userId: string): Promise<{ readonly body: Body; readonly release: () => void }>;
}

/** A recording is 25 MB at most, and is held twice while it is put together. */
export function bodyReader(slots: UploadSlots = uploadSlots({ total: 4, each: 2, waitSeconds: 5 })): BodyReader {
  return {
    stranger: (request) => readBody(request, strangerLimits),
    signedIn: (request) => readBody(request, signedInLimits),
    async upload(request, userId) {
      // Without a file there is nothing large in it, so it needs no slot.
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

async function readBody(request: Request, limits: FormLimits): Promise<Body> {
  const { fields, files } = await readForm(request, limits);
  // A file field that was left empty comes as a file without a name.
  const chosen = [...files].filter(([, { fileName }]) => fileName !== '');
  return {
    fields: new URLSearchParams([...fields].map(([name, value]) => [wellFormed(name), wellFormed(value)])),
    files: new Map(
      chosen.map(([name, { fileName, content }]) => [name, { fileName: oneLine(fileName, 255), content }]),
    ),
  };
}

export const bodyOf = (request: Request): Body => request.body as Body;
