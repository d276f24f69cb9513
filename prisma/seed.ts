import '../src/core/app/register-words.js';
import { readFile } from 'node:fs/promises';
import { DateTime } from 'luxon';
import { csvInMemory } from '../src/core/bulk/csv-source.js';
import { firstResults, importUsers } from '../src/core/bulk/import-users.js';
import { type Change, change } from '../src/core/change.js';
import { installationActor } from '../src/core/chat/actor.js';
import type { Deps } from '../src/core/deps.js';
import { UserError } from '../src/core/errors.js';
import { asId, type TenantId, type UserId } from '../src/core/ids.js';
import { findCircle, lockGraph } from '../src/core/routing/load-rows.js';
import { defaultTenant } from '../src/core/tenants/tenants.js';
import { nameSwitchboard } from '../src/core/tenants/tenants.store.js';
import { receiveVoicemail } from '../src/core/voicemail/arrival/receive-voicemail.js';
import { root } from '../src/root-folder.js';

/** The number callers of the company dial for its greeting. */
export const mainNumber = '+14165550198';
/** The number people dial to hear their messages. */
const accessNumber = '+14165550197';

type Usernames = ReadonlyMap<string, string>;

/**
 * Puts a small bilingual company into an empty installation: all four user types, an admin, a manager, an operator
 * and a general mailbox, Marie out of office with Noah as her backup, and two voicemails. Run again it changes
 * nothing, but for a new absence once Marie's has run out. Refuses (UserError) a company that has other people.
 */
export async function seedCompany(deps: Deps): Promise<TenantId> {
  const tenantId = await defaultTenant(deps, {
    name: 'Boréal Outfitters',
    mainNumbers: [mainNumber],
    accessNumber,
    timeZone: 'America/Toronto',
  });
  const ids = await hirePeople(deps, tenantId);
  await change(deps, installationActor(tenantId, 'cli'), (change) =>
    nameSwitchboard(change, { operatorId: idOf(ids, 'grace.okafor'), generalMailboxId: idOf(ids, 'general') }),
  );
  await sendOnLeave(deps, tenantId, idOf(ids, 'marie.gagnon'), idOf(ids, 'noah.chen'));
  await leaveVoicemails(deps, tenantId);
  return tenantId;
}

async function hirePeople(deps: Deps, tenantId: TenantId): Promise<Usernames> {
  const known = await usernames(deps, tenantId);
  if (known.size > 0) return known;
  const file = await readFile(`${root}prisma/seed/users.csv`);
  const run = await importUsers(deps, installationActor(tenantId, 'cli'), csvInMemory('users.csv', file), {
    dryRun: false,
  });
  const [refused] = await firstResults(deps, run, 'refused', 1);
  if (refused) throw new Error(`seed line ${refused.line}: ${refused.why?.en}`);
  return usernames(deps, tenantId);
}

async function usernames({ db }: Deps, tenantId: TenantId): Promise<Usernames> {
  const users = await db.user.findMany({ where: { tenantId }, select: { id: true, username: true } });
  return new Map(users.map(({ id, username }) => [username, id]));
}

function idOf(ids: Usernames, username: string): string {
  const id = ids.get(username);
  if (id === undefined) throw new UserError((words) => words.bulk.notTheSeed, 409);
  return id;
}

/** From yesterday morning for three weeks, unless she is or was away by somebody's own choice. */
async function sendOnLeave(deps: Deps, tenantId: TenantId, userId: string, backupId: string): Promise<void> {
  const made = change(deps, installationActor(tenantId, 'cli'), async (change) => {
    await lockGraph(change);
    const last = await change.db.outOfOfficePeriod.findFirst({
      where: { tenantId, userId },
      orderBy: { startsAt: 'desc' },
    });
    const ranOut = last?.status === 'planned' && last.endsAt !== null && last.endsAt <= change.now;
    if (last && !ranOut) return;
    await insertLeave(change, userId, backupId);
    if (await findCircle(change, asId<UserId>(userId))) throw new LeaveInCircle();
  });
  await made.catch((error: unknown) => {
    if (!(error instanceof LeaveInCircle)) throw error;
  });
}

/** Somebody changed the backups of the small company: then nobody is sent on leave. */
class LeaveInCircle extends Error {}

async function insertLeave({ db, tenantId, now, record }: Change, userId: string, backupId: string): Promise<void> {
  const morning = DateTime.fromJSDate(now, { zone: 'America/Toronto' }).startOf('day').set({ hour: 8 });
  const [startsAt, endsAt] = [morning.minus({ days: 1 }).toJSDate(), morning.plus({ weeks: 3 }).toJSDate()];
  const period = await db.outOfOfficePeriod.create({
    data: { tenantId, userId, startsAt, endsAt, backupId, note: 'En vacances', backupAnswer: 'accepted' },
  });
  record({
    event: 'out-of-office.set',
    subjectId: period.id,
    after: { userId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), backupId },
  });
}

async function leaveVoicemails(deps: Deps, tenantId: TenantId): Promise<void> {
  const messages = [
    { language: 'en', extension: '103', ani: '+14165550171', callerName: 'Daniel Park', hoursAgo: 20 },
    { language: 'fr', extension: '102', ani: '+15145550172', callerName: 'Hélène Fortin', hoursAgo: 3 },
  ];
  for (const { language, extension, ani, callerName, hoursAgo } of messages) {
    await receiveVoicemail(deps, installationActor(tenantId, 'cli'), {
      sourceId: `seed-${language}`,
      mailbox: { extension },
      audio: await readFile(`${root}prisma/seed/voicemail-${language}.mp3`),
      ani,
      callerName,
      receivedAt: new Date(deps.clock.now().getTime() - hoursAgo * 3_600_000),
    });
  }
}
