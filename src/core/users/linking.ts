import type { Sender } from '../chat/exchange.js';
import type { Locale } from '../chat/phrasing.js';
import type { Deps } from '../deps.js';

/** What came of an account that is not linked yet: linked by its verified e-mail, or waiting for an admin. */
export type Introduction = { readonly kind: 'linked' } | { readonly kind: 'waiting'; readonly line: string };

/** Links an account we do not know to the user they are, or asks an admin to. */
export async function introduce(_deps: Deps, _sender: Sender, _locale: Locale): Promise<Introduction> {
  throw new Error('owner: people');
}
