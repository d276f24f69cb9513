import type { Deps } from '../deps.js';
import { openSealedText, sealText } from '../sealed-text.js';
import { deleteCredential, findCredential, upsertCredential } from './workspace-credentials.store.js';

/** A chat workspace, by the platform's own id. */
export interface WorkspaceKey {
  readonly platform: string;
  readonly externalWorkspaceId: string;
}

type CredentialDeps = Pick<Deps, 'db' | 'clock' | 'secret'>;

/**
 * Keep the token that a workspace gave when it installed Attendant; it replaces an earlier one. The workspace belongs to
 * no company by that: a person there types a company's code (workspace-code).
 */
export const keepToken = (deps: CredentialDeps, workspace: WorkspaceKey, token: string): Promise<void> =>
  upsertCredential(deps.db, workspace, sealText(deps.secret, purposeOf(workspace), token), deps.clock.now());

/** Return the token of a workspace; undefined: it did not install Attendant, or ATTENDANT_SECRET was changed since. */
export async function tokenOfWorkspace(deps: CredentialDeps, workspace: WorkspaceKey): Promise<string | undefined> {
  const sealed = await findCredential(deps.db, workspace);
  return sealed === undefined ? undefined : openSealedText(deps.secret, purposeOf(workspace), sealed);
}

/** The platform's clock and ours may differ by this. */
const clockSeconds = 10;

/**
 * Delete the token that a workspace gave before `removedAt`. Returns whether it has none now: false if it gave another one
 * since. Idempotent.
 */
export const forgetToken = (deps: CredentialDeps, workspace: WorkspaceKey, removedAt: Date): Promise<boolean> =>
  deleteCredential(deps.db, workspace, new Date(removedAt.getTime() + clockSeconds * 1000));

const purposeOf = ({ platform, externalWorkspaceId }: WorkspaceKey): string =>
  `workspace token ${platform} ${externalWorkspaceId}`;
