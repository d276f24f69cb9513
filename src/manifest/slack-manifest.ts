import { Document, type Scalar, YAMLSeq } from 'yaml';
import { commandMenu } from './command-menu.js';

/** The reason for each scope; every scope must have one. */
export const slackScopes = {
  commands: 'the slash command /attendant',
  'chat:write': 'cards for voicemails and notices in the direct message with the app, and answers to commands',
  'im:write': 'opening that direct message before somebody has written to the app',
  'im:history': 'reading what people type to the app there, and finding a card again before it is sent a second time',
  'app_mentions:read': 'reading a command that mentions the app',
  'users:read': 'the name, language and time zone of whoever uses the app, and who is in the workspace',
  'users:read.email': 'linking an account to the employee with the same verified e-mail address',
  'files:write': 'voicemails as audio that plays in place, and taking them away again when they are deleted',
} as const;

/** The reason for each event. */
export const slackEvents = {
  app_home_opened: 'showing the app’s home, and the welcome the first time',
  app_mention: 'commands that mention the app in a channel',
  'message.im': 'commands typed to the app, instead of a slash command',
  team_join: 'finding a newcomer within a minute',
  user_change: 'knowing who left, or has another name or address',
  app_uninstalled: 'deleting what is kept of a workspace that removes the app',
  tokens_revoked: 'the same when its token is revoked',
} as const;

/** The way Slack delivers events: to our address over HTTP, or by Socket Mode. */
export type SlackDelivery = { readonly kind: 'http'; readonly url: string } | { readonly kind: 'socket' };

/** Slack's app manifest (schema v2) as YAML, with a comment on every scope. */
export function slackManifest(delivery: SlackDelivery): string {
  const document = new Document(slackApp(delivery));
  document.commentBefore =
    ' Made by `attendant manifest slack`; api.slack.com/apps, "Create New App", "From a manifest".';
  addReasons(document, ['oauth_config', 'scopes', 'bot'], slackScopes);
  addReasons(document, ['settings', 'event_subscriptions', 'bot_events'], slackEvents);
  return document.toString({ lineWidth: 0 });
}

/** Add the reason as a comment behind each name of a list. */
function addReasons(document: Document, path: readonly string[], reasons: Readonly<Record<string, string>>): void {
  const names = document.getIn(path);
  if (!(names instanceof YAMLSeq)) throw new Error(`no ${path.join('.')} in the manifest`);
  for (const name of names.items as Scalar<string>[]) name.comment = ` ${reasons[name.value]}`;
}

/** The manifest as a value. */
function slackApp(delivery: SlackDelivery) {
  const at = (key: string) => (delivery.kind === 'http' ? { [key]: `${delivery.url}/slack/events` } : {});
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    display_information: {
      name: 'Attendant',
      description: 'Your company’s virtual receptionist: out of office with a backup, voicemails, the directory.',
      background_color: '#1f4f5c',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Attendant', always_online: true },
      slash_commands: [
        {
          command: '/attendant',
          ...at('url'),
          description: 'Your status, out of office, voicemails, people',
          usage_hint: `[${commandMenu('en')
            .map(({ word }) => word)
            .join(' | ')}]`,
          // Mentions are sent as ids, because several people can have one name.
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      ...(delivery.kind === 'http' ? { redirect_urls: [`${delivery.url}/slack/oauth_redirect`] } : {}),
      scopes: { bot: Object.keys(slackScopes) },
    },
    settings: {
      event_subscriptions: { ...at('request_url'), bot_events: Object.keys(slackEvents) },
      interactivity: { is_enabled: true, ...at('request_url'), ...at('message_menu_options_url') },
      org_deploy_enabled: false,
      socket_mode_enabled: delivery.kind === 'socket',
      token_rotation_enabled: false,
    },
  };
}
