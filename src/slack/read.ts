import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { AccountKey, Request, Sender, Typed } from '../core/chat/exchange.js';
import type { Locale } from '../core/chat/phrasing.js';
import type { Option } from '../core/chat/view.js';
import { as, type RequestId } from '../core/ids.js';
import type { ListedMember } from '../core/members/ports.js';
import { typedText } from './markup.js';
import {
  BlockActions,
  BlockSuggestion,
  EventCallback,
  type FieldState,
  OtherInteraction,
  type SlackFile,
  SlashCommand,
  ViewSubmission,
} from './payload.js';
import { memberOf, slackbot } from './person.js';
import { Kept, type Origin, type Place, refOf } from './reply-context.js';

type Kind<Name extends Request['kind']> = Request & { kind: Name };

/** A payload in the core's words, with what the answer needs. */
export type Heard =
  | { readonly kind: 'ask'; readonly request: Kind<'command' | 'click' | 'unknown'>; readonly place: Place }
  | {
      readonly kind: 'submit';
      readonly request: Kind<'submit'>;
      readonly accountId: string;
      readonly viewId: string;
      readonly from: Origin;
      readonly locale: Locale;
      /** Files lie at Slack until they are fetched. */
      readonly files: Readonly<Record<string, SlackFile>>;
      /** The people chosen, with their names: a form shown again needs both. */
      readonly people: Readonly<Record<string, Option>>;
    }
  | { readonly kind: 'suggest'; readonly request: Kind<'suggest'> }
  | { readonly kind: 'home'; readonly request: Kind<'home'>; readonly firstTime: boolean }
  /** Somebody came, changed, or left. */
  | { readonly kind: 'member'; readonly account: AccountKey; readonly said: ListedMember }
  /** Not for us: links, our own messages, edits. Acknowledged and left. */
  | { readonly kind: 'nothing' };

/** The payload is not what Slack sends. */
class Malformed extends Error {}
export const isMalformed = (error: unknown): boolean => error instanceof Malformed;

/** Stands for "nobody found" in a list of suggestions; choosing it is choosing nobody. */
export const NOBODY = '-';

/** Is this the shape of something Slack sends? What it holds is read by `read`. */
const isFromSlack = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null && ('command' in body || 'type' in body);

/** Turns a payload into the core's words. Pure; throws what `isMalformed` knows. */
export function read(body: unknown): Heard {
  if (!isFromSlack(body)) throw new Malformed('neither a command nor a typed payload');
  if ('command' in body) return readCommand(parsed(SlashCommand, body));
  switch (body.type) {
    case 'block_actions':
      return readClick(parsed(BlockActions, body));
    case 'view_submission':
      return readSubmission(parsed(ViewSubmission, body));
    case 'block_suggestion':
      return readSuggestion(parsed(BlockSuggestion, body));
    case 'event_callback':
      return isHandled(body.event) ? readEvent(parsed(EventCallback, body)) : { kind: 'nothing' };
    default:
      return readOther(body);
  }
}

/** Events of other kinds have other shapes: they are acknowledged unread, or Slack would send them again. */
function isHandled(event: unknown): boolean {
  if (typeof event !== 'object' || event === null) throw new Malformed('no event');
  return 'type' in event && handledEvents.has(event.type);
}
const handledEvents = new Set<unknown>(['message', 'app_mention', 'app_home_opened', 'team_join', 'user_change']);

/** A shortcut, or a part of Slack from before Block Kit: answered in words where Slack says how. */
function readOther(body: unknown): Heard {
  const read = OtherInteraction.safeParse(body);
  if (!read.success) return { kind: 'nothing' };
  const { user, callback_id: what, trigger_id: triggerId = '', response_url: responseUrl, action_ts: ts } = read.data;
  const common = { accountId: user.id, triggerId };
  const place: Place =
    responseUrl === undefined ? { kind: 'home', ...common } : { kind: 'command', ...common, responseUrl };
  const id = requestId('other', workspaceOf(read.data), user.id, what, ts ?? triggerId);
  return { kind: 'ask', request: { kind: 'unknown', id, from: from(read.data), what }, place };
}

