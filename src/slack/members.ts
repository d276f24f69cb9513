import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { AccountKey } from '../core/chat/exchange.js';
import { type Extent, type ListedMember, ListRefused, type MemberList } from '../core/members/ports.js';
import type { SlackConfig } from '../env.js';
import { memberOf, SlackPerson } from './slack-user.js';
import { scopeMissing, slackErrorOf, webApi } from './web-api.js';

/** Slack accepts up to 1,000, and about 20 requests a minute: 50,000 people in five minutes. */
const pageSize = 500;
const emailScope = 'users:read.email';

/** Create the member list of Slack workspaces. https://docs.slack.dev/reference/methods/users.list/ */
export function slackMembers(config: SlackConfig, log: Logger): MemberList {
  const web = webApi(config, log);
  return {
    name: 'Slack',
    grantedBy: 'installation',
    read: ({ externalWorkspaceId }, onPage) => asListRefused(() => readAll(web, externalWorkspaceId, onPage)),
    readMember: (account) => asListRefused(() => readOne(web, account)),
  };
}

async function readAll(
  web: WebClient,
  externalWorkspaceId: string,
  onPage: (members: readonly ListedMember[]) => Promise<void>,
): Promise<Extent> {
  let cursor = '';
  let seesEmail = true;
  do {
    const { members, response_metadata: more } = await web.users.list({
      limit: pageSize,
      include_locale: true,
      ...(cursor === '' ? {} : { cursor }),
    });
    // Without the scope Slack omits the addresses without an error.
    if (more?.scopes && !more.scopes.includes(emailScope)) seesEmail = false;
    await onPage((members ?? []).map((one) => memberOf(SlackPerson.parse(one), externalWorkspaceId)));
    cursor = more?.next_cursor ?? '';
  } while (cursor !== '');
  return { kind: 'whole', ...(seesEmail ? {} : { missing: emailScope }) };
}

async function readOne(
  web: WebClient,
  { externalWorkspaceId, accountId }: AccountKey,
): Promise<ListedMember | undefined> {
  try {
    const { user } = await web.users.info({ user: accountId, include_locale: true });
    return user && memberOf(SlackPerson.parse(user), externalWorkspaceId);
  } catch (error) {
    if (['user_not_found', 'user_not_visible', 'users_not_found'].includes(slackErrorOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** Slack's error codes for a token that is not valid for any request. */
const tokenErrors: readonly string[] = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'access_denied',
];

/** Turn an error that an admin must fix into `ListRefused`; other errors are transient and pass through. */
async function asListRefused<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    const scope = scopeMissing(error);
    if (scope !== undefined) throw new ListRefused('permission', scope);
    const code = slackErrorOf(error);
    if (code !== undefined && tokenErrors.includes(code)) throw new ListRefused('credentials');
    throw error;
  }
}
