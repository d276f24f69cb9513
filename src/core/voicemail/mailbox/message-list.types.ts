import type { VoicemailId } from '../../ids.js';
import type { ClaimState } from './claim-state.js';
import type { Reach } from './mailbox-member.js';

/** A query for a user's mailboxes; by default everything that is not deleted, newest first. */
export interface MessagesQuery {
  /** Counts from 1; a number beyond the last page is the last page. */
  readonly page?: number;
  /** At most 100. */
  readonly pageSize?: number;
  readonly sort?: MessagesSort;
  readonly direction?: 'ascending' | 'descending';
  /** Part of the transcript, of the caller's name or of their number. */
  readonly search?: string;
  /** Part of the caller's name or number. */
  readonly caller?: string;
  readonly heard?: boolean;
  readonly handled?: boolean;
  /** Forwarded by a colleague, or not. */
  readonly forwarded?: boolean;
  /** Only deleted messages that can still be restored. */
  readonly deleted?: boolean;
}

/** The columns by which a list of messages can be sorted. */
export type MessagesSort = 'received' | 'caller' | 'length' | 'heard' | 'handled' | 'forwarded';

/** Why a message came without a notice: nothing is to be heard in it, or its caller is blocked. */
export const mutedReasons = ['silence', 'blocked'] as const;
type MutedWhy = (typeof mutedReasons)[number];

/** A message in a list. */
export interface Message {
  readonly id: VoicemailId;
  /** Empty: unknown. */
  readonly callerName: string;
  /** E.164 if known; empty: withheld. */
  readonly ani: string;
  readonly receivedAt: Date;
  readonly durationSeconds: number;
  /** The caller marked it as urgent. */
  readonly urgent: boolean;
  /** Why nobody was told of it; undefined: people were. */
  readonly mutedWhy: MutedWhy | undefined;
  readonly transcript: string | undefined;
  readonly heardAt: Date | undefined;
  readonly handledAt: Date | undefined;
  /** The colleague's name. */
  readonly forwardedBy: string | undefined;
  readonly deletedAt: Date | undefined;
  readonly purgeAt: Date | undefined;
  /** The owner of the mailbox; undefined: the viewer. */
  readonly mailbox: string | undefined;
  /** Undefined: the mailbox has no members. */
  readonly shared:
    | { readonly reach: Reach; readonly claim: ClaimState; readonly claimedBy: string | undefined }
    | undefined;
}

/** A page of a mailbox. */
export interface MessagesPage {
  readonly messages: readonly Message[];
  readonly page: number;
  /** At least 1. */
  readonly pages: number;
  /** The number of messages that match the query. */
  readonly total: number;
  /** The number of unheard messages in the mailbox, regardless of the query. */
  readonly unheard: number;
}
