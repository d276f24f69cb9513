import type { Recordings } from '../core/recordings/ports.js';
import type { RecordingsConfig } from '../recordings-url.js';
import { fileRecordings } from './file-recordings.js';

/** Open the store that `RECORDINGS_URL` names. The S3 client is large, so it is loaded only when needed. */
export async function openRecordings(config: RecordingsConfig): Promise<Recordings> {
  if (config.kind === 'folder') return fileRecordings(config.folder);
  return (await import('./s3-recordings.js')).s3Recordings(config);
}