function readCommand(command: SlashCommand): Heard {
  return {
    kind: 'ask',
    request: {
      kind: 'command',
      id: requestId('command', command.trigger_id),
      from: sender(command.team_id, command.user_id, command.user_name),
      ...typedText(command.text, command.team_id),
    },
    place: {
      kind: 'command',
      accountId: command.user_id,
      responseUrl: command.response_url,
      triggerId: command.trigger_id,
    },
  };
}

function readClick(click: BlockActions): Heard {
  const [action] = click.actions;
  // Slack tells us of a button that only leads to a page, too.
  if (!action || isLink(click, action)) return { kind: 'nothing' };

  const place = placeOf(click);
  const where = click.view?.id ?? `${click.container?.channel_id}:${click.container?.message_ts}`;
  const id = requestId('click', workspaceOf(click), where, action.action_ts);
  const name = action.action_id.replace(/#\d+$/, '');
  const carries = action.type === 'button' ? Kept.shape.carries.safeParse(json(action.value ?? '')) : undefined;
  // A menu, or a button with a value of another version: an old card's.
  if (!carries?.success) return { kind: 'ask', request: { kind: 'unknown', id, from: from(click), what: name }, place };

  const label = action.text?.text;
  const origin = place.kind === 'modal' ? place.from : place;
  const pressed = { ...(label === undefined ? {} : { label }), ...refOf(origin) };
  const request = { kind: 'click', id, from: from(click), action: name, carries: carries.data, ...pressed } as const;
  return { kind: 'ask', request, place };
}

/** Not every client names the address in the action itself. */
const isLink = ({ message, view }: BlockActions, { type, url, value, action_id }: BlockActions['actions'][number]) =>
  type === 'button' && value === undefined && (url || leadsSomewhere(message?.blocks ?? view?.blocks, action_id, 0));

function leadsSomewhere(element: unknown, actionId: string, depth: number): boolean {
  if (typeof element !== 'object' || element === null || depth > 6) return false;
  const { action_id, url } = element as { action_id?: unknown; url?: unknown };
  if (action_id === actionId && typeof url === 'string') return true;
  return Object.values(element).some((inner) => leadsSomewhere(inner, actionId, depth + 1));
}

function placeOf(click: BlockActions): Place {
  const { id: accountId } = click.user;
  const { trigger_id: triggerId, response_url: responseUrl, view, container } = click;
  if (view?.type === 'modal')
    return { kind: 'modal', accountId, triggerId, viewId: view.id, from: kept(view.private_metadata).from };
  if (view?.type === 'home') return { kind: 'home', accountId, triggerId };
  if (responseUrl === undefined) throw new Malformed('a click in a message without response_url');
  const { channel_id: channel, message_ts: ts, is_ephemeral: isEphemeral = false } = container ?? {};
  const message = channel && ts ? { channel, ts, isEphemeral } : undefined;
  return { kind: 'card', accountId, triggerId, responseUrl, ...(message ? { message } : {}) };
}

function readSubmission(submission: ViewSubmission): Heard {
  const { view } = submission;
  const states = Object.entries(view.state?.values ?? {}).flatMap(([field, byAction]) =>
    Object.values(byAction).map((state) => [field, state] as const),
  );
  const { carries, from: origin, locale, isReadable } = kept(view.private_metadata);
  const label = view.title?.text;
  const values = Object.fromEntries(states.map(([field, state]) => [field, typed(state)]));
  return {
    kind: 'submit',
    request: {
      kind: 'submit',
      // After a problem the same view comes again with the same hash and other values: that is no repeat.
      id: requestId('submit', view.id, view.hash, digest(values)),
      from: from(submission),
      // What a view of another version remembered decides what its form is about: then nothing is done.
      form: isReadable ? view.callback_id : `${view.callback_id}.unreadable`,
      values,
      carries,
      ...(label === undefined ? {} : { label }),
      ...refOf(origin),
    },
    accountId: submission.user.id,
    viewId: view.id,
    from: origin,
    locale,
    files: Object.fromEntries(states.flatMap(([field, { files }]) => (files?.[0] ? [[field, files[0]]] : []))),
    people: Object.fromEntries(
      states.flatMap(([field, { type, selected_option: chosen }]) =>
        type === 'external_select' && chosen
          ? [[field, { value: chosen.value, label: chosen.text?.text ?? chosen.value }]]
          : [],
      ),
    ),
  };
}

function typed(state: FieldState): Typed[string] {
  if (state.selected_options !== undefined) return state.selected_options.length > 0;
  const value = state.selected_option?.value ?? state.selected_date ?? state.selected_time ?? state.value ?? undefined;
  return value === NOBODY && state.type === 'external_select' ? undefined : value;
}

function readSuggestion(suggestion: BlockSuggestion): Heard {
  return {
    kind: 'suggest',
    request: {
      kind: 'suggest',
      id: requestId('suggest', suggestion.user.id, suggestion.action_ts ?? ''),
      from: from(suggestion),
      query: suggestion.value,
    },
  };
}

function readEvent({ event, team_id: externalWorkspaceId, authorizations }: EventCallback): Heard {
  const self = authorizations?.[0]?.user_id ?? undefined;
  const { user, channel, ts } = event;
  if (typeof user === 'object') {
    if (event.type !== 'team_join' && event.type !== 'user_change') return { kind: 'nothing' };
    return { kind: 'member', account: sender(externalWorkspaceId, user.id), said: memberOf(user, externalWorkspaceId) };
  }
  // A bot, an app that writes in somebody's name, and Slackbot are no people.
  if (user === undefined || user === self || user === slackbot || event.bot_id || event.app_id)
    return { kind: 'nothing' };
  if (event.type === 'app_home_opened') {
    if (event.tab !== 'home') return { kind: 'nothing' };
    return {
      kind: 'home',
      request: {
        kind: 'home',
        id: requestId('home', externalWorkspaceId, user, event.event_ts ?? ''),
        from: sender(externalWorkspaceId, user),
      },
      firstTime: !event.view,
    };
  }
  const direct = event.type === 'message' && event.channel_type === 'im';
  // A subtype is an edit, a deletion, somebody joining: nothing that was said to us.
  if ((!direct && event.type !== 'app_mention') || event.subtype !== undefined || !channel || !ts)
    return { kind: 'nothing' };

  const { text, mentions } = typedText(event.text ?? '', externalWorkspaceId, self);
  return {
    kind: 'ask',
    request: {
      kind: 'command',
      id: requestId('event', externalWorkspaceId, channel, user, ts),
      from: { ...sender(externalWorkspaceId, user), ...(direct ? { conversation: { channel } } : {}) },
      // People type the command's name to the app too.
      text: text.replace(/^\/?attendant\b\s*/i, ''),
      mentions,
    },
    place: {
      kind: 'typed',
      accountId: user,
      channel,
      direct,
      ...(event.thread_ts === undefined ? {} : { threadTs: event.thread_ts }),
    },
  };
}

const sender = (externalWorkspaceId: string, accountId: string, displayName?: string): Sender => ({
  platform: 'slack',
  externalWorkspaceId,
  accountId,
  ...(displayName ? { displayName } : {}),
});

type Interaction = Pick<BlockActions, 'user' | 'team'>;
const workspaceOf = ({ team, user }: Interaction): string => team?.id ?? user.team_id ?? '';
const from = (interaction: Interaction): Sender =>
  sender(workspaceOf(interaction), interaction.user.id, interaction.user.name ?? interaction.user.username);

const requestId = (...meaning: readonly string[]): RequestId => as<RequestId>(['slack', ...meaning].join(':'));
const digest = (values: Typed): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 16);

/** A view that remembers nothing, or what only another version can read, carries nothing. */
function kept(metadata: string): Kept & { readonly isReadable: boolean } {
  const read = metadata === '' ? undefined : Kept.safeParse(json(metadata));
  if (read?.success) return { ...read.data, isReadable: true };
  return { carries: {}, from: { kind: 'nowhere' }, locale: 'en', isReadable: metadata === '' };
}

/** Undefined where it is none. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  if (!result.success) throw new Malformed(result.error.issues.map(({ path }) => path.join('.')).join(', '));
  return result.data;
}
