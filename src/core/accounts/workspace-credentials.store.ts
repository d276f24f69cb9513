import type { Db } from '../deps.js';

interface WorkspaceKey {
  readonly platform: string;
  readonly externalWorkspaceId: string;
}

/**
 * Insert or replace the sealed token of a workspace. It leaves no audit line, because a workspace that is being
 * installed belongs to no company yet; its adoption does.
 */
export async function upsertCredential(db: Db, workspace: WorkspaceKey, sealed: string, now: Date): Promise<void> {
  await db.workspaceCredential.upsert({
    where: { platform_externalId: keyOf(workspace) },
    create: { ...keyOf(workspace), sealed, createdAt: now, updatedAt: now },
    update: { sealed, updatedAt: now },
  });
}

/** Return the sealed token of a workspace; undefined: there is none. */
export async function findCredential(db: Db, workspace: WorkspaceKey): Promise<string | undefined> {
  return (await db.workspaceCredential.findUnique({ where: { platform_externalId: keyOf(workspace) } }))?.sealed;
}

/** Delete the sealed token of a workspace unless it was given after `until`; return whether there is none now. */
export async function deleteCredential(db: Db, workspace: WorkspaceKey, until: Date): Promise<boolean> {
  await db.workspaceCredential.deleteMany({ where: { ...keyOf(workspace), updatedAt: { lte: until } } });
  return (await findCredential(db, workspace)) === undefined;
}

const keyOf = ({ platform, externalWorkspaceId: externalId }: WorkspaceKey) => ({ platform, externalId });
