import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { printError } from './print.js';

/** More than any secret; a file that was piped in by mistake is not read whole. */
const mostCharacters = 10_000;

/**
 * Read a secret from standard input, never from an argument, which every process of the machine can read. At a terminal
 * it is asked for, and not shown as it is typed.
 */
export async function readSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) return text(upToLimit(process.stdin));
  printError(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
  }
}

async function* upToLimit(input: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let length = 0;
  for await (const chunk of input) {
    yield chunk;
    length += chunk.length;
    if (length > mostCharacters) return;
  }
}
