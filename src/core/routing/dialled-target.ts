import { isDeskExtension } from '../phone-number.js';
import type { DialTarget } from './path.js';

/** A phone as a phone system is told to ring it; an extension is a desk phone of the company's own switch. */
export type DialledTarget =
  | DialTarget
  | { readonly kind: 'extension'; readonly extension: string; readonly confirm: boolean };

/** Return the target for the phone system. Routing knows every phone by its number; extensions are told apart here. */
export const dialledTarget = (target: DialTarget): DialledTarget =>
  target.kind === 'number' && isDeskExtension(target.e164)
    ? { kind: 'extension', extension: target.e164, confirm: target.confirm }
    : target;

/** Return the target as routing knows it: the inverse of `dialledTarget`. */
export const routedTarget = (target: DialledTarget): DialTarget =>
  target.kind === 'extension' ? { kind: 'number', e164: target.extension, confirm: target.confirm } : target;
