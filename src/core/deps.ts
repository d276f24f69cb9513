import type { Logger } from 'pino';
import type { Prisma, PrismaClient } from '../generated/prisma/client.js';
import type { UserId } from './ids.js';
import type { RateLimit } from './rate-limit.js';

/** The database, as Prisma gives it. Only `*.store.ts` files use it. */
export type Db = PrismaClient;
/** The same within a transaction. */
export type Transaction = Prisma.TransactionClient;

/** The current time; a test sets it. */
export interface Clock {
  now(): Date;
  /** A test sets this clock: leases, which otherwise use PostgreSQL's clock, use this one too. */
  readonly isFake?: true;
}

/** Tells open pages, in every process, that something of this user has changed. Best effort. */
export interface Changes {
  publish(userId: UserId): void;
  /** Call `onChange` at each change. Returns a function that unsubscribes. */
  subscribe(userId: UserId, onChange: () => void): () => void;
}

/**
 * Everything the core may use; the first argument of every function that needs more than its other arguments. A port is
 * added by declaration merging in the file that declares it (`x/ports.ts`), so that this file imports no feature.
 */
export interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly changes: Changes;
  /** The address in links, without a slash at the end. */
  readonly publicUrl: string;
  /** Signs links and sessions; at least 32 bytes. */
  readonly secret: string;
  /** Rate limits for one person, by their account. */
  readonly limits: {
    readonly commands: RateLimit;
    /** Suggestions while a name is typed. */
    readonly suggestions: RateLimit;
  };
}
