import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { AccountKey, Request, Sender, TypedValues } from '../core/chat/exchange.js';
import type { Locale } from '../core/chat/phrasing.js';
import type { Option } from '../core/chat/view.js';
import { asId, type RequestId } from '../core/ids.js';
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
import { leftOutIn } from './person-action-id.js';
import { type FormOrigin, messageRefOf, type ReplyContext, ViewMetadata } from './reply-context.js';
import { memberOf, slackbot } from './slack-user.js';
import { withTicked } from './ticks.js';

type Kind<Name extends Request['kind']> = Request & { kind: Name };

/** A payload translated to the core's types, with what its answer needs. */
export type SlackInput =
  | { readonly kind: 'ask'; readonly request: Kind<'command' | 'click' | 'unknown'>; readonly place: ReplyContext }
  | {
      readonly kind: 'submit';
      readonly request: Kind<'submit'>;
      readonly accountId: string;
      readonly viewId: string;
      /** The view from which the form was pushed: a card. */
      readonly cardViewId: string | undefined;
      readonly from: FormOrigin;
      readonly locale: Locale;
      /** Files stay at Slack until they are downloaded. */
      readonly files: Readonly<Record<string, SlackFile>>;
      /** The chosen people with their names; a form that is shown again needs both. */
      readonly people: Readonly<Record<string, Option>>;
    }
  | { readonly kind: 'suggest'; readonly request: Kind<'suggest'> }
  | { readonly kind: 'home'; readonly request: Kind<'home'>; readonly firstTime: boolean }
  /** A member joined, changed or left. */
  | { readonly kind: 'member'; readonly account: AccountKey; readonly said: ListedMember }
  /** The workspace removed the app or revoked its token; `at`: when, if Slack says so. */
  | { readonly kind: 'removed'; readonly externalWorkspaceId: string; readonly at: Date | undefined }
  /** Nothing to do: link buttons, our own messages, edits. Acknowledged only. */
  | { readonly kind: 'nothing' };

/** The payload does not have the documented form. */
class Malformed extends Error {}
export const isMalformed = (error: unknown): boolean => error instanceof Malformed;

/** The entry "no person found" in a list of suggestions; choosing it is the same as choosing no person. */
export const NO_PERSON = '-';

/** Whether a body has the outer form of a payload; `read` parses the rest. */
const isFromSlack = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null && ('command' in body || 'type' in body);

