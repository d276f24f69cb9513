import type { AccountKey } from '../core/chat/exchange.js';
import { most } from '../core/chat/read-request.js';

/** Text as Slack would read it as markup, made harmless: `<!channel>` is shown and nobody is called. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Neither holds `<`, which Slack writes as `&lt;`: so no text is read twice, however many open brackets it has. */
const person = /<@([^<|>\s]+)(?:\|[^<>]*)?>/g;
/** `<#C1|general>`, `<tel:+14165550100|416 555-0100>`, `<https://a.example>`, `<!subteam^S1|@team>`. */
const reference = /<([#!]?)([^<|>]*)(?:\|([^<>]*))?>/g;

/**
 * What somebody typed, as they saw it, and the people they mentioned, who are taken out of the text.
 * The app's own mention (`self`) is no person.
 */
export function typedText(
  raw: string,
  externalWorkspaceId: string,
  self?: string,
): { text: string; mentions: readonly AccountKey[] } {
  // More than is read anyway: the core refuses it by its length.
  if (raw.length > 4 * most.command) return { text: raw.slice(0, most.command + 1), mentions: [] };
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
