import { isDeskExtension } from '../phone-number.js';
import type { DialTarget } from './decide.js';

/** A phone as a phone system is told to ring it; an extension is a desk phone of the company's own switch. */
export type DialledTarget =
  | DialTarget
  | { readonly kind: 'extension'; readonly extension: string; readonly confirm: boolean };

/** Routing knows every phone by its number; one that is an extension is told apart here. */
export const dialledTarget = (target: DialTarget): DialledTarget =>
  target.kind === 'number' && isDeskExtension(target.e164)
    ? { kind: 'extension', extension: target.e164, confirm: target.confirm }
    : target;

/** Do both ring the same phone? */
export const isSameTarget = (a: DialledTarget, b: DialledTarget): boolean => phoneOf(a) === phoneOf(b);

function phoneOf(target: DialledTarget): string {
  switch (target.kind) {
    case 'agent':
      return `agent ${target.agentId}`;
    case 'number':
      return `number ${target.e164}`;
    case 'extension':
      return `extension ${target.extension}`;
    default:
      return target satisfies never;
  }
}