/** Translate a payload to the core's types. Pure. Throws an error that `isMalformed` recognises. */
export function read(body: unknown): SlackInput {
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

/** Events of other kinds are acknowledged without parsing, because Slack would send them again. */
function isHandled(event: unknown): boolean {
  if (typeof event !== 'object' || event === null) throw new Malformed('no event');
  return 'type' in event && handledEvents.has(event.type);
}
const handledEvents = new Set<unknown>([
  ...['message', 'app_mention', 'app_home_opened', 'team_join', 'user_change'],
  ...['app_uninstalled', 'tokens_revoked'],
]);

/** A shortcut, or an interaction from before Block Kit: answered with a message where Slack gives an address for it. */
function readOther(body: unknown): SlackInput {
  const read = OtherInteraction.safeParse(body);
  if (!read.success) return { kind: 'nothing' };
  const { user, callback_id: what, trigger_id: triggerId = '', response_url: responseUrl, action_ts: ts } = read.data;
  const common = { accountId: user.id, triggerId };
  const place: ReplyContext =
    responseUrl === undefined ? { kind: 'home', ...common } : { kind: 'command', ...common, responseUrl };
  const id = requestId('other', workspaceOf(read.data), user.id, what, ts ?? triggerId);
  return { kind: 'ask', request: { kind: 'unknown', id, from: senderOfInteraction(read.data), what }, place };
}

function readCommand(command: SlashCommand): SlackInput {
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

function readClick(click: BlockActions): SlackInput {
  const [action] = click.actions;
  // Slack also reports a click on a button that only opens a page.
  if (!action || isLink(click, action)) return { kind: 'nothing' };
  // A tick waits for the button that acts on it, whose payload has all of them.
  if (action.type === 'checkboxes') return { kind: 'nothing' };

  const place = placeOf(click);
  const where = click.view?.id ?? `${click.container?.channel_id}:${click.container?.message_ts}`;
  const id = requestId('click', workspaceOf(click), where, action.action_ts);
  const name = action.action_id.replace(/#\d+$/, '');
  const carries = action.type === 'button' ? ViewMetadata.shape.carries.safeParse(json(action.value ?? '')) : undefined;
  // A menu, or a button of an old card with a value of another version.
  if (!carries?.success)
    return { kind: 'ask', request: { kind: 'unknown', id, from: senderOfInteraction(click), what: name }, place };

  const label = action.text?.text;
  const origin = place.kind === 'modal' ? place.from : place;
  const pressed = { ...(label === undefined ? {} : { label }), ...messageRefOf(origin) };
  const request = {
    kind: 'click',
    id,
    from: senderOfInteraction(click),
    action: name,
    carries: withTicked(carries.data, click.state?.values ?? click.view?.state?.values ?? {}),
    ...pressed,
  } as const;
  return { kind: 'ask', request, place };
}

/** Some clients leave the address out of the action. */
const isLink = ({ message, view }: BlockActions, { type, url, value, action_id }: BlockActions['actions'][number]) =>
  type === 'button' && value === undefined && (url || leadsSomewhere(message?.blocks ?? view?.blocks, action_id, 0));

function leadsSomewhere(element: unknown, actionId: string, depth: number): boolean {
  if (typeof element !== 'object' || element === null || depth > 6) return false;
  const { action_id, url } = element as { action_id?: unknown; url?: unknown };
  if (action_id === actionId && typeof url === 'string') return true;
  return Object.values(element).some((inner) => leadsSomewhere(inner, actionId, depth + 1));
}

function placeOf(click: BlockActions): ReplyContext {
  const { id: accountId } = click.user;
  const { trigger_id: triggerId, response_url: responseUrl, view, container } = click;
  if (view?.type === 'modal')
    return { kind: 'modal', accountId, triggerId, viewId: view.id, from: metadataOf(view.private_metadata).from };
  if (view?.type === 'home') return { kind: 'home', accountId, triggerId };
  if (responseUrl === undefined) throw new Malformed('a click in a message without response_url');
  const { channel_id: channel, message_ts: ts, is_ephemeral: isEphemeral = false } = container ?? {};
  const message = channel && ts ? { channel, ts, isEphemeral } : undefined;
  return { kind: 'card', accountId, triggerId, responseUrl, ...(message ? { message } : {}) };
}

function readSubmission(submission: ViewSubmission): SlackInput {
  const { view } = submission;
  const states = Object.entries(view.state?.values ?? {}).flatMap(([field, byAction]) =>
    Object.values(byAction).map((state) => [field, state] as const),
  );
  const { carries, from: origin, locale, isReadable } = metadataOf(view.private_metadata);
  const label = view.title?.text;
  const values = Object.fromEntries(states.map(([field, state]) => [field, typed(state)]));
  return {
    kind: 'submit',
    request: {
      kind: 'submit',
      // After a problem the same view is sent with the same hash and other values; it is not a repeat.
      id: requestId('submit', view.id, view.hash, digest(values)),
      from: senderOfInteraction(submission),
      // The metadata of another version could be misread as another subject, so such a form does nothing.
      form: isReadable ? view.callback_id : `${view.callback_id}.unreadable`,
      values,
      carries,
      ...(label === undefined ? {} : { label }),
      ...messageRefOf(origin),
    },
    accountId: submission.user.id,
    viewId: view.id,
    cardViewId: view.previous_view_id ?? undefined,
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

function typed(state: FieldState): TypedValues[string] {
  if (state.selected_options !== undefined) return state.selected_options.length > 0;
  const value = state.selected_option?.value ?? state.selected_date ?? state.selected_time ?? state.value ?? undefined;
  return value === NO_PERSON && state.type === 'external_select' ? undefined : value;
}

function readSuggestion(suggestion: BlockSuggestion): SlackInput {
  return {
    kind: 'suggest',
    request: {
      kind: 'suggest',
      id: requestId('suggest', suggestion.user.id, suggestion.action_ts ?? ''),
      from: senderOfInteraction(suggestion),
      query: suggestion.value,
      ...leftOutIn(suggestion.action_id),
    },
  };
}

function readEvent({
  event,
  team_id: externalWorkspaceId,
  authorizations,
  event_time: seconds,
}: EventCallback): SlackInput {
  const self = authorizations?.[0]?.user_id ?? undefined;
  const { user, channel, ts } = event;
  // A person's own token was revoked, not ours.
  if (event.type === 'tokens_revoked' && !event.tokens?.bot?.length) return { kind: 'nothing' };
  if (event.type === 'tokens_revoked' || event.type === 'app_uninstalled')
    return { kind: 'removed', externalWorkspaceId, at: seconds ? new Date(seconds * 1000) : undefined };
  if (typeof user === 'object') {
    if (event.type !== 'team_join' && event.type !== 'user_change') return { kind: 'nothing' };
    return { kind: 'member', account: sender(externalWorkspaceId, user.id), said: memberOf(user, externalWorkspaceId) };
  }
  // Bots, apps that write under a person's name, and Slackbot are not people.
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
  // A subtype marks an edit, a deletion or a join, which no one wrote to us.
  if ((!direct && event.type !== 'app_mention') || event.subtype !== undefined || !channel || !ts)
    return { kind: 'nothing' };

  const { text, mentions } = typedText(event.text ?? '', externalWorkspaceId, self);
  return {
    kind: 'ask',
    request: {
      kind: 'command',
      id: requestId('event', externalWorkspaceId, channel, user, ts),
      from: { ...sender(externalWorkspaceId, user), ...(direct ? { conversation: { channel } } : {}) },
      text,
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
const senderOfInteraction = (interaction: Interaction): Sender =>
  sender(workspaceOf(interaction), interaction.user.id, interaction.user.name ?? interaction.user.username);

const requestId = (...meaning: readonly string[]): RequestId => asId<RequestId>(['slack', ...meaning].join(':'));
const digest = (values: TypedValues): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 16);

/** A view without metadata, or with that of another version, carries nothing. */
function metadataOf(metadata: string): ViewMetadata & { readonly isReadable: boolean } {
  const read = metadata === '' ? undefined : ViewMetadata.safeParse(json(metadata));
  if (read?.success) return { ...read.data, isReadable: true };
  return { carries: {}, from: { kind: 'nowhere' }, locale: 'en', isReadable: metadata === '' };
}

/** Parse JSON; undefined for invalid JSON. */
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
