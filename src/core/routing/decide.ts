import { hasAccess } from '../people/person.js';
import { visit } from './backups.js';
import { type CallSoFar, newCall } from './call-so-far.js';
import { closureAt } from './closure/closure.types.js';
import type { Greeting, Reason } from './decision-reason.js';
import { isOpenAt, nextOpening } from './hours.js';
import { isSignedOutAgent, ringOwnPhones } from './own-phones.js';
import type { Path, PathEnd } from './path.js';
import type { RoutingPerson, RoutingRows } from './routing-rows.js';
import { awayAt, type Walk } from './walk.js';

/**
 * Decide where a call to `rows.asked` goes at the instant `at`: PRODUCT.md §2, "Route to a person". The only entry to
 * these rules; pure, so the live router, `explain`, the gap warning and the API cannot disagree.
 *
 * `soFar`: what has happened in the call. It never changes who is on the path; a busy line may add a wait, and a caller
 * who wants the mailbox, or is sent there, is led to the end.
 */
export function decide(rows: RoutingRows, at: Date, soFar: CallSoFar = newCall): Path {
  const asked = rows.people.get(rows.asked);
  if (!asked) throw new Error('the person asked for is not among the rows');
  const walk: Walk = {
    ...{ rows, at, soFar, steps: [], because: [], deadEnds: [] },
    ...{ seen: new Set([asked.id]), wait: undefined },
  };
  const away = awayAt(walk, asked);

  if (soFar.isBlocked) {
    const end = { kind: 'blocked', because: [{ kind: 'callerBlocked', person: asked.id }] } as const;
    return { asked, away, steps: [], wait: undefined, end, deadEnds: [] };
  }

  const closure = closureAt(rows.closure, at);
  if (closure) {
    walk.because.push({ kind: 'companyClosed', until: closure.until, note: closure.note });
    walk.deadEnds.push({ userId: asked.id, because: 'closed' });
  } else if (!hasAccess(asked)) {
    walk.because.push({ kind: 'noAccess', person: asked.id });
    ringOwnPhones(walk, asked, 0);
  } else if (goesToMailbox(walk, asked)) {
    walk.deadEnds.push({ userId: asked.id, because: 'no-number' });
  } else {
    visit(walk, asked, 0);
  }
  const { steps, wait, deadEnds } = walk;
  return { asked, away, steps, wait, end: endOf(walk, asked), deadEnds };
}

/**
 * Straight to the mailbox: because the caller wants to, or an agent sends them there. To an agent who is signed out only
 * where the setting `directVoicemailTransfer` allows it: else the call takes its usual way.
 */
function goesToMailbox(walk: Walk, asked: RoutingPerson): boolean {
  const { because, rows } = walk;
  const { toMailbox } = walk.soFar;
  if (toMailbox === undefined || rows.company.edition !== 'attendant_plus') return false;
  if (toMailbox === 'caller') {
    because.push({ kind: 'callerWantsMailbox', person: asked.id });
    return true;
  }
  const isAllowed = asked.directVoicemailTransfer || !isSignedOutAgent(walk, asked);
  because.push({ kind: isAllowed ? 'sentToMailbox' : 'notSentToMailbox', person: asked.id });
  return isAllowed;
}

function endOf({ rows, at, because, soFar }: Walk, asked: RoutingPerson): PathEnd {
  const person = asked.id;
  if (!hasAccess(asked)) return { kind: 'missed', because: [...because, { kind: 'endsMissedNoAccess', person }] };
  if (rows.company.edition !== 'attendant_plus')
    return { kind: 'missed', because: [...because, { kind: 'endsMissedNoPlus', person }] };
  const { greeting, outside } = greetingOf(rows, at, asked);
  const isStraight = soFar.toMailbox !== undefined || closureAt(rows.closure, at) !== undefined;
  const ends: Reason = { kind: isStraight ? 'leavesMessage' : 'endsInMailbox', person, greeting };
  const reasons = [...because, ...(outside ? [outside] : []), ends];
  return { kind: 'voicemail', greeting, opens: outside?.opens, because: reasons };
}

/** The greeting that fits (PRODUCT.md §2, step 4): out of office, else after hours, else unavailable. */
function greetingOf(
  rows: RoutingRows,
  at: Date,
  asked: RoutingPerson,
): { readonly greeting: Greeting; readonly outside?: Extract<Reason, { kind: 'outsideHours' }> } {
  if (awayAt({ rows, at }, asked)) return { greeting: 'out-of-office' };
  if (closureAt(rows.closure, at)) return { greeting: 'after-hours' };
  const { id: person, hours, timeZone } = asked;
  const week = { hours, timeZone, holidays: rows.holidays };
  if (isOpenAt(week, at)) return { greeting: 'unavailable' };
  return {
    greeting: 'after-hours',
    outside: { kind: 'outsideHours', person, opens: nextOpening(week, at), timeZone },
  };
}
