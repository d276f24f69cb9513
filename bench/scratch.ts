import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Create a temporary folder, which the caller removes. PostgreSQL can enter it, even as another user when the benchmark
 * runs as root.
 */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-bench-'));
  await chmod(folder, 0o755);
  return folder;
}
