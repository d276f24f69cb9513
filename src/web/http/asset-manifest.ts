import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { root } from '../../root.js';

/** Where `npm run build:browser` leaves script, style, fonts; `index.json` says under which hashed name. */
export const publicFolder = `${root}public`;

const Index = z.record(z.string(), z.string());

/** The address of a bundled file by its plain name (`app.css`); undefined while nothing was bundled. */
export type Assets = (name: string) => string | undefined;

export function readAssets(): Assets {
  const file = `${publicFolder}/index.json`;
  const index = existsSync(file) ? Index.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  return (name) => index[name];
}
