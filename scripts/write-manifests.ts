/**
 * Writes manifest/ from the defined commands.
 *
 *   npx tsx scripts/write-manifests.ts            write the files
 *   npx tsx scripts/write-manifests.ts --check    exit 1 and name the files that are out of date
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { placeholder, slackFiles, teamsFiles } from '../src/manifest/manifest-files.js';
import { root } from '../src/root-folder.js';

const files = {
  ...slackFiles({ kind: 'http', url: placeholder.url }),
  ...Object.fromEntries(Object.entries(teamsFiles(placeholder)).map(([name, content]) => [`teams/${name}`, content])),
};

for (const [name, content] of Object.entries(files)) {
  const path = join(root, 'manifest', name);
  if (process.argv.includes('--check')) {
    const kept = await readFile(path).catch(() => undefined);
    if (kept?.equals(Buffer.from(content))) continue;
    console.error(`manifest/${name} is not up to date: npx tsx scripts/write-manifests.ts`);
    process.exitCode = 1;
  } else {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
