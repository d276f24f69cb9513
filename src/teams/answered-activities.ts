import { LRUCache } from 'lru-cache';
import type { PostedCard } from '../core/chat/exchange.js';

/** What a click was answered with, and whether that took the place of what was clicked. */
export interface Answered {
  readonly body: unknown;
  readonly replaces: boolean;
  /** The card in it is a notice's, as it was then. */
  readonly posted?: PostedCard | undefined;
}

/**
 * Teams sends an invoke again when the answer is late or lost: after 15 s with the same id, later under a new one
 * (https://github.com/microsoft/botbuilder-dotnet/issues/5005). Whoever asks again gets the first answer. A second
 * click under a new id is no repeat, unless what was clicked is gone: replaced by the first answer.
 */
export function rememberAnswers() {
  const byRequest = new LRUCache<string, Promise<Answered>>({ max: 5_000, ttl: 120_000 });
  const byDrawing = new LRUCache<string, Promise<Answered>>({ max: 5_000, ttl: 120_000 });

  /** `drawing` names what was clicked and how; undefined where nobody can tell. */
  return async (requestId: string, drawing: string | undefined, answer: () => Promise<Answered>): Promise<Answered> => {
    const known = byRequest.get(requestId) ?? (drawing === undefined ? undefined : byDrawing.get(drawing));
    if (known) return known;

    const first = answer();
    byRequest.set(requestId, first);
    if (drawing !== undefined) byDrawing.set(drawing, first);
    try {
      const answered = await first;
      if (drawing !== undefined && !answered.replaces) byDrawing.delete(drawing);
      return answered;
    } catch (error) {
      byRequest.delete(requestId);
      if (drawing !== undefined) byDrawing.delete(drawing);
      throw error;
    }
  };
}
