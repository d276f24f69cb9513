import type { VoicemailId } from '../../ids.js';
import type { ClaimState } from './claim-state.js';
import type { Reach } from './mailbox-member.js';

/** The columns by which a list of messages can be sorted. */
export const messagesSorts = ['received', 'caller', 'length', 'heard', 'handled', 'forwarded'] as const;
export type MessagesSort = (typeof messagesSorts)[number];

/** Which messages of the mailboxes are listed; by default everything that is not deleted. */
export interface MessagesFilter {
  /** The beginnings of words: of the transcript, of the caller's name; or any part of their number. */
  readonly search?: string;
  /** Part of the caller's name or number. */
  readonly caller?: string;
  /** Received at this instant or later. */
  readonly since?: Date;
  /** Received before this instant. */
  readonly until?: Date;
  /** At least this long. */
  readonly minSeconds?: number;
  /** Shorter than this. */
  readonly maxSeconds?: number;
  readonly heard?: boolean;
  readonly handled?: boolean;
  /** Forwarded by a colleague, or not. */
  readonly forwarded?: boolean;
  /** Only deleted messages that can still be restored. */
  readonly deleted?: boolean;
}

/**
 * A query for a page of a user's mailboxes; by default the newest messages. A page begins after a message, or ends before
 * one; if that message is none of theirs, or nothing lies beyond it, the query returns the first page.
 */
export interface MessagesQuery extends MessagesFilter {
  readonly after?: VoicemailId;
  readonly before?: VoicemailId;
  /** At most 100. */
  readonly pageSize?: number;
  readonly sort?: MessagesSort;
  readonly direction?: 'ascending' | 'descending';
}

/**
 * Why a message came without a notice: nothing is to be heard in it, its caller hung up within three seconds of the tone, or its
 * caller is blocked.
 */
export const mutedReasons = ['silence', 'hang-up', 'blocked'] as const;
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

/** What names a message to its reader. */
export interface MessageName {
  readonly id: string;
  readonly callerName: string;
  readonly ani: string;
  readonly receivedAt: Date;
  /** Null: nobody has handled it. */
  readonly handledBy: string | null;
}

/** A page of a mailbox. */
export interface MessagesPage {
  readonly messages: readonly Message[];
  /** There are messages before and after this page, in the order of the query. */
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
  /** The number of messages that match the query. */
  readonly total: number;
  /** The number of unheard messages in the mailbox, regardless of the query. */
  readonly unheard: number;
}
