/** A process that uses the embedded PostgreSQL of a folder: it prints the URL, and runs until it is killed. */
import { startEmbeddedPostgres } from '../../src/database/embedded.js';

const { url, stop } = await startEmbeddedPostgres(process.argv[2] ?? '', { fsync: 'off' });
process.stdout.write(`${url}\n`);
process.once('SIGTERM', () => void stop());
