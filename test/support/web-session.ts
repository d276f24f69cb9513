import { signText } from '../../src/core/signed-token.js';
import type { Company, Person } from './company.js';

/** Sign a person in to the web app: returns the session's id, and the cookie that holds it. */
export async function webSession(
  company: Company,
  person: Person,
  secret = company.deps.secret,
): Promise<{ readonly id: string; readonly cookie: string }> {
  const { tenantId } = company;
  await company.db.account.createMany({
    data: {
      tenantId,
      userId: person.id,
      platform: 'web',
      externalWorkspaceId: tenantId,
      accountId: person.id,
      linkedBy: 'web',
    },
    skipDuplicates: true,
  });
  const { id } = await company.db.webSession.create({
    data: { tenantId, userId: person.id, expiresAt: new Date('2040-01-01') },
  });
  return { id, cookie: `attendant_session=${signText(secret, 'web-session', id)}` };
}
