import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Deps } from '../core/deps.js';
import type { TenantId } from '../core/ids.js';
import { parseInput } from './parse-input.js';
import { ApiProblem } from './problem.js';
import { PathId } from './schemas.js';

/** The input of a call's handler. */
export interface ApiRequest {
  readonly deps: Deps;
  readonly tenantId: TenantId;
  readonly request: Request;
  readonly response: Response;
}

/** Parse the body with its schema; throws a 400 that lists the problems, or a 415 when it is not JSON. */
export function bodyOf<Schema extends z.ZodType>(request: Request, schema: Schema): z.infer<Schema> {
  if (request.body === undefined)
    throw new ApiProblem(415, 'unsupported-media', 'Send a JSON body with “Content-Type: application/json”.');
  return parseInput('body', schema, request.body);
}

/** Parse the query with its schema; throws a 400 that lists the problems. */
export const queryOf = <Schema extends z.ZodType>(request: Request, schema: Schema): z.infer<Schema> =>
  parseInput('query', schema, request.query);

/** Read an id in the address; throws a 404 when no id can have this form. */
export function pathId(request: Request, name: string): string {
  const read = PathId.safeParse(request.params[name]);
  if (!read.success) throw new ApiProblem(404, 'not-found', 'There is nothing of that id.');
  return read.data;
}

/** Remove properties whose value is `undefined`, which zod keeps for omitted fields. */
export const withoutUndefined = <Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
