import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { oneLine } from './text.js';

/** The caller or the dialled address, as a phone system reported it and the core stores it. */
export interface CallerId {
  /**
   * E.164 for an outside number, valid or not, since the network reported it; the digits of an internal extension;
   * empty:
   * withheld, unknown, or an address without a number.
   */
  readonly number: string;
  /** As the phone system reported it; empty: none. */
  readonly name: string;
}

const longestId = 256;
const longestName = 120;
/** Up to this many digits without a prefix are an extension. */
const longestExtension = 7;

/**
 * Parse the caller's address as any phone system reports it: a number, a SIP, `tel:` or `client:` address, an
 * extension, `"Ann Lee" <1001>`, or one of the texts for an unknown caller. `country` (ISO 3166) is used for national
 * numbers; undefined: they are not recognised. A name given beside the number precedes a name within it.
 *
 * @example readCallerId('"Ann Lee" <sip:1001@pbx>', 'CA') // { number: '1001', name: 'Ann Lee' }
 */
export function readCallerId(told: string | undefined, country: string | undefined, name?: string): CallerId {
  const { address, display } = nameAndAddress(oneLine(told ?? '', longestId));
  const user = userOf(address);
  const number = numberIn(user, country);
  const names = [oneLine(name ?? '', longestId), display, number === '' && !hasNumber(user) ? user.text : ''];
  const shown = names.find((one) => one !== '' && !isWithheld(one) && !isNumberLike(one) && !schemes.test(one));
  return { number, name: oneLine(shown ?? '', longestName) };
}

/** Split `"Ann Lee" <1001>` and `Ann Lee <sip:1001@pbx>` into name and address. */
function nameAndAddress(text: string): { address: string; display: string } {
  const open = text.indexOf('<');
  if (open < 0 || !text.includes('>', open)) return { address: text, display: '' };
  const address = text.slice(open + 1, text.indexOf('>', open)).trim();
  const display = text
    .slice(0, open)
    .trim()
    .replace(/^"|"$/g, '')
    .replace(/\\(["\\])/g, '$1')
    .trim();
  return { address, display };
}

/** The user part of an address: the part before `@` without scheme, parameters and password. */
interface AddressUser {
  readonly text: string;
  /** The scheme says that this is no number: `client:anna`. */
  readonly isName: boolean;
}

const schemes = /^(sips?|tel|callto|client|user|whatsapp):/i;

function userOf(address: string): AddressUser {
  const scheme = schemes.exec(address)?.[1]?.toLowerCase();
  const rest = scheme === undefined ? address : address.slice(scheme.length + 1);
  const [before = ''] = rest.split('@');
  const [user = '', ...parameters] = before.split(';');
  const [plain = ''] = scheme === 'sip' || scheme === 'sips' ? user.split(':') : [user];
  const text = decoded(plain).trim();
  // RFC 3966: a local number may name the prefix that it lacks.
  const context = parameters.find((one) => /^phone-context=\+\d+$/i.test(one))?.split('=')[1];
  const whole = scheme === 'tel' && context !== undefined && !text.startsWith('+') ? `${context}${text}` : text;
  return { text: whole, isName: scheme === 'client' || scheme === 'user' };
}

function numberIn({ text, isName }: AddressUser, country: string | undefined): string {
  if (isName || text === '' || isWithheld(text) || !isNumberLike(text)) return '';
  const digits = text.replace(/\D/g, '');
  if (/^0*$/.test(digits)) return '';
  if (text.startsWith('+')) {
    // No network has numbers this short: a switch put the prefix before an extension.
    if (digits.length < longestExtension) return digits;
    return readIn(text, undefined)?.number ?? '';
  }
  if (digits.length < longestExtension) return digits;
  const national = country === undefined ? undefined : readIn(text, country);
  if (national?.isValid()) return national.number;
  if (digits.length <= longestExtension) return digits;
  const international = readIn(`+${digits.replace(/^00/, '')}`, undefined);
  if (international?.isValid()) return international.number;
  return national?.isPossible() ? national.number : digits.slice(0, 20);
}

const readIn = (text: string, country: string | undefined) =>
  parsePhoneNumberFromString(text, { defaultCountry: country as CountryCode, extract: false });

const hasNumber = ({ text }: AddressUser): boolean => isNumberLike(text) || isWithheld(text);

/** Digits with the punctuation of phone numbers, and perhaps an extension after them. */
const isNumberLike = (text: string): boolean =>
  /\d/.test(text) && /^\+?[\d\s().*#/-]+$/.test(text.replace(/\s{0,3}(?:ext\.?|x)\s{0,3}\d{1,10}$/i, ''));

/**
 * Texts that networks and switches send in place of a number: words in English and French, and English words keyed on a
 * telephone (266696687 is “anonymous”).
 */
function isWithheld(text: string): boolean {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  if (withheldKeys.test(plain)) return true;
  const words = plain.split(/[^\p{L}]+/u).filter((word) => word !== '' && !fillers.has(word));
  return plain !== '' && !/\d/.test(plain) && words.every((word) => withheldWords.has(word));
}

const withheldKeys = /^\+?(?:266696687|86282452253|7378742833|2562533)$/;

const withheldWords = new Set(
  `anonymous anonyme restricted restreint restreinte private prive privee unknown inconnu inconnue unavailable indisponible
  disponible withheld masque masquee cache cachee blocked bloque bloquee confidential confidentiel confidentielle
  secret secrete absent null none undefined invalid unidentified`.split(/\s+/),
);
const fillers = new Set(
  'number numero name nom caller appelant id call appel no not non the user party anonymized'.split(' '),
);

function decoded(text: string): string {
  try {
    return oneLine(decodeURIComponent(text), longestId);
  } catch {
    return text;
  }
}
