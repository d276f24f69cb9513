import { genesisHash, hashOf, macOf } from '../audit-chain/audit-event.js';
import { type AuditKey, auditKeyOf } from '../audit-chain/audit-key.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { findHashOfLine, findHead, findLineByHash, findLinesAfter, type KeptLine } from './audit-lines.store.js';

/** How many lines a chain had, and the hash of the last. Kept outside the database, it reveals a truncated chain. */
export interface ChainMark {
  readonly lines: number;
  readonly hash: string;
}

/** The verdict on a tenant's chain. `line` is the first that differs from what was written. */
export type Verdict =
  | ({ readonly kind: 'whole' } & ChainMark)
  | {
      readonly kind: 'broken';
      readonly line: number;
      readonly how: 'changed' | 'missing' | 'reordered';
      /** No signature fits: the chain was probably keyed by another ATTENDANT_SECRET. */
      readonly otherSecret: boolean;
    };

const pageSize = 1000;

/**
 * Read the whole chain in pages and recompute every hash, which reveals a changed, removed or moved line. A company has
 * at least the line of its creation, so an empty chain is broken. `mark` is where an earlier verification ended.
 */
export async function verifyChain(deps: Deps, tenantId: TenantId, mark?: ChainMark): Promise<Verdict> {
  const key = auditKeyOf(deps.secret);
  const head = await findHead(deps.db, tenantId);
  const keyedAfter = head?.unkeyedSeq ?? 0;
  // Without a MAC a forged chain cannot be told from one older than the keys (`seal-chain.ts`).
  const signed = head ? head.mac === macOf(head, key) : false;
  const broken = (line: number, how: 'changed' | 'missing' | 'reordered'): Verdict => ({
    kind: 'broken',
    line,
    how,
    otherSecret: how === 'changed' && line === keyedAfter + 1 && !signed,
  });

  let lines = 0;
  let previousHash = genesisHash;
  for (;;) {
    const page = await findLinesAfter(deps.db, tenantId, lines, pageSize);
    for (const line of page) {
      const found = await fault(deps, line, { tenantId, expected: lines + 1, previousHash, key, keyedAfter });
      if (found) return broken(found.line, found.how);
      previousHash = line.hash;
      lines += 1;
      if (lines === head?.seq && head.hash !== line.hash) return broken(lines, 'changed');
    }
    if (page.length < pageSize) break;
  }
  // The head was read first: newer lines may follow it, but none of its own may be missing.
  if (!head || head.seq === 0 || lines < head.seq || !signed) return broken(lines + 1, 'missing');
  if (mark && lines < mark.lines) return broken(lines + 1, 'missing');
  if (mark && (await findHashOfLine(deps.db, tenantId, mark.lines)) !== mark.hash) return broken(mark.lines, 'changed');
  return { kind: 'whole', lines, hash: previousHash };
}

/**
 * Return how many lines a chain has, and whether its end is signed and is that of the last line: the cheap part of
 * `verifyChain`, which says nothing about the lines before.
 */
export async function chainState(
  deps: Deps,
  tenantId: TenantId,
): Promise<{ readonly lines: number; readonly isSigned: boolean }> {
  const head = await findHead(deps.db, tenantId);
  if (!head || head.seq === 0) return { lines: 0, isSigned: false };
  const isSigned = head.mac === macOf(head, auditKeyOf(deps.secret));
  return { lines: head.seq, isSigned: isSigned && (await findHashOfLine(deps.db, tenantId, head.seq)) === head.hash };
}

interface Expected {
  readonly tenantId: TenantId;
  readonly expected: number;
  readonly previousHash: string;
  readonly key: AuditKey;
  readonly keyedAfter: number;
}

async function fault(deps: Deps, kept: KeptLine, { tenantId, expected, previousHash, key, keyedAfter }: Expected) {
  const { hash, ...line } = kept;
  const rehash = (seq: number) => hashOf({ ...line, seq }, seq > keyedAfter ? key : undefined);
  if (line.seq !== expected) return { line: expected, how: 'missing' } as const;
  const sound = rehash(line.seq) === hash;
  if (sound && line.previousHash === previousHash) return undefined;
  // Valid in itself, but written after another line than the one before it: that one was rewritten with a new hash.
  if (sound && expected > 1) return { line: expected - 1, how: 'changed' } as const;

  const before = line.previousHash === genesisHash ? 0 : await findLineByHash(deps.db, tenantId, line.previousHash);
  const moved = before !== undefined && before + 1 !== line.seq && rehash(before + 1) === hash;
  return { line: expected, how: moved ? 'reordered' : 'changed' } as const;
}
