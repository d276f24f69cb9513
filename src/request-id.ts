import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';

const header = 'X-Request-Id';

/** Give a request its id, the proxy's or a new one; the response carries it. */
export function assignRequestId(request: Request, response: Response): string {
  const given = request.get(header);
  const id = given !== undefined && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
  response.set(header, id);
  return id;
}

/** The id of the request to which this response belongs. */
export const requestIdOf = (response: Response): string => response.get(header) ?? randomUUID();
