import type { Router } from 'express';

/** A part that receives requests from outside. `server.ts` mounts its router; `main.ts` starts and stops it. */
export interface Adapter {
  readonly name: string;
  /** Mounted at the root; every route names its full path from CONTRACT.md §3. */
  readonly router?: Router;
  /** For input that does not come through our own HTTP server (a socket, a mail port). */
  start?(): Promise<void>;
  /** Resolves when the running requests are finished. */
  stop?(): Promise<void>;
}
