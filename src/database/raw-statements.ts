import { type Pool, type PoolClient, types } from 'pg';
import { Prisma, type PrismaClient } from '../generated/prisma/client.js';
import { type ConnectionReportingAdapter, ownTransaction } from './prisma-adapter.js';

/** The name under which a connection caches a statement's plan; empty: the plan is not cached. */
export type StatementName = (statement: { readonly sql: string }) => string;

/** Prisma's raw statements: a template, or a piece of SQL with its values. */
type Raw<Result> = (statement: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => Promise<Result>;

/** A transaction, with the connection that it holds from begin to end. */
interface Transaction {
  connection?: PoolClient;
  ended?: boolean;
}

/**
 * Let a transaction use a connection until it ends. A transaction that takes too long is rolled back while its code
 * goes on; later statements of that code must not run outside the transaction, on a connection that another request has
 * by then.
 */
function runOnConnection(connection: PoolClient, transaction: Transaction): void {
  transaction.connection = connection;
  const release = connection.release.bind(connection);
  connection.release = (error) => {
    transaction.ended = true;
    release(error);
  };
}

/**
 * Return the same client, with raw statements sent directly to their connection. Prisma's own path, made for compiled
 * queries, takes as long per statement as the database does. Model queries use Prisma, in the same transaction.
 */
export function withDirectStatements(
  prisma: PrismaClient,
  { pool, adapter, nameOf }: { pool: Pool; adapter: ConnectionReportingAdapter; nameOf: StatementName },
): PrismaClient {
  const $transaction: PrismaClient['$transaction'] = async (work: unknown, options?: object) => {
    if (typeof work !== 'function') throw new TypeError('a transaction is a function here: see core/change');
    const transaction: Transaction = {};
    const onConnection = (connection: PoolClient) => runOnConnection(connection, transaction);
    return adapter.inTurn(onConnection, () =>
      prisma.$transaction(
        async (own) => {
          if (!transaction.connection) throw new Error('a transaction of ours that was not told its connection');
          return work(withOverrides(own, bareStatements(transaction.connection, nameOf, transaction)));
        },
        { ...options, ...ownTransaction },
      ),
    );
  };
  let ended: Promise<void> | undefined;
  const $disconnect = async () => {
    await prisma.$disconnect();
    ended ??= pool.end();
    await ended;
  };
  return withOverrides(prisma, { ...bareStatements(pool, nameOf), $transaction, $disconnect });
}

function bareStatements(connection: Pool | PoolClient, nameOf: StatementName, transaction: Transaction = {}) {
  const run = async (statement: TemplateStringsArray | Prisma.Sql, values: unknown[]) => {
    if (transaction.ended) throw new Error('P2028: the transaction is over; it took too long');
    const { text, values: parameters } = statement instanceof Prisma.Sql ? statement : Prisma.sql(statement, ...values);
    return connection.query({ name: nameOf({ sql: text }), text, values: parameters, types: asPrismaReads });
  };
  const $queryRaw: Raw<unknown> = async (statement, ...values) => (await run(statement, values)).rows;
  const $executeRaw: Raw<number> = async (statement, ...values) => (await run(statement, values)).rowCount ?? 0;
  return { $queryRaw, $executeRaw };
}

/** PostgreSQL's type id of `int8`. */
const int8 = 20;

/** As in Prisma, counts are `bigint`. */
const asPrismaReads = {
  getTypeParser: ((type: number, format: 'text') =>
    type === int8 ? BigInt : types.getTypeParser(type, format)) as typeof types.getTypeParser,
};

/** `base` with the properties of `own` replaced. */
const withOverrides = <Base extends object>(base: Base, own: object): Base =>
  new Proxy(base, { get: (_, name) => Reflect.get(name in own ? own : base, name) });
