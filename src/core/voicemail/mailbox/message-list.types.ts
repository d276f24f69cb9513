import type { VoicemailId } from '../../ids.js';
import type { ClaimState } from './claim-state.js';
import type { Reach } from './mailbox-member.js';

/** What to list of a mailbox; everything that is not deleted, newest first, unless it says otherwise. */
export interface MessagesQuery {
  /** Counts from 1; beyond the last it is the last. */
  readonly page?: number;
  /** At most 100. */
  readonly pageSize?: number;
  readonly sort?: MessagesSort;
  readonly direction?: 'ascending' | 'descending';
  /** Part of what was said, of the caller's name or of their number. */
  readonly search?: string;
  /** Part of the caller's name or number. */
  readonly caller?: string;
  readonly heard?: boolean;
  readonly handled?: boolean;
  /** Forwarded by a colleague, or not. */
  readonly forwarded?: boolean;
  /** Those that can still be had back. */
  readonly deleted?: boolean;
}

export type MessagesSort = 'received' | 'caller' | 'length' | 'heard' | 'handled' | 'forwarded';

export interface Message {
  readonly id: VoicemailId;
  /** Empty: not known. */
  readonly callerName: string;
  /** E.164 where known; empty: withheld. */
  readonly ani: string;
  readonly receivedAt: Date;
  readonly durationSeconds: number;
  readonly transcript: string | undefined;
  readonly heardAt: Date | undefined;
  readonly handledAt: Date | undefined;
  /** Their name. */
  readonly forwardedBy: string | undefined;
  readonly deletedAt: Date | undefined;
  readonly purgeAt: Date | undefined;
  /** Whose mailbox it is in; undefined: the viewer's own. */
  readonly mailbox: string | undefined;
  /** Undefined: the viewer alone works on it. */
  readonly shared:
    | { readonly reach: Reach; readonly claim: ClaimState; readonly claimedBy: string | undefined }
    | undefined;
}

export interface MessagesPage {
  readonly messages: readonly Message[];
  readonly page: number;
  /** At least 1. */
  readonly pages: number;
  /** How many fit the query. */
  readonly total: number;
  /** How many of the mailbox nobody has heard, whatever the query. */
  readonly unheard: number;
}
