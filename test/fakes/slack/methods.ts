import { isTooLong, problemsOfMessage, problemsOfView } from './blocks.js';
import { isObject } from './check.js';
import { further } from './limits.js';
import type { Blocks, MessageMetadata, SlackFile, SlackMessage, SlackUser, SlackView, Workspace } from './workspace.js';

/** Slack's Web API, limited to what the app calls. A method answers, or throws the error that Slack would name. */

export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly messages: readonly string[] = [],
    /** The details that Slack adds to this error. */
    readonly more: Readonly<Record<string, string>> = {},
  ) {
    super(`${code} ${messages.join('; ')}`);
  }
}

type Args = Record<string, unknown>;
type Method = (workspace: Workspace, args: Args) => Record<string, unknown>;

interface Described {
  readonly required: readonly string[];
  readonly run: Method;
}

export const methods: Readonly<Record<string, Described>> = {
  'auth.test': {
    required: [],
    run: (slack) => ({
      team_id: slack.teamId,
      user_id: slack.botUserId,
      bot_id: slack.botId,
      team: 'local',
      user: 'attendant',
      url: 'https://local.slack.com/',
    }),
  },
  'users.info': { required: ['user'], run: usersInfo },
  'users.list': { required: [], run: usersList },
  'conversations.open': { required: ['users'], run: open },
  'conversations.history': { required: ['channel'], run: history },
  'conversations.replies': { required: ['channel', 'ts'], run: replies },
  'chat.postMessage': { required: ['channel'], run: postMessage },
  'chat.postEphemeral': { required: ['channel', 'user'], run: postEphemeral },
  'chat.update': { required: ['channel', 'ts'], run: updateMessage },
  'chat.delete': { required: ['channel', 'ts'], run: deleteMessage },
  'views.open': { required: ['trigger_id', 'view'], run: viewsOpen },
  'views.push': { required: ['trigger_id', 'view'], run: viewsPush },
  'views.update': { required: ['view_id', 'view'], run: viewsUpdate },
  'views.publish': { required: ['user_id', 'view'], run: viewsPublish },
  'files.completeUploadExternal': { required: ['files'], run: completeUpload },
  'files.delete': { required: ['file'], run: deleteFile },
};

function usersInfo(slack: Workspace, { user: id, include_locale: withLocale }: Args) {
  const user = slack.users.get(String(id));
  if (!user) throw new Refusal('user_not_found');
  return { user: described(slack, user, withLocale) };
}

/** Everybody who was ever a member, a page at a time; a cursor is valid for this list only. */
function usersList(slack: Workspace, { limit, cursor, include_locale: withLocale }: Args) {
  needs(slack, 'users:read');
  const everybody = [...slack.users.values()];
  if (limit === undefined && everybody.length > 1000) throw new Refusal('limit_required');
  const size = limit === undefined ? everybody.length : Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > 1000) throw new Refusal('invalid_limit');
  const from = cursor === undefined ? 0 : everybody.findIndex(({ id }) => cursorOf(id) === cursor);
  if (from < 0) throw new Refusal('invalid_cursor');
  const next = everybody[from + size];
  return {
    members: everybody.slice(from, from + size).map((user) => described(slack, user, withLocale)),
    cache_ts: Math.floor(slack.now() / 1000),
    response_metadata: { next_cursor: next ? cursorOf(next.id) : '' },
  };
}

const cursorOf = (id: string): string => Buffer.from(`user:${id}`).toString('base64');

function needs(slack: Workspace, scope: string): void {
  if (!slack.scopes.has(scope))
    throw new Refusal('missing_scope', [], { needed: scope, provided: [...slack.scopes].join(',') });
}

/** A person as this app sees them: the address only with its scope. */
export function described(slack: Workspace, user: SlackUser, withLocale: unknown = false) {
  const showsEmail = user.email !== undefined && slack.scopes.has('users:read.email');
  return {
    id: user.id,
    team_id: user.isStranger ? 'TELSEWHERE' : slack.teamId,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted ?? false,
    is_bot: user.isBot ?? false,
    is_restricted: user.isGuest ?? false,
    is_ultra_restricted: false,
    is_stranger: user.isStranger ?? false,
    ...(user.isInvited ? { is_invited_user: true } : {}),
    is_email_confirmed: user.isEmailConfirmed ?? true,
    tz: user.tz ?? 'America/Toronto',
    ...(String(withLocale) === 'true' ? { locale: user.locale ?? 'en-US' } : {}),
    profile: {
      real_name: user.realName,
      title: user.title ?? '',
      ...(user.firstName === undefined ? {} : { first_name: user.firstName, last_name: user.lastName ?? '' }),
      ...(showsEmail ? { email: user.email } : {}),
    },
  };
}

