import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { isUuid, type TenantId, type UserId } from '../../ids.js';
import { findTenantVoicemails, type Position, type TenantVoicemail } from './api-voicemails.store.js';

/** A page of a company's voicemails; `next` is the cursor of the next page. */
export interface TenantVoicemails {
  readonly voicemails: readonly TenantVoicemail[];
  readonly next?: string;
}

const pageSize = 50;

/**
 * Return a page of the company's voicemails without their audio, newest first. Throws UserError (400) for a malformed
 * cursor.
 */
export async function listTenantVoicemails(
  { db }: Deps,
  tenantId: TenantId,
  asked: { readonly mailbox?: UserId; readonly heard?: boolean; readonly cursor?: string },
): Promise<TenantVoicemails> {
  const after = asked.cursor === undefined ? undefined : positionIn(asked.cursor);
  const found = await findTenantVoicemails(db, tenantId, { ...asked, ...(after ? { after } : {}) }, pageSize + 1);
  const voicemails = found.slice(0, pageSize);
  const last = voicemails.at(-1);
  return { voicemails, ...(last && found.length > pageSize ? { next: cursorAt(last) } : {}) };
}

const cursorAt = ({ receivedAt, id }: Position): string =>
  Buffer.from(`${receivedAt.toISOString()} ${id}`).toString('base64url');

function positionIn(cursor: string): Position {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const receivedAt = new Date(at);
  if (Number.isNaN(receivedAt.getTime()) || !isUuid(id)) throw new UserError((words) => words.voicemail.badCursor, 400);
  return { receivedAt, id };
}
