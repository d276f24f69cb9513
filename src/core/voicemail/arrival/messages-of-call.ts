import type { Db, Transaction } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';
import { type CallOfMessages, existsIn, findLeft, findSeconds } from './messages-of-call.store.js';

/** Return whether a call left a message in this mailbox. A hang-up and muted silence are none. */
export const hasMessage = (db: Db | Transaction, call: CallOfMessages, mailbox: UserId): Promise<boolean> =>
  existsIn(db, call, mailbox);

/** Return whether a call left only hang-ups and muted silence, in any mailbox. False: it left a message, or nothing. */
export async function leftOnlyEmpty(db: Db, call: CallOfMessages): Promise<boolean> {
  const { message, empty } = await findLeft(db, call);
  return empty && !message;
}

/** Return the seconds of the message of this source, which is in a mailbox, deleted or not. Undefined: it is in none. */
export const secondsOfStored = (db: Db, tenantId: TenantId, sourceId: string): Promise<number | undefined> =>
  findSeconds(db, tenantId, sourceId);
