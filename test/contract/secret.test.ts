import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storedSecret } from '../../src/secret.js';
import { atTheEnd } from '../support/clean-up.js';

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-secret-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('Processes that start at the same moment share one secret of 32 bytes or more', async () => {
  const folder = await dataFolder();
  const secrets = await Promise.all(Array.from({ length: 20 }, () => storedSecret(folder)));
  expect(new Set(secrets).size).toBe(1);
  expect(secrets[0]?.length).toBeGreaterThanOrEqual(32);
  expect(await storedSecret(folder)).toBe(secrets[0]);
});

test('Only the finished file stays, and only its owner can read it', async () => {
  const folder = await dataFolder();
  await storedSecret(folder);
  expect(await readdir(folder)).toEqual(['secret']);
  expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
});

test.each([
  ['empty', ''],
  ['cut short', 'abc'],
  ['only white space', ' '.repeat(40)],
  ['as long as it was, but all zeros, as after a power cut', '\0'.repeat(64)],
  ['a few bytes among blanks', `${' '.repeat(20)}a${' '.repeat(20)}b\n`],
])('A secret file that is %s is refused and stays as it is', async (_how, content) => {
  const folder = await dataFolder();
  await writeFile(join(folder, 'secret'), content);
  await expect(storedSecret(folder)).rejects.toThrow('shorter than 32 bytes');
  expect(await readFile(join(folder, 'secret'), 'utf8')).toBe(content);
});
