import { type Change, change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';
import { raiseNoticeFor } from '../../notices/notice.js';
import { findAdmins } from '../../people/index.js';
import {
  type BoxUse,
  deleteOldWarnings,
  findBoxesToWarn,
  findBoxUse,
  insertWarning,
  setFull,
} from './box-warnings.store.js';
import { nearlyFull } from './full-boxes.store.js';
import { boxReaders } from './tell-readers.js';

/*
 * A full mailbox takes no message from a call that we answer, whose caller is told so. Whatever a phone system or a mail
 * hands over is stored all the same: nobody could tell its caller any more, and nothing is dropped silently.
 */

/** Return whether there is no more room in a mailbox. */
export const isBoxFull = async ({ db }: Pick<Deps, 'db'>, tenantId: TenantId, userId: UserId): Promise<boolean> =>
  isFull(await findBoxUse(db, tenantId, userId));

/** Return how much of a person’s own mailbox is used, to show it to them. */
export const boxUse = ({ db }: Pick<Deps, 'db'>, tenantId: TenantId, userId: UserId): Promise<BoxUse> =>
  findBoxUse(db, tenantId, userId);

const isFull = ({ usedSeconds, mostSeconds }: BoxUse): boolean => usedSeconds >= mostSeconds;

/** Warn of each mailbox that has become nearly full or full. Called by the task `voicemail.boxes`; idempotent. */
export async function warnOfFullBoxes(deps: Deps): Promise<void> {
  await deleteOldWarnings(deps.db);
  for (const { tenantId, userId } of await findBoxesToWarn(deps.db))
    await change(deps, installationActor(tenantId, 'job'), (change) => warnOfBox(change, userId));
}

/**
 * Inside a change: tell who works on the mailbox that it is nearly full, and them and the admins when it is full. Once
 * each, until there is room again.
 */
export async function warnOfBox(change: Change, ownerId: UserId): Promise<void> {
  const use = await findBoxUse(change.db, change.tenantId, ownerId);
  if (use.usedSeconds < nearlyFull * use.mostSeconds) return;
  const newId = await insertWarning(change, ownerId);
  const fullId = isFull(use) ? await setFull(change, ownerId) : undefined;
  const subjectId = fullId ?? newId;
  if (subjectId === undefined) return;
  const readers = await boxReaders(change, ownerId);
  const admins = fullId === undefined ? [] : await findAdmins(change.db, change.tenantId);
  const kind = fullId === undefined ? 'voicemail.box-nearly-full' : 'voicemail.box-full';
  for (const userId of new Set([...readers, ...admins])) await raiseNoticeFor(change, { kind, subjectId, userId });
  const event = fullId === undefined ? 'mailbox.nearly-full' : 'mailbox.full';
  change.record({ event, subjectId: ownerId, after: { seconds: Math.round(use.usedSeconds), most: use.mostSeconds } });
}
