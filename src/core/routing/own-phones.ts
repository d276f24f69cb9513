import type { UserId } from '../ids.js';
import { mayBeDialled } from '../phone-number.js';
import type { Reason } from './decision-reason.js';
import type { DialTarget } from './path.js';
import type { RoutingPerson } from './routing-rows.js';
import { addStep, type Walk } from './walk.js';

/** Ring the person’s own phones, by their type (PRODUCT.md §2, step 2). */
export function ringOwnPhones(walk: Walk, person: RoutingPerson, hop: number): void {
  if (hasAgentPhone(person)) ringAgent(walk, person, hop);
  if (person.userType === 'business' || person.userType === 'rollover') ringNumber(walk, person, hop);
}

const hasAgentPhone = ({ userType }: RoutingPerson): boolean => userType === 'agent' || userType === 'rollover';

function ringAgent(walk: Walk, person: RoutingPerson, hop: number): void {
  const { because } = walk;
  const { id, agentId } = person;
  const state = presenceAt(walk, id);
  if (!agentId) because.push({ kind: 'noAgentId', person: id });
  else if (state === 'stale') because.push({ kind: 'presenceStale', person: id });
  else if (state === 'signed-out') because.push({ kind: 'agentSignedOut', person: id });
  else if (state === 'busy') because.push({ kind: 'agentBusy', person: id });
  else {
    const target: DialTarget = { kind: 'agent', agentId, ...(hop > 0 ? { confirm: true } : {}) };
    addStep(walk, person, target, { kind: 'ringsAgent', person: id }, { hop, userId: id });
  }
}

/** `stale`: what was heard too long ago counts as signed out. */
function presenceAt({ rows: { presence, company }, at }: Pick<Walk, 'rows' | 'at'>, id: UserId): string {
  if (presence === 'everybody-available') return 'available';
  const known = presence.get(id);
  if (!known) return 'signed-out';
  const isStale = at.getTime() - known.since.getTime() > company.stalePresenceMinutes * 60_000;
  return isStale && known.state !== 'signed-out' ? 'stale' : known.state;
}

/** Is the person an agent who is on a contact? */
export const isBusyAgent = (walk: Pick<Walk, 'rows' | 'at'>, person: RoutingPerson): boolean =>
  hasAgentPhone(person) && person.agentId !== null && presenceAt(walk, person.id) === 'busy';

/** Is the person an agent who is not signed in, or was last heard of too long ago? */
export const isSignedOutAgent = (walk: Pick<Walk, 'rows' | 'at'>, person: RoutingPerson): boolean =>
  hasAgentPhone(person) && ['signed-out', 'stale'].includes(presenceAt(walk, person.id));

function ringNumber(walk: Walk, person: RoutingPerson, hop: number): void {
  const { because, rows } = walk;
  const { id, personalNumber: number } = person;
  if (!number) because.push({ kind: 'noNumber', person: id });
  else if (person.numberComesBack) because.push({ kind: 'numberComesBack', person: id });
  else if (!mayBeDialled(number, rows.company)) because.push({ kind: 'numberRefused', person: id, number });
  else {
    const reason: Reason = { kind: 'ringsNumber', person: id, number };
    addStep(walk, person, { kind: 'number', e164: number, confirm: hop > 0 }, reason, { hop, userId: id });
  }
}
