import { formatDuration, type Locale } from '../chat/phrasing.js';
import { spokenMoment } from '../chat/spoken-moment.js';
import { wordsIn } from '../chat/words.js';
import type { UserId } from '../ids.js';
import { formatNumber } from '../phone-number.js';
import type { Reason } from './decision-reason.js';
import type { RoutingRows } from './routing-rows.js';

/** All steps in words, in order. */
export const reasonLines = (
  rows: Pick<RoutingRows, 'people' | 'company'>,
  reasons: readonly Reason[],
  locale: Locale,
): readonly string[] => reasons.map((reason) => reasonLine(rows, reason, locale));

function reasonLine(
  { people, company }: Pick<RoutingRows, 'people' | 'company'>,
  reason: Reason,
  locale: Locale,
): string {
  const words = wordsIn(locale).routing;
  const said = (instant: Date, zone: string) => spokenMoment(instant, { zone, companyZone: company.timeZone }, locale);
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
    case 'ringsAgentNumber':
    case 'agentNumberRefused':
      return words[reason.kind](nameOf(reason.person), formatNumber(reason.number, company.country));
    case 'chainEnds':
      return words.chainEnds(reason.most);
    case 'mayWait':
    case 'mayWaitIfBusy':
      return words[reason.kind](nameOf(reason.person), formatDuration(reason.seconds));
    case 'companyClosed':
      return words.companyClosed(company.name, reason.until && said(reason.until, company.timeZone), reason.note);
    case 'outsideHours': {
      const opens = reason.opens && said(reason.opens, reason.timeZone);
      return words.outsideHours(nameOf(reason.person), opens);
    }
    case 'endsInMailbox':
    case 'leavesMessage':
      return words[reason.kind](nameOf(reason.person), reason.greeting);
    default:
      return words[reason.kind](nameOf(reason.person));
  }
}
