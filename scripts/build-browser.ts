import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { root } from '../src/root-folder.js';

/** Bundle the browser's scripts and styles into `public/`, under names with a content hash. */
export async function buildBrowser(): Promise<void> {
  const folder = `${root}public`;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      'src/web/browser/app.ts',
      'src/web/browser/player.ts',
      'src/web/browser/phone.ts',
      'src/web/browser/leave-message.ts',
      'src/web/browser/frame.ts',
      'src/web/styles/app.css',
      'src/web/styles/icon.svg',
    ],
    outdir: `${folder}/assets`,
    outbase: 'src/web',
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    format: 'esm',
    target: ['chrome114', 'firefox125', 'safari17'],
    minify: true,
    sourcemap: 'linked',
    metafile: true,
    loader: { '.woff2': 'file', '.svg': 'copy' },
    logLevel: 'warning',
  });
  const index = Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) =>
    entryPoint ? [[basename(entryPoint).replace(/\.ts$/, '.js'), `/assets/${basename(file)}`]] : [],
  );
  writeFileSync(`${folder}/index.json`, JSON.stringify(Object.fromEntries(index)));

  // Delete stale files last, because a running server may be serving from this folder.
  const current = new Set(Object.keys(metafile.outputs).map((file) => basename(file)));
  for (const file of readdirSync(`${folder}/assets`)) if (!current.has(file)) rmSync(`${folder}/assets/${file}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildBrowser();
