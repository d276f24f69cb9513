import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { ownerOfAccount } from '../core/accounts/account-owner.js';
import { welcomeCard } from '../core/accounts/linking.views.js';
import { dispatch } from '../core/app/dispatch.js';
import type { Request, Sender } from '../core/chat/exchange.js';
import type { Locale } from '../core/chat/phrasing.js';
import type { Deps } from '../core/deps.js';
import type { DirectMessages } from './direct-messages.js';
import { messageOf, viewBlocks } from './render.js';

type HomeRequest = Request & { kind: 'home' };

/**
 * Publishes the app's home in Slack: the person's current state, with buttons. Slack keeps the last published version.
 */
export interface AppHomes {
  /** The person opened the home; on the first visit they are welcomed. */
  opened(deps: Deps, request: HomeRequest, firstTime: boolean): Promise<void>;
  /** The person acted: publish the result, if they have opened their home before. */
  refresh(deps: Deps, from: Sender): Promise<void>;
  close(): void;
}

/** A home that may be open on a screen, and is published again when its data changes. */
interface WatchedHome {
  publishing: Promise<void> | undefined;
  /** The data changed while the home was being published. */
  again: boolean;
  stop(): void;
}

/** Create the publisher of homes; it holds at most 5,000 of them. */
export function appHomes(attendant: Deps, web: WebClient, direct: DirectMessages): AppHomes {
  // Slack does not report that a home was closed, so the least recently opened are dropped.
  const watched = new LRUCache<string, WatchedHome>({ max: 5_000, dispose: (home) => home.stop() });

  async function opened(deps: Deps, request: HomeRequest, firstTime: boolean): Promise<void> {
    const { from } = request;
    if (watched.has(keyOf(from))) return refresh(deps, from);

    const home: WatchedHome = { publishing: undefined, again: false, stop: () => {} };
    watched.set(keyOf(from), home);
    const locale = await publish(deps, request);
    if (firstTime) await direct.post(from.accountId, messageOf(welcomeCard(locale, { prefix: '/attendant ' })));
    const owner = await ownerOfAccount(deps, from);
    if (owner === undefined) watched.delete(keyOf(from)); // The person has no linked account yet; the next visit looks them up again.
    if (owner === undefined || watched.peek(keyOf(from)) !== home) return;
    // A later change belongs to no request, so it gets its own request id.
    home.stop = attendant.changes.subscribe(owner, () => {
      refresh(attendant, from).catch((error) => attendant.log.warn({ error }, 'slack home refresh failed'));
    });
  }

  async function refresh(deps: Deps, from: Sender): Promise<void> {
    const home = watched.get(keyOf(from));
    if (home === undefined) return;
    if (home.publishing !== undefined) {
      home.again = true;
      return home.publishing;
    }
    home.publishing = publishUntilQuiet(deps, home, from).finally(() => {
      home.publishing = undefined;
    });
    return home.publishing;
  }

  async function publishUntilQuiet(deps: Deps, home: WatchedHome, from: Sender): Promise<void> {
    do {
      home.again = false;
      await publish(deps, { kind: 'home', id: homeId(from), from });
    } while (home.again);
  }

  async function publish(deps: Deps, request: HomeRequest): Promise<Locale> {
    const answer = await dispatch(deps, { ...request, withMessages: true });
    if (answer.kind === 'say' || answer.kind === 'replace') {
      const blocks = viewBlocks(answer.card, answer.bar);
      await web.views.publish({ user_id: request.from.accountId, view: { type: 'home', blocks } });
    }
    return answer.locale;
  }

  return { opened, refresh, close: () => watched.clear() };
}

const keyOf = ({ externalWorkspaceId, accountId }: Sender): string => `${externalWorkspaceId}/${accountId}`;
/** Reads are not deduplicated, so this id does not have to be unique. */
const homeId = (from: Sender) => `slack:home:${keyOf(from)}` as Request['id'];
