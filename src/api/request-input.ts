import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Deps } from '../core/deps.js';
import type { TenantId } from '../core/ids.js';
import { parseInput } from './parse-input.js';
import { ApiProblem } from './problem.js';
import { PathId } from './schemas.js';

/** What a call's handler is given. */
export interface Asked {
  readonly deps: Deps;
  readonly tenantId: TenantId;
  readonly request: Request;
  readonly response: Response;
}

/** The body as its schema reads it, else a 400 that says where it differs; 415 where it is no JSON at all. */
export function bodyOf<Schema extends z.ZodType>(request: Request, schema: Schema): z.infer<Schema> {
  if (request.body === undefined)
    throw new ApiProblem(415, 'unsupported-media', 'Send a JSON body with “Content-Type: application/json”.');
  return parseInput('body', schema, request.body);
}

/** The query as its schema reads it, else a 400. */
export const queryOf = <Schema extends z.ZodType>(request: Request, schema: Schema): z.infer<Schema> =>
  parseInput('query', schema, request.query);

/** An id in the address. One that nothing can be called is not found. */
export function idIn(request: Request, name: string): string {
  const read = PathId.safeParse(request.params[name]);
  if (!read.success) throw new ApiProblem(404, 'not-found', 'There is nothing of that id.');
  return read.data;
}

/** Without the properties that were left out, which zod reads as `undefined`. */
export const given = <Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
