import type { UserId } from '../ids.js';
import { isDeskExtension, mayBeDialled } from '../phone-number.js';
import { agentNumber, isNumberTemplate, numberByTemplate } from './agent-number.js';
import type { Reason } from './decision-reason.js';
import type { RoutingCompany, RoutingPerson } from './routing-rows.js';
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
  else ringAgentPhone(walk, person, agentId, hop);
}

function ringAgentPhone(walk: Walk, person: RoutingPerson, agentId: string, hop: number): void {
  const { because, rows } = walk;
  const { id } = person;
  const { agentSipTemplate: template } = rows.company;
  const confirm = hop > 0 ? { confirm: true } : {};
  if (!isNumberTemplate(template)) {
    addStep(
      walk,
      person,
      { kind: 'agent', agentId, ...confirm },
      { kind: 'ringsAgent', person: id },
      { hop, userId: id },
    );
    return;
  }
  const e164 = agentNumber(template, agentId, rows.company);
  if (e164 === undefined)
    because.push({ kind: 'agentNumberRefused', person: id, number: numberByTemplate(template, agentId) });
  else if (person.agentNumberComesBack) because.push({ kind: 'agentNumberComesBack', person: id });
  else {
    const reason: Reason = { kind: 'ringsAgentNumber', person: id, number: e164 };
    addStep(walk, person, { kind: 'agent', agentId, e164, ...confirm }, reason, { hop, userId: id });
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
  const { id, personalNumber } = person;
  const number = personalNumber && dialledNumber(personalNumber, rows.company);
  if (!number) because.push({ kind: 'noNumber', person: id });
  else if (person.numberComesBack) because.push({ kind: 'numberComesBack', person: id });
  else if (!mayBeDialled(number, rows.company)) because.push({ kind: 'numberRefused', person: id, number });
  else {
    const reason: Reason = { kind: 'ringsNumber', person: id, number };
    addStep(walk, person, { kind: 'number', e164: number, confirm: hop > 0 }, reason, { hop, userId: id });
  }
}

/** A desk phone is known to the same switch as the agents: where these have numbers, it has one too. */
const dialledNumber = (number: string, { agentSipTemplate: template }: RoutingCompany): string =>
  isDeskExtension(number) && isNumberTemplate(template) ? numberByTemplate(template, number) : number;
