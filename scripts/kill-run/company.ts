import { randomUUID } from 'node:crypto';
import type { Requester } from '../../src/core/chat/requester.js';
import type { Db } from '../../src/core/deps.js';
import { asId, type TenantId, type UserId } from '../../src/core/ids.js';
import type { LocalSlack } from '../../test/fakes/slack/slack.js';

/** Fifty people of one company; all others are members of the first one's mailbox, each other mailbox has one member. */
export interface KillCompany {
  readonly tenantId: TenantId;
  readonly people: readonly KillPerson[];
  /** Who sees the messages of the mailbox of `people[at]`, as places in `people`. */
  readersOf(at: number): ReadonlySet<number>;
}

/** A person, with their Slack account. */
export interface KillPerson {
  readonly id: UserId;
  readonly name: string;
  readonly extension: string;
  readonly account: string;
}

const size = 50;

/** Write the company. */
export async function writeCompany(db: Db, slack: LocalSlack): Promise<KillCompany> {
  const tenantId = asId<TenantId>(randomUUID());
  const people = Array.from({ length: size }, (_, at) => ({
    id: asId<UserId>(randomUUID()),
    name: `Holder N${at}end`,
    extension: `${200 + at}`,
    account: `U${at}`,
  }));
  await db.tenant.create({ data: { id: tenantId, name: 'Kill & Co' } });
  await db.workspace.create({ data: { tenantId, platform: 'slack', externalId: slack.workspace.teamId } });
  for (const [at, { id, extension, account }] of people.entries()) {
    const named = { username: `u${at}`, email: `u${at}@kill.example`, firstName: 'Holder', lastName: `N${at}end` };
    await db.user.create({ data: { id, tenantId, extension, ...named } });
    const linked = { platform: 'slack', externalWorkspaceId: slack.workspace.teamId, linkedBy: 'cli' };
    await db.account.create({ data: { ...linked, accountId: account, tenantId, userId: id } });
    slack.workspace.addUser({ id: account });
  }
  const membersOf = (at: number) => (at === 0 ? people.map((_, n) => n).slice(1) : [(at % (size - 1)) + 1]);
  await db.mailboxMember.createMany({
    data: people.flatMap(({ id: ownerId }, at) =>
      membersOf(at).map((member) => ({ tenantId, ownerId, userId: idAt(people, member), level: 'handle' })),
    ),
  });
  return { tenantId, people, readersOf: (at) => new Set([at, ...membersOf(at)]) };
}

const idAt = (people: readonly KillPerson[], at: number): UserId => {
  const person = people[at];
  if (!person) throw new Error(`nobody at ${at}`);
  return person.id;
};

/** The person as one who asks. */
export const requesterOf = (tenantId: TenantId, { id, name, account }: KillPerson): Requester => ({
  actor: { kind: 'self', tenantId, userId: id, role: 'member', via: 'chat' },
  user: { id, displayName: name, email: '', access: 'full', forwardingClosedBy: undefined },
  tenant: {
    id: tenantId,
    name: 'Kill & Co',
    edition: 'attendant_plus',
    country: 'US',
    outOfOfficeEnabled: true,
    downloadsAllowed: true,
    impersonationNotice: false,
  },
  reader: { locale: 'en', timeZone: 'UTC', now: new Date() },
  account: { platform: 'slack', externalWorkspaceId: 'T0KILL', accountId: account },
});
