import type { Router } from 'express';

/** A door into the product: something that listens. `server.ts` mounts its router; `main.ts` starts and stops it. */
export interface Adapter {
  readonly name: string;
  /** Mounted at the root; every route names its full path from CONTRACT.md §3. */
  readonly router?: Router;
  /** For what does not come in over our own HTTP server (a socket, a mail port). */
  start?(): Promise<void>;
  /** Resolves when what was under way is finished. */
  stop?(): Promise<void>;
}
