import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder, for its maker to remove. PostgreSQL, another user where a benchmark runs as root, can enter it. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-bench-'));
  await chmod(folder, 0o755);
  return folder;
}
