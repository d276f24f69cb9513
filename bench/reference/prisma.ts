/** An Express handler with one Prisma query by an indexed key: the least that a service on this database does. */
import express from 'express';
import { openDatabase } from '../../src/database/database.js';
import { createLog } from '../../src/log.js';

const { DATABASE_URL = '', TENANT_ID = '' } = process.env;
const db = openDatabase(DATABASE_URL, createLog({ level: 'warn', format: 'json' }));
const app = express();

app.post('/', express.json(), async (request, response) => {
  const { dnis = '' } = (request.body ?? {}) as { dnis?: string };
  const user = await db.user.findFirst({ where: { tenantId: TENANT_ID, extension: dnis } });
  response.json(user);
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : '');
});
process.once('SIGTERM', () => process.exit(0));
