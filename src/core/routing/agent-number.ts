import { getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { allowedCountriesOf, type DialingRules, mayBeDialled } from '../phone-number.js';

/*
 * Where agents take calls (setting `agentSipTemplate`): a SIP address, `sip:{agentId}@host`, or a phone number,
 * `+1514555{agentId}`. A desk phone is known to the same switch, so its extension stands in the agent's place.
 */

const placeholder = '{agentId}';

/** The template as it is stored: a SIP address, or a number without punctuation. Undefined: it is neither. */
export function readAgentTemplate(
  typed: string,
): { readonly kind: 'sip' | 'number'; readonly text: string } | undefined {
  if (typed.length > longestTemplate || !typed.includes(placeholder)) return undefined;
  if (/^sips?:[^\s<>"]+$/.test(typed)) return { kind: 'sip', text: typed };
  const text = typed.replace(/^tel:/i, '').replace(/[\s().-]/g, '');
  return numberTemplate.test(text) ? { kind: 'number', text } : undefined;
}

const longestTemplate = 255;
const numberTemplate = /^\+\d{0,14}\{agentId\}\d{0,14}$/;

/** Return whether agents take calls at phone numbers, by a template as it is stored. */
export const isNumberTemplate = (template: string): boolean => template.startsWith('+');

/** Return the number of this agent or extension, which may be none that can be dialled. */
export const numberByTemplate = (template: string, id: string): string => template.replace(placeholder, () => id);

/** Return the number at which this agent or extension is dialled by the company's present rules; undefined: there is none. */
export function agentNumber(template: string, id: string, rules: DialingRules): string | undefined {
  if (!/^\d{1,15}$/.test(id)) return undefined;
  const number = numberByTemplate(template, id);
  return mayBeDialled(number, rules) ? number : undefined;
}

/** Return whether some agent id makes a number that calls may go to: for a company that has no agents yet. */
export function canMakeNumber(template: string, rules: DialingRules): boolean {
  return allowedCountriesOf(rules).some((country) => {
    const digits = getExampleNumber(country as Parameters<typeof getExampleNumber>[0], examples)?.number.slice(1) ?? '';
    const ids = Array.from(digits, (_, at) => digits.slice(at));
    return ids.some((id) => agentNumber(template, id, rules) !== undefined);
  });
}
