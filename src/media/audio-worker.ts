/**
 * The program of an audio thread: one request at a time. The main thread terminates it when a request takes too long.
 */
import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import type { AudioAnswer, AudioRequest } from './audio-jobs.js';
import { toPlainWav } from './convert-wav.js';
import { joinWavs } from './join-wav.js';
import { probeFile } from './probe-file.js';
import { isSilent } from './silence.js';

const port = parentPort;
if (!port) throw new Error('audio-worker runs in a thread');

const answer = (message: AudioAnswer, transfer: readonly ArrayBuffer[] = []) => port.postMessage(message, transfer);

port.on('message', async (request: AudioRequest) => {
  // An error rejects here and ends the thread; the waiting job fails, and the next job starts another thread.
  if (request.job === 'probe') return answer({ kind: 'done', result: await probeFile(await readFile(request.path)) });
  if (request.job === 'silence') return answer({ kind: 'done', result: await isSilent(await readFile(request.path)) });
  if (request.job === 'join') {
    const joined = joinWavs(bufferOf(request.first), bufferOf(request.second));
    return answer({ kind: 'done', result: joined }, joined ? [joined.bytes.buffer] : []);
  }
  const result = toPlainWav(bufferOf(request.bytes));
  answer({ kind: 'done', result }, result ? [result.buffer] : []);
});

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

answer({ kind: 'ready' });
