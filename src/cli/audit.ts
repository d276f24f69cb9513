import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { findChains } from '../core/audit/index.js';
import { type ChainMark, type Verdict, verifyChain } from '../core/audit/verify-chain.js';
import type { Deps } from '../core/deps.js';
import { asId, type TenantId } from '../core/ids.js';
import { findTenants } from '../core/tenants/tenants.js';
import { readConfig } from '../main.js';
import { printTable } from './print.js';
import { withInstallation } from './with-installation.js';

/** The end of each company's chain at the last verification. */
const ChainEnds = z.record(z.string(), z.object({ lines: z.int().positive(), hash: z.string() }));
type ChainEnds = Readonly<Record<string, ChainMark>>;

/**
 * `attendant audit verify`, for every company. Stores the end of each chain in the data folder, outside the database,
 * so that the next verification detects a chain that was truncated since, or a company that was deleted with its chain.
 */
export async function verifyAudit({ json }: { readonly json: boolean }): Promise<void> {
  const file = join(readConfig().dataFolder, 'audit-marks.json');
  const marks = await readMarks(file);
  const verdicts = await withInstallation((deps) => verifyAll(deps, marks));
  printTable(
    verdicts.map(({ name, verdict }) => rowOf(name, verdict)),
    { columns: ['company', 'audit', 'lines', 'detail'], json },
  );
  const whole = verdicts.flatMap(({ id, verdict }) =>
    verdict.kind === 'whole' ? [[id, { lines: verdict.lines, hash: verdict.hash }] as const] : [],
  );
  await writeMarks(file, { ...marks, ...Object.fromEntries(whole) });
  const broken = verdicts.filter(({ verdict }) => verdict.kind === 'broken').map(({ name }) => name);
  if (broken.length > 0) throw new Error(`The audit of ${broken.join(', ')} is not as it was written.`);
}

async function verifyAll(deps: Deps, marks: ChainEnds) {
  const names = new Map<string, string>((await findTenants(deps.db)).map(({ id, name }) => [id, name]));
  const ids = new Set<string>([...names.keys(), ...(await findChains(deps.db)), ...Object.keys(marks)]);
  const verdicts: { readonly id: string; readonly name: string; readonly verdict: Verdict }[] = [];
  // Sequential, so that memory holds one page of one chain at a time.
  for (const id of ids)
    verdicts.push({
      id,
      name: names.get(id) ?? `removed company ${id}`,
      verdict: await verifyChain(deps, asId<TenantId>(id), marks[id]),
    });
  return verdicts;
}

function rowOf(company: string, verdict: Verdict) {
  if (verdict.kind === 'whole')
    return { company, audit: 'whole', lines: verdict.lines, detail: `ends with ${verdict.hash}` };
  const hint = verdict.otherSecret ? ' (or ATTENDANT_SECRET is not the one that the record was written with)' : '';
  return { company, audit: 'broken', lines: verdict.line - 1, detail: `line ${verdict.line} is ${verdict.how}${hint}` };
}

async function readMarks(file: string): Promise<ChainEnds> {
  try {
    return ChainEnds.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${file} cannot be read: restore it, or delete it to start without earlier verifications.`, {
      cause: error,
    });
  }
}

async function writeMarks(file: string, marks: ChainEnds): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(marks, undefined, 2), { mode: 0o600 });
  await rename(draft, file);
}
