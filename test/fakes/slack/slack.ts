import { createHmac, randomUUID } from 'node:crypto';
import { isObject } from './check.js';
import { suggestions } from './elements.js';
import { type SlackServer, startServer } from './server.js';
import { afterSubmission, buttonsOf, fill, stateOn, tickBoxes, viewPayload } from './windows.js';
import { type SlackMessage, type SlackView, Workspace } from './workspace.js';

export { appToken, botToken } from './server.js';
export const signingSecret = 'a signing secret for tests';

/** The app's answer to a delivery. */
interface Delivered {
  readonly status: number;
  readonly body: unknown;
  readonly milliseconds: number;
}

/** Values to send instead of Slack's, to test that they are refused. */
interface Forged {
  readonly secret?: string;
  readonly timestamp?: number;
  readonly body?: string;
  readonly contentType?: string;
}

export interface LocalSlack extends SlackServer {
  readonly workspace: Workspace;
  /** The value of `SLACK_API_URL`. */
  readonly apiUrl: string;
  /** The address of `POST /slack/events`; without it deliveries go over the socket. */
  connect(url: string): void;

  /** `/attendant TEXT`, typed in a channel. */
  slash(user: string, text: string, forged?: Forged): Promise<Delivered>;
  /**
   * Press the button of that id in a message, in the topmost window, or at home; `about`: a part of its value, where
   * several have the id.
   */
  click(user: string, on: SlackMessage | SlackView, actionId: string, about?: string): Promise<Delivered>;
  /** Tick the boxes with these values, and no others; Slack reports each tick. */
  tick(user: string, on: SlackMessage | SlackView, values: readonly string[]): Promise<void>;
  /**
   * Submit the topmost window; fields that are not named stay unchanged. Problems at fields end in `errors` of the
   * view.
   */
  submit(user: string, values: Readonly<Record<string, unknown>>): Promise<Delivered>;
  /** Type in a person field; returns the labels and values offered. */
  suggest(user: string, query: string, actionId?: string): Promise<readonly { label: string; value: string }[]>;
  /** Write to the app in the direct messages. */
  type(user: string, text: string): Promise<Delivered>;
  mention(user: string, text: string, channel?: string): Promise<Delivered>;
  openHome(user: string): Promise<Delivered>;
  /** Send any event; the same `ts` repeats it. */
  event(event: Record<string, unknown>): Promise<Delivered>;
  /** Send any payload, signed. */
  deliver(payload: Record<string, unknown>, as?: 'form' | 'payload' | 'json', forged?: Forged): Promise<Delivered>;

  /** The messages in this person's direct messages with the app, oldest first, without the ephemeral ones. */
  directOf(user: string): SlackMessage[];
  /** The ephemeral messages to this person, in any channel. */
  ephemeralTo(user: string): SlackMessage[];
  topView(user: string): SlackView | undefined;
  stop(): Promise<void>;
}

