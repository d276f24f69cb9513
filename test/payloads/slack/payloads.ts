/** Payloads as Slack sends them (https://docs.slack.dev), without fields that are not read. */

const team = { id: 'T0ACME', domain: 'acme' };
const user = { id: 'U0ANN', username: 'ann', name: 'ann', team_id: 'T0ACME' };
const authorizations = [
  { enterprise_id: null, team_id: 'T0ACME', user_id: 'U0BOT', is_bot: true, is_enterprise_install: false },
];

export const slash = (text: string) => ({
  token: 'verification',
  team_id: 'T0ACME',
  team_domain: 'acme',
  channel_id: 'C0GENERAL',
  channel_name: 'general',
  user_id: 'U0ANN',
  user_name: 'ann',
  command: '/attendant',
  text,
  api_app_id: 'A0APP',
  is_enterprise_install: 'false',
  response_url: 'https://hooks.slack.com/commands/T0ACME/1/x',
  trigger_id: '13345224609.738474920.8088930838d88f008e0',
});

export const clickInMessage = (action: Record<string, unknown>) => ({
  type: 'block_actions',
  user,
  api_app_id: 'A0APP',
  token: 'verification',
  container: { type: 'message', message_ts: '1548261231.000200', channel_id: 'D0ANN', is_ephemeral: false },
  trigger_id: '12321423423.333649436676.d8c1bb837935619ccad0f624c448ffb3',
  team,
  enterprise: null,
  is_enterprise_install: false,
  channel: { id: 'D0ANN', name: 'directmessage' },
  message: { bot_id: 'B0BOT', type: 'message', text: 'A voicemail', user: 'U0BOT', ts: '1548261231.000200' },
  response_url: 'https://hooks.slack.com/actions/T0ACME/2/y',
  actions: [
    {
      block_id: 'gtX',
      type: 'button',
      action_ts: '1548426417.840180',
      text: { type: 'plain_text', text: 'Go', emoji: true },
      ...action,
    },
  ],
});

const view = (more: Record<string, unknown>) => ({
  id: 'V0MODAL',
  team_id: 'T0ACME',
  type: 'modal',
  callback_id: 'ooo.set',
  hash: '1648261231.kQwtkI0F',
  private_metadata: JSON.stringify({
    carries: { period: 'p1' },
    from: { kind: 'command', responseUrl: 'https://hooks.slack.com/commands/T0ACME/1/x' },
    locale: 'fr',
  }),
  previous_view_id: null,
  root_view_id: 'V0MODAL',
  app_id: 'A0APP',
  bot_id: 'B0BOT',
  ...more,
});

export const clickInModal = () => ({
  ...clickInMessage({ action_id: 'impersonation.stop', value: '{}' }),
  container: { type: 'view', view_id: 'V0MODAL' },
  response_url: undefined,
  view: view({ state: { values: {} } }),
});

export const clickAtHome = () => ({
  ...clickInMessage({ action_id: 'ooo.back', value: '{"period":"p1"}' }),
  container: { type: 'view', view_id: 'V0HOME' },
  response_url: undefined,
  view: view({ id: 'V0HOME', type: 'home', private_metadata: '', callback_id: '' }),
});

export const submission = (values: Record<string, unknown> = {}) => ({
  type: 'view_submission',
  team,
  user,
  api_app_id: 'A0APP',
  token: 'verification',
  trigger_id: '12466734323.1395872398',
  view: view({
    state: {
      values: {
        from: { from: { type: 'datepicker', selected_date: '2026-11-27' } },
        fromTime: { fromTime: { type: 'timepicker', selected_time: '17:00' } },
        backup: {
          backup: {
            type: 'external_select',
            selected_option: { text: { type: 'plain_text', text: 'Bo Chen', emoji: false }, value: 'user-bo' },
          },
        },
        recipient: {
          recipient: {
            type: 'external_select',
            selected_option: { text: { type: 'plain_text', text: 'Nobody' }, value: '-' },
          },
        },
        privacy: {
          privacy: {
            type: 'static_select',
            selected_option: { text: { type: 'plain_text', text: 'Away' }, value: 'away' },
          },
        },
        note: { note: { type: 'plain_text_input', value: '*Back* <soon> & well' } },
        number: { number: { type: 'plain_text_input', value: null } },
        tell: {
          tell: { type: 'checkboxes', selected_options: [{ text: { type: 'plain_text', text: 'Yes' }, value: 'yes' }] },
        },
        quiet: { quiet: { type: 'checkboxes', selected_options: [] } },
        ...values,
      },
    },
  }),
  response_urls: [],
  is_enterprise_install: false,
});

export const suggestion = (value: string) => ({
  type: 'block_suggestion',
  user,
  container: { type: 'view', view_id: 'V0MODAL' },
  api_app_id: 'A0APP',
  team,
  action_id: 'backup',
  block_id: 'backup',
  value,
  view: view({}),
});

const happened = (event: Record<string, unknown>, id = 'Ev1') => ({
  token: 'verification',
  team_id: 'T0ACME',
  api_app_id: 'A0APP',
  event,
  type: 'event_callback',
  event_id: id,
  event_time: 1_515_449_522,
  authorizations,
  is_ext_shared_channel: false,
});

export const directMessage = (more: Record<string, unknown> = {}, eventId?: string) =>
  happened(
    {
      type: 'message',
      channel: 'D0ANN',
      channel_type: 'im',
      user: 'U0ANN',
      text: 'ooo until Friday',
      ts: '1515449522.000016',
      event_ts: '1515449522.000016',
      team: 'T0ACME',
      client_msg_id: '8c7c9a2a',
      ...more,
    },
    eventId,
  );

export const mention = (text: string) =>
  happened({
    type: 'app_mention',
    user: 'U0ANN',
    text,
    ts: '1515449522.000017',
    channel: 'C0GENERAL',
    event_ts: '1515449522.000017',
  });

export const homeOpened = (more: Record<string, unknown> = {}) =>
  happened({
    type: 'app_home_opened',
    user: 'U0ANN',
    channel: 'D0ANN',
    event_ts: '1515449522.1',
    tab: 'home',
    ...more,
  });
