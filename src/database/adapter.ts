import { PrismaPg } from '@prisma/adapter-pg';
import { Client, type PoolClient } from 'pg';
import { Prisma } from '../generated/prisma/client.js';

type OnConnection = (connection: PoolClient) => void;

/** Marks a transaction of ours, and changes nothing else: Prisma begins some by itself, for writes to several tables. */
export const ours = { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted } as const;

/**
 * Prisma's way to the database, which tells each transaction of ours its connection: Prisma keeps that to itself. An
 * `AsyncLocalStorage` would tell whose transaction asks, but every promise of the process pays for it on Node 20.
 */
export class TellingAdapter extends PrismaPg {
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
   * `begin` has Prisma begin a transaction of ours, and gives what comes of it. They go through Prisma one at a time, or
   * one might be taken for another; each as far as to where it asks for its connection, so that none waits for another's.
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

/** The adapter's transactions have a field for it, though not one for everybody. */
function connectionOf(transaction: object): PoolClient {
  const connection: unknown = Reflect.get(transaction, 'client');
  if (connection instanceof Client) return connection as PoolClient;
  throw new Error('Prisma’s transaction does not tell its connection');
}
