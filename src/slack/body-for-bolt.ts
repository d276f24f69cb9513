import querystring from 'node:querystring';
import type { RequestHandler } from 'express';

/**
 * Prepare a body for Bolt, which recognises a form only by the bare name of its media type, and ends the process on a
 * body that is `null`.
 */
export const bodyForBolt: RequestHandler = (request, response, next) => {
  const { body } = request;
  const isForm = Boolean(request.is('urlencoded'));
  if (!Buffer.isBuffer(body) || isNull(body, isForm)) return void response.status(400).end();
  if (isForm) request.headers['content-type'] = 'application/x-www-form-urlencoded';
  Object.assign(request, { rawBody: body });
  next();
};

/** Whether a body, or the payload of a form, is the JSON value `null`, with whatever spaces and escapes. */
function isNull(body: Buffer, isForm: boolean): boolean {
  // Seen at once of nearly every body. A payload that is sent twice is a list, which Bolt does not parse.
  if (/^(payload=)?(\{|%7B)/i.test(body.toString('latin1', 0, 16))) return false;
  const payload = isForm ? querystring.parse(body.toString()).payload : body.toString();
  return typeof payload === 'string' && payload.trim() === 'null';
}
