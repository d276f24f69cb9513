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
  type SlackFile,
  SlashCommand,
  ViewSubmission,
} from './payload.js';
import { memberOf } from './person.js';
import { Kept, type Origin, type Place } from './place.js';

type Kind<Name extends Request['kind']> = Request & { kind: Name };

/** A payload in the core's words, with what the answer needs. */
export type Heard =
  | { readonly kind: 'ask'; readonly request: Kind<'command' | 'click'>; readonly place: Place }
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
      return readEvent(parsed(EventCallback, body));
    default:
      return { kind: 'nothing' };
  }
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
  // A button that only leads to a page has no value; Slack tells us all the same.
  if (action?.type !== 'button' || action.value === undefined) return { kind: 'nothing' };

  const place = placeOf(click);
  const where = click.view?.id ?? `${click.container?.channel_id}:${click.container?.message_ts}`;
  return {
    kind: 'ask',
    request: {
      kind: 'click',
      id: requestId('click', workspaceOf(click), where, action.action_ts),
      from: from(click),
      action: action.action_id.replace(/#\d+$/, ''),
      carries: parsed(Kept.shape.carries, json(action.value)),
    },
    place,
  };
}

function placeOf(click: BlockActions): Place {
  const { id: accountId } = click.user;
  const { trigger_id: triggerId, response_url: responseUrl, view } = click;
  if (view?.type === 'modal')
    return { kind: 'modal', accountId, triggerId, viewId: view.id, from: kept(view.private_metadata).from };
  if (view?.type === 'home') return { kind: 'home', accountId, triggerId };
  if (responseUrl === undefined) throw new Malformed('a click in a message without response_url');
  return { kind: 'card', accountId, triggerId, responseUrl };
}

function readSubmission(submission: ViewSubmission): Heard {
  const { view } = submission;
  const states = Object.entries(view.state?.values ?? {}).flatMap(([field, byAction]) =>
    Object.values(byAction).map((state) => [field, state] as const),
  );
  const { carries, from: origin, locale } = kept(view.private_metadata);
  const values = Object.fromEntries(states.map(([field, state]) => [field, typed(state)]));
  return {
    kind: 'submit',
    request: {
      kind: 'submit',
      // After a problem the same view comes again with the same hash and other values: that is no repeat.
      id: requestId('submit', view.id, view.hash, digest(values)),
      from: from(submission),
      form: view.callback_id,
      values,
      carries,
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

function readEvent({ event, team_id: workspaceId, authorizations }: EventCallback): Heard {
  const self = authorizations?.[0]?.user_id ?? undefined;
  const { user, channel, ts } = event;
  if (typeof user === 'object') {
    if (event.type !== 'team_join' && event.type !== 'user_change') return { kind: 'nothing' };
    return { kind: 'member', account: sender(workspaceId, user.id), said: memberOf(user, workspaceId) };
  }
  if (user === undefined || user === self || event.bot_id) return { kind: 'nothing' };
  if (event.type === 'app_home_opened') {
    if (event.tab !== 'home') return { kind: 'nothing' };
    return {
      kind: 'home',
      request: {
        kind: 'home',
        id: requestId('home', workspaceId, user, event.event_ts ?? ''),
        from: sender(workspaceId, user),
      },
      firstTime: !event.view,
    };
  }
  const direct = event.type === 'message' && event.channel_type === 'im';
  // A subtype is an edit, a deletion, somebody joining: nothing that was said to us.
  if ((!direct && event.type !== 'app_mention') || event.subtype !== undefined || !channel || !ts)
    return { kind: 'nothing' };

  const { text, mentions } = typedText(event.text ?? '', workspaceId, self);
  return {
    kind: 'ask',
    request: {
      kind: 'command',
      id: requestId('event', workspaceId, channel, user, ts),
      from: { ...sender(workspaceId, user), ...(direct ? { conversation: { channel } } : {}) },
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

const sender = (workspaceId: string, accountId: string, displayName?: string): Sender => ({
  platform: 'slack',
  workspaceId,
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

/** A view that is not ours to remember in (none is sent so) carries nothing. */
const kept = (metadata: string): Kept =>
  metadata === '' ? { carries: {}, from: { kind: 'nowhere' }, locale: 'en' } : parsed(Kept, json(metadata));

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed('not JSON');
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  if (!result.success) throw new Malformed(result.error.issues.map(({ path }) => path.join('.')).join(', '));
  return result.data;
}
