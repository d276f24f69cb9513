import { PrismaPg } from '@prisma/adapter-pg';
import { Client, type PoolClient } from 'pg';
import { Prisma } from '../generated/prisma/client.js';

type OnConnection = (connection: PoolClient) => void;

/** Marks our own transactions without changing them: Prisma starts some itself, for writes to several tables. */
export const ownTransaction = { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted } as const;

/**
 * Prisma's driver adapter, extended to report the connection of each of our transactions, which Prisma hides. An
 * `AsyncLocalStorage` could link them, but on Node 20 it slows down every promise of the process.
 */
export class ConnectionReportingAdapter extends PrismaPg {
  #turn: Promise<void> = Promise.resolve();
  #asked: (() => OnConnection) | undefined;

  override async connect() {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolation) => {
      const onConnection = isolation === undefined ? undefined : this.#asked?.();
      const begun = await start();
      onConnection?.(connectionOf(begun));
      return begun;
    };
    return adapter;
  }

  /**
   * Let `begin` start one of our transactions, and return its result. Transactions start one at a time, so that a
   * connection is not given to the wrong one; each only until its connection is requested, so that none waits for
   * another's.
   */
  async inTurn<Result>(onConnection: OnConnection, begin: () => Promise<Result>): Promise<Result> {
    const before = this.#turn;
    let next = () => {};
    this.#turn = new Promise((resolve) => {
      next = resolve;
    });
    await before;
    this.#asked = () => {
      this.#asked = undefined;
      next();
      return onConnection;
    };
    try {
      return await begin();
    } finally {
      next();
    }
  }
}

/** The connection of an adapter's transaction, which is in a private field. */
function connectionOf(transaction: object): PoolClient {
  const connection: unknown = Reflect.get(transaction, 'client');
  if (connection instanceof Client) return connection as PoolClient;
  throw new Error('Prisma’s transaction does not tell its connection');
}
