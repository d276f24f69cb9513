import { IANAZone } from 'luxon';
import { z } from 'zod';
import { firstCharacters, oneLine } from '../../text.js';
import type { ListedMember } from '../ports.js';

/**
 * The states of a member in the mirror: `awaited` is known from an event only; `outside` is a guest, or a bot by now.
 */
export const memberStatuses = ['awaited', 'present', 'outside', 'left'] as const;
/** The state of a member in the mirror. */
export type MemberStatus = (typeof memberStatuses)[number];

/** The facts of a member in the mirror; texts are clean, short and never undefined. */
export interface MemberFacts {
  readonly accountId: string;
  readonly status: Exclude<MemberStatus, 'awaited'>;
  readonly displayName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly email: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
}

const statusOf = { member: 'present', outside: 'outside', left: 'left' } as const;
const Email = z.email().max(254);

/** Parse a platform's facts of a member: people choose these words, so nothing about them is trusted. */
export function memberFacts(listed: ListedMember): MemberFacts {
  const named = nameOf(listed);
  const email = Email.safeParse(clean(listed.email, 300).toLowerCase());
  const zone = clean(listed.timeZone, 64);
  return {
    accountId: listed.accountId,
    status: statusOf[listed.is],
    displayName: clean(listed.displayName, 160) || `${named.firstName} ${named.lastName}`.trim() || listed.accountId,
    ...named,
    title: clean(listed.title, 120),
    email: email.success ? email.data : null,
    locale: clean(listed.locale, 20) || null,
    timeZone: zone !== '' && IANAZone.isValidZone(zone) ? zone : null,
  };
}

/**
 * First and last name: from the platform, otherwise from the displayed name, otherwise from the address. Never empty.
 */
function nameOf(listed: ListedMember): { readonly firstName: string; readonly lastName: string } {
  const firstName = clean(listed.firstName, 80);
  const lastName = clean(listed.lastName, 80);
  if (firstName !== '' && lastName !== '') return { firstName, lastName };
  const shown = split(clean(listed.displayName, 160));
  if (shown.firstName !== '') return shown;
  if (firstName !== '' || lastName !== '') return { firstName: firstName || lastName, lastName: '' };
  const local = (listed.email ?? '').split('@')[0] ?? '';
  const spelled = split(
    clean(local, 80)
      .split(/[._-]+/)
      .filter((part) => /\p{L}/u.test(part))
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join(' '),
  );
  if (spelled.firstName !== '') return spelled;
  return {
    firstName: clean(listed.displayName, 80) || clean(local, 80) || firstCharacters(listed.accountId, 80),
    lastName: '',
  };
}

/** After a comma these are no first names; without dots and spaces, in lower case. */
const titles = new Set(
  'cpa ca cma cga cfa phd md do rn dds dmd dvm jd llb llm esq mba msc bsc ing ingjr peng eng meng beng pmp arch jr sr ii iii iv'.split(
    ' ',
  ),
);
const isTitle = (text: string): boolean => titles.has(text.replace(/[.\s]/g, '').toLowerCase());

/** These belong to the name that follows. */
const particles = /^(de|del|della|der|den|di|da|du|des|le|la|van|von|vom|zu|ten|ter|el|al|bin|ibn|ben|st\.?|saint)$/i;

/** `Ana García`, `García, Ana`, `Ana García, P.Eng.`, `Ludwig van Beethoven (Music)`. */
function split(shown: string): { readonly firstName: string; readonly lastName: string } {
  const [whole = '', ...parts] = (shown.split(/[([{|]/)[0] ?? '').split(',').map((part) => part.trim());
  const [last, first = '', ...more] = [whole, ...parts.filter((part) => part !== '' && !isTitle(part))];
  const name = [last, first, ...more].filter((part) => part !== '').join(', ');
  if (first !== '' && more.length === 0)
    return { firstName: firstCharacters(first, 80), lastName: firstCharacters(last, 80) };

  const words = name.split(' ').filter((word) => word !== '');
  let at = Math.max(1, words.length - 1);
  while (at > 1 && particles.test(words[at - 1] ?? '')) at -= 1;
  return {
    firstName: firstCharacters(words.slice(0, at).join(' '), 80),
    lastName: firstCharacters(words.slice(at).join(' '), 80),
  };
}

const clean = (text: string | undefined, most: number): string => oneLine(text ?? '', most);
