/**
 * Programs that npm does not have and that only tests need: a Redis server and a browser. From Debian's packages,
 * as root installed, otherwise unpacked under .data/tools where that is enough. Where neither works the tests that
 * need one say so. Nothing here runs in production.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '.data', 'tools');

const tools = {
  redis: {
    programs: ['redis-server'],
    packages: ['redis-server'],
    // What redis-server needs beyond a bare Debian, for those who may not install.
    unpack: ['redis-tools', 'redis-server', 'libjemalloc2', 'liblzf1', 'libatomic1'],
  },
  chromium: {
    given: process.env.CHROMIUM_PATH,
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    packages: ['chromium'],
  },
};

/** The program's path and what its environment must have, or undefined. */
export function find(tool) {
  const { given, programs } = tools[tool];
  if (given) return { path: given, env: {} };
  const own = join(folder, 'usr', 'bin', programs[0]);
  if (existsSync(own))
    return { path: own, env: { LD_LIBRARY_PATH: join(folder, 'usr', 'lib', `${architecture()}-linux-gnu`) } };
  const path = programs.flatMap(whereIs)[0];
  return path === undefined ? undefined : { path, env: {} };
}

/** Installs or unpacks a tool where it is missing; says so on standard error when that is not possible. */
export function provide(tool) {
  if (find(tool) !== undefined) return;
  const { programs, packages, unpack } = tools[tool];
  if (whereIs('apt-get').length > 0) {
    if (process.getuid?.() === 0) install(packages);
    else if (unpack !== undefined) unpackAll(unpack);
  }
  if (find(tool) === undefined) {
    process.stderr.write(
      `${programs[0]} is missing and could not be installed: the tests that need it will not run, and say so.\n`,
    );
  }
}

function install(packages) {
  process.stderr.write(`Installing ${packages.join(', ')} from Debian\n`);
  const noninteractive = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 2, 2], ...noninteractive }).status === 0;
  const add = () => apt('install', '-y', '--no-install-recommends', ...packages);
  if (!(apt('update') && add())) add();
}

function unpackAll(packages) {
  mkdirSync(folder, { recursive: true });
  const run = (command, ...args) =>
    spawnSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 2], shell: false }).status === 0;
  if (run('apt-get', 'download', '-qq', ...packages))
    run('sh', '-c', 'for package in *.deb; do dpkg-deb -x "$package" . && rm "$package"; done');
}

function whereIs(program) {
  const places = (process.env.PATH ?? '').split(delimiter).map((place) => join(place, program));
  return places.filter((path) => existsSync(path));
}

function architecture() {
  return { x64: 'x86_64', arm64: 'aarch64' }[process.arch] ?? process.arch;
}
