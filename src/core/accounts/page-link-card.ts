import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import { linkMinutes, signInLink } from './sign-in.js';
import { signInCard } from './sign-in.views.js';

/** The way from chat to a page of the app: a card with a link that signs the requester in. `to`: path and query. */
export async function inBrowser(
  deps: Deps,
  requester: Requester,
  to: string,
  way: { readonly title: string; readonly open: string },
): Promise<Reply> {
  const url = await signInLink(deps, requester, to);
  return { kind: 'say', card: signInCard(requester.reader.locale, url, linkMinutes, way) };
}