/** Start a strict Slack: it verifies, limits, expires and refuses as the real one. */
export async function startLocalSlack(teamId = 'T0LOCAL'): Promise<LocalSlack> {
  const workspace = new Workspace(teamId);
  const server = await startServer(workspace);
  let url: string | undefined;

  async function deliver(
    payload: Record<string, unknown>,
    as: 'form' | 'payload' | 'json' = 'payload',
    forged: Forged = {},
  ): Promise<Delivered> {
    const started = Date.now();
    const answer = url === undefined ? await overSocket(payload, as) : await overHttp(url, payload, as, forged);
    return { ...answer, milliseconds: Date.now() - started };
  }

  async function overHttp(to: string, payload: Record<string, unknown>, as: string, forged: Forged) {
    const body = forged.body ?? encoded(payload, as);
    const timestamp = forged.timestamp ?? Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', forged.secret ?? signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    const response = await fetch(to, {
      method: 'POST',
      headers: {
        'content-type':
          forged.contentType ?? (as === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'),
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    });
    return { status: response.status, body: parsed(await response.text()) };
  }

  async function overSocket(payload: Record<string, unknown>, as: string) {
    const socket = await workspace.until(() => server.socket());
    const envelope = randomUUID();
    const acknowledged = new Promise<unknown>((resolve) => {
      socket.on('message', function hear(data) {
        const message = JSON.parse(data.toString());
        if (message.envelope_id !== envelope) return;
        socket.off('message', hear);
        resolve(message.payload);
      });
    });
    const type = as === 'json' ? 'events_api' : as === 'form' ? 'slash_commands' : 'interactive';
    socket.send(
      JSON.stringify({ envelope_id: envelope, type, payload, accepts_response_payload: type !== 'events_api' }),
    );
    const body = await acknowledged;
    return { status: 200, body: isObject(body) && Object.keys(body).length === 0 ? '' : body };
  }

  const team = { id: teamId, domain: 'local' };
  const userOf = (id: string) => ({ id, username: id.toLowerCase(), name: id.toLowerCase(), team_id: teamId });
  const responseUrl = (user: string, channel: string, message?: SlackMessage) =>
    `${server.origin}/response/${workspace.responseUrl(user, channel, message)}`;

  const event = (happened: Record<string, unknown>) =>
    deliver(
      {
        type: 'event_callback',
        team_id: teamId,
        api_app_id: 'A1',
        event_id: workspace.fresh('Ev'),
        event_time: Math.floor(workspace.now() / 1000),
        authorizations: [{ team_id: teamId, user_id: workspace.botUserId, is_bot: true }],
        event: happened,
      },
      'json',
    );

  function act(user: string, on: SlackMessage | SlackView, element: Record<string, unknown>): Promise<Delivered> {
    const action = { ...element, action_ts: workspace.ts() };
    const common = { type: 'block_actions', team, user: userOf(user), api_app_id: 'A1', actions: [action] };
    if ('content' in on) {
      const modal = on.content.type === 'modal';
      return deliver({
        ...common,
        trigger_id: workspace.trigger(user, modal ? on.id : undefined),
        container: { type: 'view', view_id: on.id },
        view: viewPayload(on),
      });
    }
    return deliver({
      ...common,
      trigger_id: workspace.trigger(user),
      container: {
        type: 'message',
        message_ts: on.ts,
        channel_id: on.channel,
        is_ephemeral: on.ephemeralTo !== undefined,
      },
      channel: { id: on.channel },
      message: { ts: on.ts, text: on.text, blocks: on.blocks },
      state: { values: stateOn(on) },
      response_url: responseUrl(user, on.channel, on),
    });
  }

  return {
    ...server,
    workspace,
    apiUrl: `${server.origin}/api/`,
    connect: (to) => {
      url = to;
    },
    deliver,
    event,
    slash: (user, text, forged) =>
      deliver(
        {
          command: '/attendant',
          text,
          team_id: teamId,
          team_domain: 'local',
          user_id: user,
          user_name: user.toLowerCase(),
          channel_id: 'C0GENERAL',
          channel_name: 'general',
          api_app_id: 'A1',
          trigger_id: workspace.trigger(user),
          response_url: responseUrl(user, 'C0GENERAL'),
        },
        'form',
        forged,
      ),
    click: (user, on, actionId, about) => {
      const element = buttonsOf(on).find(
        ({ action_id: id, value = '' }) =>
          (about === undefined ? id : id.replace(/#\d+$/, '')) === actionId && String(value).includes(about ?? ''),
      );
      if (!element) throw new Error(`no button ${actionId} on ${JSON.stringify(on)}`);
      return act(user, on, { ...element, block_id: 'b' });
    },
    tick: async (user, on, values) => {
      for (const boxes of tickBoxes(on, values)) await act(user, on, boxes);
    },
    submit: async (user, values) => {
      const view = workspace.stackOf(user).at(-1);
      if (!view) throw new Error(`${user} has no window open`);
      fill(view, values);
      const delivered = await deliver({
        type: 'view_submission',
        team,
        user: userOf(user),
        api_app_id: 'A1',
        trigger_id: workspace.trigger(user, view.id),
        view: viewPayload(view, workspace.stackOf(user).at(-2)),
        response_urls: [],
      });
      afterSubmission(workspace, user, view, delivered);
      return delivered;
    },
    suggest: async (user, query, actionId = 'person') => {
      const { body } = await deliver({
        type: 'block_suggestion',
        team,
        user: userOf(user),
        api_app_id: 'A1',
        action_id: actionId,
        block_id: 'person',
        value: query,
      });
      const problems = suggestions(body, '/');
      if (problems.length > 0) throw new Error(problems.join('; '));
      const { options } = body as { options: { text: { text: string }; value: string }[] };
      return options.map(({ text, value }) => ({ label: text.text, value }));
    },
    type: (user, text) =>
      event({
        type: 'message',
        channel: workspace.directOf(user),
        channel_type: 'im',
        user,
        text,
        ts: workspace.ts(),
        team: teamId,
      }),
    mention: (user, text, channel = 'C0GENERAL') =>
      event({
        type: 'app_mention',
        channel,
        user,
        text: `<@${workspace.botUserId}> ${text}`,
        ts: workspace.ts(),
        team: teamId,
      }),
    openHome: (user) => {
      const view = workspace.wasPublished(user) ? workspace.homes.get(user) : undefined;
      return event({
        type: 'app_home_opened',
        user,
        channel: workspace.directOf(user),
        tab: 'home',
        event_ts: workspace.ts(),
        ...(view ? { view: viewPayload(view) } : {}),
      });
    },
    directOf: (user) =>
      workspace.messages.filter(({ channel, ephemeralTo }) => channel === workspace.directOf(user) && !ephemeralTo),
    ephemeralTo: (user) => workspace.messages.filter(({ ephemeralTo }) => ephemeralTo === user),
    topView: (user) => workspace.stackOf(user).at(-1),
  };
}

const encoded = (payload: Record<string, unknown>, as: string): string => {
  if (as === 'json') return JSON.stringify(payload);
  if (as === 'form') return new URLSearchParams(payload as Record<string, string>).toString();
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
