import type { Words } from '../chat/words.js';
import type { UserId } from '../ids.js';
import type { Reason } from './decision-reason.js';
import type { RoutingRows } from './routing-rows.js';

/** All steps in words, in order. */
export const reasonLines = (
  rows: Pick<RoutingRows, 'people'>,
  reasons: readonly Reason[],
  words: Words['routing'],
): readonly string[] => reasons.map((reason) => reasonLine(rows, reason, words));

function reasonLine({ people }: Pick<RoutingRows, 'people'>, reason: Reason, words: Words['routing']): string {
  const nameOf = (id: UserId): string => people.get(id)?.name ?? '';
  switch (reason.kind) {
    case 'periodBackup':
    case 'defaultBackup':
      return words[reason.kind](nameOf(reason.person), nameOf(reason.backup));
    case 'periodNumber':
    case 'periodNumberRefused':
    case 'periodNumberComesBack':
    case 'ringsNumber':
    case 'numberRefused':
      return words[reason.kind](nameOf(reason.person), reason.number);
    case 'chainEnds':
      return words.chainEnds(reason.most);
    case 'endsInMailbox':
      return words.endsInMailbox(nameOf(reason.person), reason.greeting);
    default:
      return words[reason.kind](nameOf(reason.person));
  }
}
