import { createHash, randomInt } from 'node:crypto';
import { change } from '../change.js';
import { type Actor, installationActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { insertWorkspace } from './linking.store.js';
import { findCode, insertCode, takeCode } from './workspace-code.store.js';

/** Long enough to switch to the other chat, short enough that a code in a chat history is worthless. */
export const codeMinutes = 15;

/** Without letters and digits that look alike. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const groups = 4;
const groupLength = 4;

/** `connect ABCD-EFGH-JKLM-NPQR`, or the French word, as a person types it. */
const typedCode = /^\s*(?:connect|relier)\s+((?:[a-z\d]{4}[-\s]?){3}[a-z\d]{4})\s*$/i;

/** Return the typed code, or undefined if the text is no code. */
export function codeIn(typed: string): string | undefined {
  if (typed.length > 100) return undefined;
  return typedCode.exec(typed)?.[1]?.replace(/[-\s]/g, '').toUpperCase();
}

/**
 * Create a code with which a person in an unknown workspace makes it this company's: valid once, for 15 minutes. Only
 * its hash is stored. 80 bits: it cannot be guessed in that time.
 */
export async function makeCode(deps: Deps, actor: Actor): Promise<string> {
  const letter = () => alphabet[randomInt(alphabet.length)];
  const group = () => Array.from({ length: groupLength }, letter).join('');
  const code = Array.from({ length: groups }, group).join('-');
  await change(deps, actor, async (change) => {
    const expiresAt = new Date(change.now.getTime() + codeMinutes * 60_000);
    await insertCode(change, { hash: hashOf(code.replaceAll('-', '')), expiresAt });
  });
  return code;
}

/**
 * Make the workspace belong to the code's company. Undefined: there is no such code, or it was used or has expired, or the
 * workspace became a company's at the same moment.
 */
export async function redeemCode(
  deps: Deps,
  code: string,
  workspace: { readonly platform: string; readonly externalWorkspaceId: string },
): Promise<TenantId | undefined> {
  const found = await findCode(deps.db, hashOf(code));
  if (!found) return undefined;
  try {
    return await change(deps, installationActor(found.tenantId, 'chat'), async (change) => {
      if (!(await takeCode(change, found.id))) return undefined;
      // The code stays unused then.
      if (!(await insertWorkspace(change, workspace.platform, workspace.externalWorkspaceId)))
        throw new WorkspaceTaken();
      return found.tenantId;
    });
  } catch (error) {
    if (error instanceof WorkspaceTaken) return undefined;
    throw error;
  }
}

/** Somebody connected the workspace at the same moment. */
class WorkspaceTaken extends Error {}

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
