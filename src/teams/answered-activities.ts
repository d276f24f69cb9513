import { LRUCache } from 'lru-cache';
import type { PostedCard } from '../core/chat/exchange.js';

/** The answer to a click, and whether it replaced the clicked card. */
export interface AnsweredActivity {
  readonly body: unknown;
  readonly replaces: boolean;
  /** The notice whose card the answer holds, in the version it was rendered from. */
  readonly posted?: PostedCard | undefined;
}

/**
 * Return a function that answers a repeated invoke with the first answer. Teams sends an invoke again when the answer
 * is late or lost: after 15 s with the same id, later under a new one
 * (https://github.com/microsoft/botbuilder-dotnet/issues/5005). A second click under a new id is not a repeat, unless
 * the clicked card is gone because the first answer replaced it.
 */
export function rememberAnswers() {
  const byRequest = new LRUCache<string, Promise<AnsweredActivity>>({ max: 5_000, ttl: 120_000 });
  const byDrawing = new LRUCache<string, Promise<AnsweredActivity>>({ max: 5_000, ttl: 120_000 });

  /** `drawing` identifies the rendered card and the action; undefined where they are unknown. */
  return async (
    requestId: string,
    drawing: string | undefined,
    answer: () => Promise<AnsweredActivity>,
  ): Promise<AnsweredActivity> => {
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
