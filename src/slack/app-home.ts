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

/** The app's own page in Slack: where I stand now, with buttons. Slack keeps what was published last. */
export interface Homes {
  /** Somebody looks at it; the first time they are welcomed. */
  opened(deps: Deps, request: HomeRequest, firstTime: boolean): Promise<void>;
  /** They did something: shows the result, where they have looked at their home before. */
  refresh(deps: Deps, from: Sender): Promise<void>;
  close(): void;
}

/** A home that may be open on somebody's screen, and is published anew when something of theirs changes. */
interface Watched {
  publishing: Promise<void> | undefined;
  /** Something changed while it was being published. */
  again: boolean;
  stop(): void;
}

export function homes(attendant: Deps, web: WebClient, direct: DirectMessages): Homes {
  // Nobody tells us when a home is closed: the longest unseen give way.
  const watched = new LRUCache<string, Watched>({ max: 5_000, dispose: (home) => home.stop() });

  async function opened(deps: Deps, request: HomeRequest, firstTime: boolean): Promise<void> {
    const { from } = request;
    if (watched.has(keyOf(from))) return refresh(deps, from);

    const home: Watched = { publishing: undefined, again: false, stop: () => {} };
    watched.set(keyOf(from), home);
    const locale = await publish(deps, request);
    if (firstTime) await direct.post(from.accountId, messageOf(welcomeCard(locale, { prefix: '/attendant ' })));
    const owner = await ownerOfAccount(deps, from);
    if (owner === undefined) watched.delete(keyOf(from)); // Nobody yet: looked up again when they come back.
    if (owner === undefined || watched.peek(keyOf(from)) !== home) return;
    // What changes later is of no request that is known here.
    home.stop = attendant.changes.subscribe(owner, () => {
      refresh(attendant, from).catch((error) => attendant.log.warn({ error }, 'home not refreshed'));
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

  async function publishUntilQuiet(deps: Deps, home: Watched, from: Sender): Promise<void> {
    do {
      home.again = false;
      await publish(deps, { kind: 'home', id: homeId(from), from });
    } while (home.again);
  }

  async function publish(deps: Deps, request: HomeRequest): Promise<Locale> {
    const answer = await dispatch(deps, request);
    if (answer.kind === 'say' || answer.kind === 'replace') {
      const blocks = viewBlocks(answer.card, answer.bar);
      await web.views.publish({ user_id: request.from.accountId, view: { type: 'home', blocks } });
    }
    return answer.locale;
  }

  return { opened, refresh, close: () => watched.clear() };
}

const keyOf = ({ externalWorkspaceId, accountId }: Sender): string => `${externalWorkspaceId}/${accountId}`;
/** Reads are not remembered, so this needs to tell nothing apart. */
const homeId = (from: Sender) => `slack:home:${keyOf(from)}` as Request['id'];
