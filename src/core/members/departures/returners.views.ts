import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Block, Card } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { type NameOf, type PageOf, paging } from '../member-cards.views.js';
import { membersActions } from '../members.action-ids.js';
import type { Returner } from '../members.types.js';

/**
 * Return the card of people who are back without access, each with a button to give it back, and one to leave it so.
 */
export function returnersCard(reader: Reader, nameOf: NameOf, listed: PageOf<Returner>): Card {
  const words = wordsIn(reader.locale).members;
  const line = words.backLine(listed.total);
  return {
    title: words.backTitle,
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      ...listed.people.flatMap(({ memberId, displayName, title, platform, since }): Block[] => [
        { kind: 'divider' },
        {
          kind: 'text',
          text: [displayName, title, words.backSince(nameOf(platform), formatMoment(reader, since))]
            .filter((part) => part !== '')
            .join(' · '),
        },
        {
          kind: 'buttons',
          buttons: [
            {
              kind: 'action',
              action: membersActions.welcomeBack,
              label: words.giveBack,
              carries: { member: memberId, page: String(listed.page) },
            },
            {
              kind: 'action',
              action: membersActions.leaveOut,
              label: words.leaveOut,
              carries: { member: memberId, page: String(listed.page) },
            },
          ],
        },
      ]),
      ...paging(words, membersActions.back, {}, listed, []),
    ],
  };
}
