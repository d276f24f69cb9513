/** A process of its own that uses the embedded PostgreSQL of a folder: prints the URL, and stays until it is killed. */
import { startEmbeddedPostgres } from '../../src/database/embedded.js';

const { url, stop } = await startEmbeddedPostgres(process.argv[2] ?? '', { fsync: 'off' });
process.stdout.write(`${url}\n`);
process.once('SIGTERM', () => void stop());
