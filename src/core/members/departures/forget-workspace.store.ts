import type { Change } from '../../change.js';

/** Delete the mirrored members of a workspace; the caller's audit line tells of the workspace. */
export async function deleteMembers(
  { db, tenantId }: Change,
  platform: string,
  externalWorkspaceId: string,
): Promise<void> {
  await db.member.deleteMany({ where: { tenantId, platform, externalWorkspaceId } });
  await db.memberPlace.deleteMany({ where: { tenantId, platform, externalWorkspaceId } });
}