function open(slack: Workspace, { users }: Args) {
  const user = slack.users.get(String(users));
  if (!user) throw new Refusal('user_not_found');
  if (user.deleted) throw new Refusal('user_disabled');
  if (user.isBot) throw new Refusal('cannot_dm_bot');
  return { channel: { id: slack.directOf(user.id) } };
}

function replies(slack: Workspace, { channel, ts }: Args) {
  const thread = slack.messages.filter((one) => one.channel === channel && (one.ts === ts || one.threadTs === ts));
  if (thread.length === 0) throw new Refusal('thread_not_found');
  return {
    messages: thread.map((one) => ({
      ts: one.ts,
      text: one.text,
      bot_id: slack.botId,
      files: one.files.map((id) => ({ id, name: slack.files.get(id)?.name })),
    })),
  };
}

/** The newest first, a page at a time, without replies in threads. */
function history(slack: Workspace, args: Args) {
  needs(slack, 'im:history');
  const channel = channelOf(slack, args);
  const { oldest = '0', limit = 100, cursor } = args;
  const size = Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > 999) throw new Refusal('invalid_limit');
  const all = slack.messages
    .filter((one) => one.channel === channel && one.threadTs === undefined && !one.ephemeralTo)
    .filter(({ ts }) => Number(ts) > Number(oldest))
    .reverse();
  const from = cursor === undefined ? 0 : all.findIndex(({ ts }) => cursorOf(ts) === cursor);
  if (from < 0) throw new Refusal('invalid_cursor');
  const next = all[from + size];
  return {
    messages: all.slice(from, from + size).map(({ ts, text, metadata }) => ({
      type: 'message',
      ts,
      text,
      bot_id: slack.botId,
      ...(metadata ? { metadata: shownMetadata(metadata, args) } : {}),
    })),
    has_more: next !== undefined,
    response_metadata: { next_cursor: next ? cursorOf(next.ts) : '' },
  };
}

/** Unless asked for, Slack returns the event's name only. */
const shownMetadata = (metadata: MessageMetadata, { include_all_metadata: all }: Args) =>
  String(all) === 'true' ? metadata : { event_type: metadata.event_type };

/** Slack ignores metadata that it does not understand, and only warns. */
function metadataOf({ metadata }: Args): { metadata?: MessageMetadata } {
  if (!isObject(metadata)) return {};
  const { event_type: type, event_payload: payload } = metadata;
  if (typeof type !== 'string' || !/^[\w-]+$/.test(type) || !isObject(payload)) return {};
  return { metadata: { event_type: type, event_payload: payload } };
}

/** The content of a message, checked as Slack does before it is shown. */
export function checkedMessage({ text, blocks }: Args): { text: string; blocks: Blocks } {
  if (blocks !== undefined && !Array.isArray(blocks)) throw new Refusal('invalid_blocks_format');
  if (blocks !== undefined) {
    const problems = problemsOfMessage(blocks);
    if (problems.length > 0) throw new Refusal('invalid_blocks', problems);
    if (isTooLong(blocks)) throw new Refusal('msg_blocks_too_long');
  }
  if ((typeof text !== 'string' || text === '') && (blocks === undefined || blocks.length === 0))
    throw new Refusal('no_text');
  if (typeof text === 'string' && text.length > further.message.text.max_length) throw new Refusal('msg_too_long');
  return { text: String(text ?? ''), blocks: blocks ?? [] };
}

function channelOf(slack: Workspace, args: Args): string {
  const channel = slack.channelOf(String(args.channel));
  if (channel === undefined) throw new Refusal('channel_not_found');
  if (slack.users.get(channel.replace(/^D-/, ''))?.deleted) throw new Refusal('user_disabled');
  return channel;
}

const inThread = ({ thread_ts: threadTs }: Args) => (typeof threadTs === 'string' ? { threadTs } : {});

function postMessage(slack: Workspace, args: Args) {
  const message = slack.post({
    channel: channelOf(slack, args),
    ...checkedMessage(args),
    ...inThread(args),
    ...metadataOf(args),
  });
  return { channel: message.channel, ts: message.ts, message: { text: message.text } };
}

