import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/root-folder.js';

/**
 * An unhandled error of a stream, socket, client or process ends the whole service. So each file of `src` that opens
 * one has as many error listeners, or uses a function that listens itself.
 */
const opens =
  /\bcreateReadStream\(|\bcreateWriteStream\(|\bbusboy\(|\bnew (?:WebSocket|WebSocketServer|Worker|Client|Pool|Redis|Queue)\b[<(]|\bspawn\(|\bcreateServer\(|\bconnect\(\{|\.on\('data'/g;
/**
 * (BullMQ's `new postgres.Queue` is the other branch of a `new Queue`, and has the same listener.) Ways to handle an
 * error: a listener, a promise, or a file handle whose stream is passed on.
 */
const handles = /\.(?:on|once)\('error'|\bpipeline\(|\bfinished\(|\bonce\(\w+, 'error'\)/g;

/** Files that pass a stream on unread, and the caller that handles its errors. */
const handedOn: Readonly<Record<string, string>> = {
  // Read by `pipeline` (web/audio) and by `buffer` of node:stream/consumers, which both listen.
  'src/media/file-recordings.ts': 'createReadStream',
  // Iterated at once: an iterator rejects with the error of its stream.
  'src/file-chunks.ts': 'createReadStream',
};
/**
 * `pipe` handles no error. The one exception listens to every stream itself, because `pipeline` would end the
 * connection.
 */
const mayPipe = ['src/http/form-body.ts'];

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path}`)
  .filter((path) => /\.tsx?$/.test(path) && !/^src\/(generated|web\/browser)\//.test(path));
const text = (path: string) => withoutComments(readFileSync(join(root, path), 'utf8'));

const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

function unhandledIn(source: string): string[] {
  const opened = [...source.matchAll(opens)].map(([match]) => match);
  const handled = [...source.matchAll(handles)].length;
  return opened.length > handled ? opened : [];
}

test('no file opens more streams than it has error listeners', () => {
  expect(sources.length).toBeGreaterThan(200);
  const found = sources.flatMap((path) => {
    const excused = handedOn[path];
    const unhandled = unhandledIn(text(path)).filter((opened) => !excused || !opened.startsWith(excused));
    return unhandled.length > 0 ? [`${path}: ${unhandled.join(' ')}`] : [];
  });
  expect(found).toEqual([]);
});

test('streams are joined by pipeline, never by pipe', () => {
  expect(sources.filter((path) => /\.pipe\(/.test(text(path)) && !mayPipe.includes(path))).toEqual([]);
});

test('a recording is read only by what handles its errors', () => {
  const readers = sources.filter((path) => /recordings\.read\(/.test(text(path)));
  expect(readers.length).toBeGreaterThan(0);
  for (const path of readers) expect(text(path), path).toMatch(/node:stream\/consumers|node:stream\/promises/);
});

test('the check finds a stream without a listener', () => {
  expect(unhandledIn("parser.on('file', (name, file) => { file.on('data', keep); });")).toEqual([".on('data'"]);
  expect(unhandledIn('const client = new Client({ url });')).toEqual(['new Client(']);
  expect(unhandledIn("const client = new Client({ url }); client.on('error', lost);")).toEqual([]);
});
