import type { Asker } from '../chat/asker.js';
import type { Reply } from '../chat/exchange.js';
import type { Deps } from '../deps.js';

/** People whose name starts or fits what is being typed, for a person field. */
export async function suggestPeople(_deps: Deps, _asker: Asker, _query: string): Promise<Reply> {
  throw new Error('owner: people');
}
