import { defineNotice, definitionOf, type NoticeDefinitions } from '../notices/define-notice.js';
import { findSummarized } from '../notices/held-notices.js';
import { digestOf } from './digest.js';
import { findDigest } from './digest.store.js';
import { digestCard, mostLines, waitedCard } from './digest.views.js';

declare module '../notices/notice-kind.js' {
  interface NoticeKinds {
    digest: true;
    'notices.waited': true;
  }
}

/** To a person who wants a digest: what is new, still open, and missed. */
export const digestNotice = defineNotice({
  kind: 'digest',
  places: 'digest',
  unsubscribes: 'digest',
  async card(deps, { subjectId, userId }, reader) {
    const period = await findDigest(deps.db, subjectId);
    return period && digestCard(reader, await digestOf(deps, { ...period, userId }), deps.publicUrl);
  },
});

/** After quiet hours in which many notices came: one card for all; `definitions` are the kinds that may have waited. */
export const waitedNotice = (definitions: Omit<NoticeDefinitions, 'notices.waited'>) =>
  defineNotice({
    kind: 'notices.waited',
    notAtHome: true,
    places: 'messages',
    async card(deps, { subjectId, userId }, reader) {
      const { total, notices } = await findSummarized(deps.db, subjectId, mostLines);
      const lines: string[] = [];
      for (const { kind, subjectId } of notices) {
        const card = await definitionOf(definitions, kind)?.card(deps, { subjectId, userId }, reader);
        if (card) lines.push(card.summary);
      }
      return total > 0 ? waitedCard(reader, { total, lines }, deps.publicUrl) : undefined;
    },
  });
