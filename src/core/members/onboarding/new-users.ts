import type { Change } from '../../change.js';
import type { NewPerson } from '../../people/add-people.js';
import { firstCharacters } from '../../text.js';
import type { SelectedMember } from './bring-in.store.js';
import { findDefaults, findTakenEmails, findTakenUsernames } from './new-users.store.js';

/**
 * Return the users to create: members whose address no user has, once each, since a person may be in two workspaces.
 */
export async function newUsersOf(change: Change, wanted: readonly SelectedMember[]): Promise<readonly NewPerson[]> {
  const byEmail = new Map<string, SelectedMember>();
  for (const one of wanted) if (one.email !== '' && !byEmail.has(one.email)) byEmail.set(one.email, one);
  for (const taken of await findTakenEmails(change, [...byEmail.keys()])) byEmail.delete(taken);

  const usernames = await usernamesFor(change, [...byEmail.keys()]);
  const company = await findDefaults(change);
  return [...byEmail].map(([email, { firstName, lastName, title, locale, timeZone }]) => {
    const language = languageOf(locale);
    return {
      ...{ email, firstName, lastName, title },
      username: usernames.get(email) ?? email,
      language: language === company.language ? null : language,
      timeZone: timeZone === company.timeZone ? null : timeZone,
    };
  });
}

/**
 * Choose for each address a free username, different from all others. Candidates are looked up, some at a time, because
 * a pattern for numbered names would have to read the whole company.
 */
async function usernamesFor(change: Change, emails: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const chosen = new Map<string, string>();
  const given = new Set<string>();
  for (let round = 0; chosen.size < emails.length; round += 1) {
    const open = emails.filter((email) => !chosen.has(email));
    const taken = await findTakenUsernames(
      change,
      open.flatMap((email) => candidates(email, round)),
    );
    for (const email of open) {
      const username = candidates(email, round).find((name) => !taken.has(name) && !given.has(name));
      if (username === undefined) continue;
      chosen.set(email, username);
      given.add(username);
    }
  }
  return chosen;
}

const numbersARound = 50;

/** The local part of the address or all of it, and if both are taken, the local part with a number. */
function candidates(email: string, round: number): readonly string[] {
  const allowed = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}._@+-]/gu, '');
  const local = allowed(email.split('@')[0] ?? '') || 'user';
  if (round === 0) return [local, allowed(email)];
  const first = 2 + (round - 1) * numbersARound;
  return Array.from({ length: numbersARound }, (_, at) => `${firstCharacters(local, 240)}${first + at}`);
}

/** The product's languages; for any other, the company's. */
function languageOf(locale: string | null): 'en' | 'fr' | null {
  const language = locale?.slice(0, 2).toLowerCase();
  return language === 'en' || language === 'fr' ? language : null;
}
