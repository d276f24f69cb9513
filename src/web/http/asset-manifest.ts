import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { root } from '../../root-folder.js';

/**
 * The folder where `npm run build:browser` writes scripts, styles and fonts; `index.json` maps plain to hashed names.
 */
export const publicFolder = `${root}public`;

const Index = z.record(z.string(), z.string());

/** The address of a bundled file by its plain name (`app.css`); undefined before the bundle is built. */
export type Assets = (name: string) => string | undefined;

/** Read the manifest of bundled files. */
export function readAssets(): Assets {
  const file = `${publicFolder}/index.json`;
  const index = existsSync(file) ? Index.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  return (name) => index[name];
}
