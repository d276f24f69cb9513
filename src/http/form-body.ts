import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';

/** The limits of a form. A body that exceeds one is read no further. */
export interface FormLimits {
  /** Bytes of the whole body. */
  readonly bodyBytes: number;
  readonly fields: number;
  readonly fieldBytes: number;
  /** 0: the form has no file field. */
  readonly files: number;
  /** The most bytes of the file in the part of this name. */
  readonly fileBytes: (name: string) => number;
}

/** A submitted form: each field's values in order, and the files by the names of their parts. */
export interface SubmittedForm {
  readonly fields: URLSearchParams;
  readonly files: ReadonlyMap<string, FormFile>;
}

interface FormFile {
  /** Empty when the part has no file name. */
  readonly fileName: string;
  readonly content: Buffer;
}

/**
 * The reason to refuse a form. `not-a-form`: another content type; `broken`: malformed, or cut off; `too-large` and
 * `too-many`: over a limit; `unexpected-file`: the form has no file field.
 */
export type FormProblem = 'not-a-form' | 'broken' | 'too-large' | 'too-many' | 'unexpected-file';

/** A form was refused. */
export class FormRefused extends Error {
  constructor(
    readonly why: FormProblem,
    /** The part that is too large, if it is one part. */
    readonly part?: string,
  ) {
    super(`form refused: ${why}`);
    this.name = 'FormRefused';
  }
}

/**
 * A file that is processed while it arrives, and is never whole in memory. `use` reads the stream to its end; when it
 * rejects, the form rejects with the same error and is read no further.
 */
export interface StreamedFile {
  /** The name of the file's part. */
  readonly part: string;
  readonly use: (file: AsyncIterable<Uint8Array>, fileName: string) => Promise<void>;
}

/**
 * Read a urlencoded or multipart body. Rejects with `FormRefused` at the first problem and drops the rest of the body;
 * `streamed` has settled by then. It uses `pipe`, because `pipeline` would destroy the connection that the refusal is
 * sent on.
 */
export async function readForm(
  request: IncomingMessage,
  limits: FormLimits,
  streamed?: StreamedFile,
): Promise<SubmittedForm> {
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) throw new FormRefused('too-large');
  const parser = openParser(request, limits);
  const form = { fields: new URLSearchParams(), files: new Map<string, FormFile>() };
  let using: Promise<void> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      let refusal: Error | undefined;
      const refuseWith = (error: Error) => {
        refusal ??= error;
        // Deferred, because the parser must not be destroyed while it processes a chunk.
        queueMicrotask(() => parser.destroy(refusal));
      };
      const refuse = (why: FormProblem, part?: string) => refuseWith(new FormRefused(why, part));
      parser.on('error', reject);
      parser.once('close', () => (refusal ? reject(refusal) : resolve(using)));
      parser.on('file', (name, file, { filename }) => {
        // A body that ends inside a file destroys this stream too; without a listener that would end the process.
        file.on('error', () => refuse('broken', name));
        const tooLarge = () => refuse('too-large', name);
        if (name !== streamed?.part)
          return collectFile(file, limits.fileBytes(name), tooLarge, (content) => {
            form.files.set(name, { fileName: filename ?? '', content });
          });
        if (using) return refuse('too-many');
        using = streamed.use(limited(file, limits.fileBytes(name), name), filename ?? '');
        using.catch(refuseWith);
      });
      collectFields(parser, limits, form.fields, refuse);

      let bytes = 0;
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > limits.bodyBytes) refuse('too-large');
      });
      request.on('error', () => refuse('broken'));
      request.on('close', () => {
        if (!request.complete) refuse('broken');
      });
      if (request.destroyed) return refuse('broken');
      request.pipe(parser);
    });
    return form;
  } catch (error) {
    request.unpipe(parser).removeAllListeners('data').resume();
    const failure = await using?.then(noFailure, (failure: Error) => failure);
    // An error of `use` passes unchanged.
    if (error instanceof FormRefused || error === failure) throw error;
    throw new FormRefused('broken');
  }
}

const noFailure = () => undefined;

function collectFields(
  parser: busboy.Busboy,
  limits: FormLimits,
  fields: URLSearchParams,
  refuse: (why: FormProblem, part?: string) => void,
): void {
  parser.on('field', (name, value, { valueTruncated }) => {
    if (valueTruncated) refuse('too-large', name);
    else fields.append(name, value);
  });
  parser.on('filesLimit', () => refuse(limits.files === 0 ? 'unexpected-file' : 'too-many'));
  parser.on('fieldsLimit', () => refuse('too-many'));
  parser.on('partsLimit', () => refuse('too-many'));
}

/** Collect a small file in memory. */
function collectFile(file: Readable, mostBytes: number, tooLarge: () => void, done: (content: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  file.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) tooLarge();
    else chunks.push(chunk);
  });
  file.on('end', () => done(Buffer.concat(chunks)));
}

/** Stream a file; errors with `FormRefused` past `mostBytes`, or when it is cut off. */
async function* limited(file: Readable, mostBytes: number, part: string): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  try {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new FormRefused('too-large', part);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof FormRefused ? error : new FormRefused('broken', part);
  }
}

function openParser(request: IncomingMessage, limits: FormLimits): busboy.Busboy {
  const type = request.headers['content-type'] ?? '';
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) throw new FormRefused('not-a-form');
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: {
        fields: limits.fields,
        fieldNameSize: 200,
        fieldSize: limits.fieldBytes,
        files: limits.files,
        parts: limits.fields + limits.files + 1,
        headerPairs: 20,
      },
    });
  } catch {
    throw new FormRefused('broken');
  }
}
