import { z } from 'zod';

const id = z.uuid();

/**
 * Every kind of work that happens later, with its payload: ids only, because the row is the truth
 * and the job a nudge. `jobs/` has one file a task, named as here.
 */
export const taskPayloads = {
  /** Bring a notice's card, or its newest state, to every address. */
  'notice.post': z.object({ noticeId: id }),
  /** Fetch a message that the voice provider recorded. */
  'voicemail.fetch': z.object({ awaitedId: id }),
  /** Bring the audio that its cards still lack, or take away what no longer belongs there. */
  'notice.audio': z.object({ noticeId: id }),
  /** A message may have been overwritten with the card of this version. */
  'notice.rewrite': z.object({ noticeId: id, version: z.number().int() }),
  /** Answers whoever was promised an answer by a process that is gone. */
  'requests.finish': z.object({}),
  'voicemail.forward': z.object({ forwardId: id }),
  'voicemail.export': z.object({ exportId: id }),
  /** The undo is over: audio and transcript go. */
  'voicemail.purge': z.object({ voicemailId: id }),
  'impersonation.end': z.object({ sessionId: id }),
  /** Read who is in a workspace; `listId` is the workspace's row. */
  'members.refresh': z.object({ listId: id }),
  /** Look at one of them, of whom an event spoke. */
  'members.look': z.object({ memberId: id }),
  /** Make users of the members an admin chose. */
  'members.bring-in': z.object({ bringInId: id }),
  /** Compare stored files with the rows that name them, where that is due. */
  'recordings.sweep': z.object({}),
  /** Finds rows that waited too long and nudges them again. */
  sweep: z.object({}),
} as const;

export type TaskName = keyof typeof taskPayloads;

/** One piece of work: its name, its ids, and how long to wait before it. */
export type Task = {
  [Name in TaskName]: {
    readonly name: Name;
    readonly payload: z.infer<(typeof taskPayloads)[Name]>;
    readonly delaySeconds?: number;
  };
}[TaskName];

export interface Tasks {
  /**
   * Resolves once the queue has them; rejects within seconds when the queue is away. With `once` a task that already
   * waits for the same rows is not added a second time. `requestId`: which request asks (`core/for-request`).
   */
  add(tasks: readonly Task[], options?: { readonly once?: boolean; readonly requestId?: string }): Promise<void>;
}
