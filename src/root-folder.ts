import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with package.json in it, whether this runs from `src/` or, compiled, from `dist/`. Ends in a slash. */
export const root: string = `${rootAbove(import.meta.dirname)}/`;

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder));
}
