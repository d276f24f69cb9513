import type { Reader } from '../../chat/phrasing.js';
import type { Card } from '../../chat/view.js';
import type { Deps } from '../../deps.js';
import type { UserId } from '../../ids.js';
import { defineNotice, waitsAsNews } from '../../notices/define-notice.js';
import { findWarning } from '../mailbox/box-warnings.store.js';
import { findAnnounced } from './expire-voicemails.store.js';
import { boxFullCard, boxNearlyFullCard, expiringCard } from './retention.views.js';

declare module '../../notices/notice-kind.js' {
  interface NoticeKinds {
    'voicemail.expiring': true;
    'voicemail.box-nearly-full': true;
    'voicemail.box-full': true;
  }
}

/** To who works on a mailbox: how many unheard messages are deleted soon, and when. */
export const voicemailExpiring = defineNotice({
  kind: 'voicemail.expiring',
  waits: waitsAsNews,
  async card(deps, { subjectId, userId }, reader) {
    const announced = await findAnnounced(deps.db, subjectId);
    return announced && expiringCard(reader, { ...announced, ...mailboxFor(userId, announced) }, messagesUrl(deps));
  },
});

/** To who works on a mailbox: it is nearly full. */
export const boxNearlyFull = defineNotice({
  kind: 'voicemail.box-nearly-full',
  waits: waitsAsNews,
  card: (deps, notice, reader) => boxCard(deps, notice, reader, boxNearlyFullCard),
});

/** To who works on a mailbox, and to admins: it is full. */
export const boxFull = defineNotice({
  kind: 'voicemail.box-full',
  card: (deps, notice, reader) => boxCard(deps, notice, reader, boxFullCard),
});

async function boxCard(
  deps: Deps,
  { subjectId, userId }: { readonly subjectId: string; readonly userId: UserId },
  reader: Reader,
  cardOf: typeof boxFullCard,
): Promise<Card | undefined> {
  const warning = await findWarning(deps.db, subjectId);
  return warning && cardOf(reader, { ...warning, ...mailboxFor(userId, warning) }, messagesUrl(deps));
}

const mailboxFor = (userId: UserId, { ownerId, mailbox }: { readonly ownerId: UserId; readonly mailbox: string }) => ({
  mailbox: ownerId === userId ? undefined : mailbox,
});

const messagesUrl = ({ publicUrl }: Deps): string => `${publicUrl}/messages`;
