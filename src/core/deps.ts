import type { Logger } from 'pino';
import type { Prisma, PrismaClient } from '../generated/prisma/client.js';
import type { UserId } from './ids.js';
import type { RateLimit } from './rate-limit.js';

/** The database, as Prisma gives it. Only `*.store.ts` files use it. */
export type Db = PrismaClient;
/** The same inside a transaction. */
export type Transaction = Prisma.TransactionClient;

export interface Clock {
  now(): Date;
  /** A test moves this clock: leases, which go by PostgreSQL's clock, go by this one too. */
  readonly isFake?: true;
}

/** Tells open pages, in every process, that something of this user's changed. Best effort. */
export interface Changes {
  publish(userId: UserId): void;
  /** Returns how to stop listening. */
  subscribe(userId: UserId, onChange: () => void): () => void;
}

/**
 * Everything the core may use, handed in first place to every function that needs more than its arguments. A port is
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
  /** How much one person may ask, by their account. */
  readonly limits: {
    readonly commands: RateLimit;
    /** What is asked while a name is typed. */
    readonly suggestions: RateLimit;
  };
}
