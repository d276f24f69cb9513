import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { genesisHash, hashOf } from './audit.js';
import { findHead, findLineByHash, findLinesAfter, type KeptLine } from './audit-lines.store.js';

/** What became of a tenant's chain. `line` is the first that is not as it was written. */
export type Verdict =
  /** `hash` is the last line's: kept elsewhere, it shows even a chain that was rewritten from end to end. */
  | { readonly kind: 'whole'; readonly lines: number; readonly hash: string }
  | { readonly kind: 'broken'; readonly line: number; readonly how: 'changed' | 'missing' | 'reordered' };

const pageSize = 1000;

/** Reads the whole chain in pages and recomputes every hash: a line that was changed, removed or moved shows. */
export async function verifyChain(deps: Deps, tenantId: TenantId): Promise<Verdict> {
  const head = (await findHead(deps.db, tenantId)) ?? { seq: 0, hash: genesisHash };
  let lines = 0;
  let previousHash = genesisHash;
  for (;;) {
    const page = await findLinesAfter(deps.db, tenantId, lines, pageSize);
    for (const line of page) {
      const broken = await fault(deps, tenantId, line, lines + 1, previousHash);
      if (broken) return { kind: 'broken', ...broken };
      previousHash = line.hash;
      lines += 1;
    }
    if (page.length === pageSize) continue;
    // The head was read first: lines that came meanwhile may stand behind it, none of its own may be missing.
    if (lines < head.seq) return { kind: 'broken', line: lines + 1, how: 'missing' };
    if (lines === head.seq && head.hash !== previousHash) return { kind: 'broken', line: lines, how: 'changed' };
    return { kind: 'whole', lines, hash: previousHash };
  }
}

async function fault(deps: Deps, tenantId: TenantId, kept: KeptLine, expected: number, previousHash: string) {
  const { hash, ...line } = kept;
  if (line.seq !== expected) return { line: expected, how: 'missing' } as const;
  const sound = hashOf(line) === hash;
  if (sound && line.previousHash === previousHash) return undefined;
  // Sound by itself, but written after another line than the one before it: that one was rewritten with a new hash.
  if (sound && expected > 1) return { line: expected - 1, how: 'changed' } as const;

  const before = line.previousHash === genesisHash ? 0 : await findLineByHash(deps.db, tenantId, line.previousHash);
  const moved = before !== undefined && before + 1 !== line.seq && hashOf({ ...line, seq: before + 1 }) === hash;
  return { line: expected, how: moved ? 'reordered' : 'changed' } as const;
}
