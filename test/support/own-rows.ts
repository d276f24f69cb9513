import type { Db } from '../../src/core/deps.js';
import type { TenantId } from '../../src/core/ids.js';
import { Prisma } from '../../src/generated/prisma/client.js';

type Query = (args?: { readonly where?: object }) => unknown;

const ofManyRows = new Set(['findMany', 'findFirst', 'findFirstOrThrow', 'count', 'updateMany', 'deleteMany']);

/**
 * The database as the stories of one company see it: lists, counts and bulk changes of models are limited to the
 * company's own rows. Raw statements and transactions see all rows.
 */
export function ownRows(db: Db, tenantId: TenantId): Db {
  const models = new Map(
    Object.keys(Prisma.ModelName).flatMap((name) => {
      const own = ownWhere(name, tenantId);
      const model = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
      return own ? [[model, withWhere(Reflect.get(db, model) as object, own)] as const] : [];
    }),
  );
  return new Proxy(db, { get: (_, name) => models.get(String(name)) ?? Reflect.get(db, name) });
}

/** Undefined: the rows of this model belong to no company. */
function ownWhere(model: string, tenantId: TenantId): object | undefined {
  if (model === 'Tenant') return { id: tenantId };
  return 'tenantId' in Reflect.get(Prisma, `${model}ScalarFieldEnum`) ? { tenantId } : undefined;
}

const withWhere = (model: object, own: object): object =>
  new Proxy(model, {
    get(_, name) {
      const query = Reflect.get(model, name) as Query;
      if (!ofManyRows.has(String(name))) return query;
      return (args: Parameters<Query>[0] = {}) => query({ ...args, where: { AND: [own, args.where ?? {}] } });
    },
  });
