import type { AccountKey } from '../core/chat/exchange.js';
import { requestLimits } from '../core/chat/read-request.js';

/** Escape text that Slack would read as markup: `<!channel>` is shown and notifies no person. */
export const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/**
 * Neither pattern matches `<` inside, which Slack sends as `&lt;`, so matching is linear however many open brackets
 * there are.
 */
const person = /<@([^<|>\s]+)(?:\|[^<>]*)?>/g;
/** `<#C1|general>`, `<tel:+14165550100|416 555-0100>`, `<https://a.example>`, `<!subteam^S1|@team>`. */
const reference = /<([#!]?)([^<|>]*)(?:\|([^<>]*))?>/g;

/**
 * Return the text as the person saw it when typing, without its mentions, and the ids of the people mentioned. The
 * app's own mention (`self`) does not count.
 */
export function typedText(
  raw: string,
  externalWorkspaceId: string,
  self?: string,
): { text: string; mentions: readonly AccountKey[] } {
  // Too long in any case: the core refuses it by its length.
  if (raw.length > 4 * requestLimits.command) return { text: raw.slice(0, requestLimits.command + 1), mentions: [] };
  const mentions = [...raw.matchAll(person)]
    .map(([, accountId = '']) => accountId)
    .filter((accountId) => accountId !== self)
    .map((accountId) => ({ platform: 'slack', externalWorkspaceId, accountId }));
  const shown = raw
    .replace(person, ' ')
    .replace(
      reference,
      (_, sign: string, target: string, label?: string) =>
        `${sign === '#' ? '#' : ''}${label || target.replace(/^(tel|mailto):/, '')}`,
    );
  return { text: unescaped(shown).replace(/\s+/g, ' ').trim(), mentions };
}
