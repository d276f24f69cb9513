import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { isUuid, type TenantId, type UserId } from '../../ids.js';
import { type DeliveryAttempt, findAttempts } from '../../notices/deliveries.js';
import {
  findTenantVoicemail,
  findTenantVoicemails,
  isTenantVoicemail,
  type Position,
  type TenantVoicemail,
} from './api-voicemails.store.js';

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

/** Return one voicemail without its audio. Throws UserError (404) if the company has none of this id, or it is deleted. */
export async function requireTenantVoicemail({ db }: Deps, tenantId: TenantId, id: string): Promise<TenantVoicemail> {
  const found = isUuid(id) ? await findTenantVoicemail(db, tenantId, id) : undefined;
  if (!found) throw noVoicemail();
  return found;
}

/** More attempts than this for one message are not listed. */
const mostAttempts = 1_000;

/**
 * Return every attempt to tell people of a voicemail, oldest first, also of a deleted one. Throws UserError (404) if the
 * company has none of this id.
 */
export async function listDeliveries(
  { db }: Deps,
  tenantId: TenantId,
  id: string,
): Promise<readonly DeliveryAttempt[]> {
  if (!isUuid(id) || !(await isTenantVoicemail(db, tenantId, id))) throw noVoicemail();
  return findAttempts(db, { tenantId, kind: 'voicemail.arrived', subjectId: id }, mostAttempts);
}

const noVoicemail = () => new UserError((words) => words.voicemail.noVoicemail, 404);

const cursorAt = ({ receivedAt, id }: Position): string =>
  Buffer.from(`${receivedAt.toISOString()} ${id}`).toString('base64url');

function positionIn(cursor: string): Position {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const receivedAt = new Date(at);
  if (Number.isNaN(receivedAt.getTime()) || !isUuid(id)) throw new UserError((words) => words.voicemail.badCursor, 400);
  return { receivedAt, id };
}
