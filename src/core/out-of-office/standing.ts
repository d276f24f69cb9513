import type { Asker } from '../chat/asker.js';
import type { Reply } from '../chat/exchange.js';
import type { Deps } from '../deps.js';

/** Where I stand now: in or out, who covers, what waits for me, with buttons. The bare command and the app's home. */
export async function standing(_deps: Deps, _asker: Asker): Promise<Reply> {
  throw new Error('owner: people');
}
