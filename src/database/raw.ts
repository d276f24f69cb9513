import { type Pool, type PoolClient, types } from 'pg';
import { Prisma, type PrismaClient } from '../generated/prisma/client.js';
import { ours, type TellingAdapter } from './adapter.js';

/** A statement's name, by which a connection keeps its plan; empty: it is planned anew every time. */
export type StatementName = (statement: { readonly sql: string }) => string;

/** Raw statements of Prisma's client: a template, or a piece of SQL, and what goes into it. */
type Raw<Result> = (statement: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => Promise<Result>;

/** A transaction, with the connection that it gets when it begins and gives back when it ends. */
interface Transaction {
  connection?: PoolClient;
  ended?: boolean;
}

/**
 * A transaction that lasts too long is rolled back while its work goes on: whatever that still asks for must not be
 * done outside it, on a connection that others have by then.
 */
function lend(connection: PoolClient, transaction: Transaction): void {
  transaction.connection = connection;
  const release = connection.release.bind(connection);
  connection.release = (error) => {
    transaction.ended = true;
    release(error);
  };
}

/**
 * The same client, whose raw statements go straight to their connection. On its own way, which is made for the queries it
 * compiles, Prisma works as long at a statement as the database does. Models go by Prisma, in the same transaction.
 */
export function withBareStatements(
  prisma: PrismaClient,
  { pool, adapter, nameOf }: { pool: Pool; adapter: TellingAdapter; nameOf: StatementName },
): PrismaClient {
  const $transaction: PrismaClient['$transaction'] = async (work: unknown, options?: object) => {
    if (typeof work !== 'function') throw new TypeError('a transaction is a function here: see core/change');
    const transaction: Transaction = {};
    const onConnection = (connection: PoolClient) => lend(connection, transaction);
    return adapter.inTurn(onConnection, () =>
      prisma.$transaction(
        async (own) => {
          if (!transaction.connection) throw new Error('a transaction of ours that was not told its connection');
          return work(over(own, bareStatements(transaction.connection, nameOf, transaction)));
        },
        { ...options, ...ours },
      ),
    );
  };
  let ended: Promise<void> | undefined;
  const $disconnect = async () => {
    await prisma.$disconnect();
    ended ??= pool.end();
    await ended;
  };
  return over(prisma, { ...bareStatements(pool, nameOf), $transaction, $disconnect });
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

/** What PostgreSQL calls `int8`. */
const int8 = 20;

/** As Prisma gives them, counts are `bigint`. */
const asPrismaReads = {
  getTypeParser: ((type: number, format: 'text') =>
    type === int8 ? BigInt : types.getTypeParser(type, format)) as typeof types.getTypeParser,
};

/** `base`, but for what is named in `own`. */
const over = <Base extends object>(base: Base, own: object): Base =>
  new Proxy(base, { get: (_, name) => Reflect.get(name in own ? own : base, name) });
