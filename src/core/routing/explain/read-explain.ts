import type { Mention } from '../../chat/exchange.js';
import type { Requester } from '../../chat/requester.js';
import { readMoment } from '../../dates/read-when.js';
import type { Deps } from '../../deps.js';
import { findPerson } from '../../directory/find-person.js';
import { typedPerson } from '../../directory/typed-person.js';
import { UserError } from '../../errors.js';
import type { UserId } from '../../ids.js';
import { isNumber } from '../../people/person-key.js';
import { readNumber } from '../../phone-number.js';
import { truncate } from '../../text.js';
import { findCompany } from '../load-rows.js';

/** The person or number that is asked about, and the time. */
export type Explained =
  | { readonly kind: 'person'; readonly userId: UserId; readonly at: Date }
  /** One of the company’s own numbers (E.164). */
  | { readonly kind: 'company'; readonly number: string; readonly at: Date };

/** No name and no time has more words together. */
const mostWords = 12;

/**
 * Read what stands after `explain`: a person or a number, and a time; each may be missing. Nobody says where a name ends, so
 * the longest end that is a time is the time, where the rest names somebody. Refuses (UserError) what is neither.
 */
export async function readExplained(
  deps: Deps,
  requester: Requester,
  { text, mentions }: { readonly text: string; readonly mentions: readonly Mention[] },
): Promise<Explained> {
  const { reader } = requester;
  const typed = text.trim();
  if (mentions.length > 0) {
    const person = await typedPerson(deps, requester, { text: '', mentions });
    return { kind: 'person', userId: person.id, at: momentIn(requester, typed) ?? reader.now };
  }
  if (typed === '') return { kind: 'person', userId: requester.user.id, at: reader.now };
  const at = isNumber(typed) ? undefined : momentIn(requester, typed);
  if (at) return { kind: 'person', userId: requester.user.id, at };
  return (await namedAndWhen(deps, requester, typed)) ?? refused(deps, requester, typed);
}

async function namedAndWhen(deps: Deps, requester: Requester, typed: string): Promise<Explained | undefined> {
  const who = typed.replace(/^@/, '');
  const words = isNumber(who) ? [] : who.split(/\s+/).slice(0, mostWords);
  for (let count = 1; count < words.length; count += 1) {
    const at = momentIn(requester, words.slice(count).join(' '));
    const found = at && (await named(deps, requester, words.slice(0, count).join(' ')));
    if (at && found) return { ...found, at };
  }
  const found = await named(deps, requester, who);
  return found && { ...found, at: requester.reader.now };
}

type Named =
  | { readonly kind: 'person'; readonly userId: UserId }
  | { readonly kind: 'company'; readonly number: string };

async function named(deps: Deps, { tenant }: Requester, who: string): Promise<Named | undefined> {
  const found = await findPerson(deps, tenant, { text: who });
  if (found.kind === 'person') return { kind: 'person', userId: found.person.id };
  const number = isNumber(who) ? readNumber(who, tenant.country) : undefined;
  if (number?.kind !== 'number') return undefined;
  const { mainNumbers } = await findCompany(deps.db, tenant.id);
  return mainNumbers.includes(number.e164) ? { kind: 'company', number: number.e164 } : undefined;
}

/** The words of whoever finds people say why it is nobody, or several. */
async function refused(deps: Deps, requester: Requester, typed: string): Promise<Explained> {
  if (isNumber(typed)) throw new UserError((words) => words.routing.noSuchNumber(truncate(typed, 40)), 404);
  const person = await typedPerson(deps, requester, { text: typed, mentions: [] });
  return { kind: 'person', userId: person.id, at: requester.reader.now };
}

/** The instant that a text says; undefined: it is none, or not all of it. */
function momentIn({ reader }: Requester, text: string): Date | undefined {
  if (text === '') return undefined;
  const { moment, unclear } = readMoment(text, undefined, reader, 'begin');
  return unclear.length === 0 ? moment : undefined;
}
