import type { ManifestFiles } from './manifest-files.js';

/** Zip the files of an app; those of the Teams app are its app package. */
export async function appPackage(files: ManifestFiles): Promise<Uint8Array> {
  const { zipSync } = await import('fflate');
  const bytes = Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const);
  return zipSync(Object.fromEntries(bytes));
}