function postEphemeral(slack: Workspace, args: Args) {
  const user = String(args.user);
  if (!slack.users.has(user)) throw new Refusal('user_not_in_channel');
  const message = slack.post({
    channel: channelOf(slack, args),
    ...checkedMessage(args),
    ...inThread(args),
    ephemeralTo: user,
  });
  return { message_ts: message.ts };
}

function messageAt(slack: Workspace, args: Args): SlackMessage {
  const channel = channelOf(slack, args);
  const message = slack.messages.find((one) => one.channel === channel && one.ts === args.ts && !one.ephemeralTo);
  if (!message) throw new Refusal('message_not_found');
  return message;
}

function updateMessage(slack: Workspace, args: Args) {
  const message = messageAt(slack, args);
  Object.assign(message, checkedMessage(args), metadataOf(args));
  message.edits += 1;
  slack.changed();
  return { channel: message.channel, ts: message.ts };
}

function deleteMessage(slack: Workspace, args: Args) {
  const message = messageAt(slack, args);
  slack.messages.splice(slack.messages.indexOf(message), 1);
  slack.changed();
  return { channel: message.channel, ts: message.ts };
}

/** A view, checked as Slack does. */
export function checkedView(view: unknown, kind: 'modal' | 'home'): SlackView['content'] {
  const problems = problemsOfView(view, kind);
  if (problems.length > 0 || !isObject(view)) throw new Refusal('invalid_arguments', problems);
  return view as SlackView['content'];
}

function pulled(slack: Workspace, id: unknown) {
  const trigger = slack.pull(id);
  if (typeof trigger === 'string') throw new Refusal(trigger);
  return trigger;
}

const shownView = (view: SlackView) => ({ view: { id: view.id, hash: view.hash, ...view.content } });

function viewsOpen(slack: Workspace, args: Args) {
  const content = checkedView(args.view, 'modal');
  const { user } = pulled(slack, args.trigger_id);
  const view = slack.newView(user, content);
  slack.stacks.set(user, [view]);
  slack.changed();
  return shownView(view);
}

function viewsPush(slack: Workspace, args: Args) {
  const content = checkedView(args.view, 'modal');
  const { user, fromView } = pulled(slack, args.trigger_id);
  const stack = slack.stackOf(user);
  if (fromView === undefined || stack.at(-1)?.id !== fromView) throw new Refusal('invalid_trigger_id');
  if (stack.length >= further.views_in_a_stack) throw new Refusal('push_limit_reached');
  const view = slack.newView(user, content);
  stack.push(view);
  slack.changed();
  return shownView(view);
}

function viewsUpdate(slack: Workspace, args: Args) {
  const view = slack.viewById(args.view_id);
  if (!view) throw new Refusal('not_found');
  if (args.hash !== undefined && args.hash !== view.hash) throw new Refusal('hash_conflict');
  slack.show(view, checkedView(args.view, 'modal'));
  return shownView(view);
}

function viewsPublish(slack: Workspace, args: Args) {
  const user = String(args.user_id);
  if (!slack.users.has(user)) throw new Refusal('user_not_found');
  const content = checkedView(args.view, 'home');
  const known = slack.homes.get(user);
  if (args.hash !== undefined && known && args.hash !== known.hash) throw new Refusal('hash_conflict');
  const view = known ?? slack.newView(user, content);
  slack.homes.set(user, view);
  slack.show(view, content);
  return shownView(view);
}

function completeUpload(slack: Workspace, args: Args) {
  const listed = Array.isArray(args.files) ? args.files.filter(isObject) : [];
  const files = listed.map(({ id }): SlackFile => {
    const file = slack.files.get(String(id));
    if (!file?.content) throw new Refusal('file_not_found');
    return file;
  });
  if (args.channel_id !== undefined) {
    const channel = channelOf(slack, { channel: args.channel_id });
    for (const file of files) Object.assign(file, { channel, ...inThread(args) });
    slack.post({ channel, text: '', blocks: [], ...inThread(args), files: files.map(({ id }) => id) });
  }
  return { files: files.map(({ id, name }) => ({ id, title: name })) };
}

function deleteFile(slack: Workspace, { file: id }: Args) {
  if (!slack.files.delete(String(id))) throw new Refusal('file_not_found');
  for (const message of slack.messages) {
    const at = message.files.indexOf(String(id));
    if (at >= 0) message.files.splice(at, 1);
  }
  slack.changed();
  return {};
}
