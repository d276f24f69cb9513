import type { z } from 'zod';
import { joinWithOr } from '../core/chat/phrasing.js';
import { ApiProblem } from './problem.js';

/** Parse input with its schema; throws a 400 that lists each wrong field and its rule. */
export function parseInput<Schema extends z.ZodType>(what: string, schema: Schema, value: unknown): z.infer<Schema> {
  const read = schema.safeParse(value, { error: problemPhrase });
  if (read.success) return read.data;

  const errors = read.error.issues.map(({ path, message }) => {
    const at = path.join('.');
    return { at, detail: `${at === '' ? `The ${what}` : `“${at}”`} ${message}.` };
  });
  const detail = errors.map((error) => error.detail).join(' ');
  throw new ApiProblem(400, 'bad-request', `${detail} /api/v1/openapi.json describes the ${what}.`, { errors });
}

/** What is wrong with a field, worded to follow its name. A schema's own messages are worded for the same place. */
function problemPhrase(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; it must be ${kinds(issue.expected)}`
        : `must be ${kinds(issue.expected)}`;
    case 'invalid_value':
      return `must be ${choices(issue.values)}`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'must be a time such as 2026-11-28T14:05:00Z'
        : 'is not written as it must be';
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `must be ${issue.minimum} or more`;
    case 'too_big':
      return `must ${sizes(issue.origin, issue.maximum)}`;
    case 'unrecognized_keys':
      return `may not hold ${choices(issue.keys)}`;
    default:
      return 'is not as it must be';
  }
}

const kinds = (expected: string): string =>
  ({ string: 'text', int: 'a whole number', number: 'a number', object: 'an object', array: 'a list' })[expected] ??
  expected;

function sizes(origin: string, most: number | bigint): string {
  if (origin === 'string') return `have at most ${most} characters`;
  return origin === 'array' ? `have at most ${most} entries` : `be ${most} or less`;
}

const choices = (values: readonly unknown[]): string =>
  joinWithOr(
    'en',
    values.map((value) => `“${String(value)}”`),
  );
