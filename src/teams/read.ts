import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AccountKey, Mention, Page, Request, Sender } from '../core/chat/exchange.js';
import { requestLimits } from '../core/chat/read-request.js';
import type { CarriedData } from '../core/chat/view.js';
import { asId, canonicalId, type RequestId } from '../core/ids.js';
import { outOfOfficeActions } from '../core/out-of-office/out-of-office.action-ids.js';
import { type Activity, isByPerson, isPrivate, tenantOf, whereaboutsOf } from './activity.js';
import { type CardAction, readCardAction } from './card-data.js';
import { leftOutIn } from './people-dataset.js';

/** Where a request was made, which decides how Teams allows it to be answered. */
export type Place =
  /** A message; `cardId` when it was a card's Submit. */
  | { readonly kind: 'chat'; readonly cardId?: string }
  /** An Action.Execute; the answer is a card. */
  | { readonly kind: 'card' }
  /** A dialog, opened or submitted; `cardId` is the message whose button opened it. */
  | { readonly kind: 'dialog'; readonly cardId?: string }
  /** A person is typing in a person field. */
  | { readonly kind: 'picker' }
  /** A search in the message extension. */
  | { readonly kind: 'extension' };

/** An activity translated to the core's types. */
export type TeamsInput =
  | { readonly kind: 'request'; readonly request: Request; readonly place: Place; readonly drawing?: string }
  | {
      readonly kind: 'cancelled';
      readonly place: Place;
      readonly form: string;
      readonly title: string;
      readonly carries: CarriedData;
    }
  /** The bot was added to a person's chat. */
  | { readonly kind: 'installed'; readonly from: Sender; readonly id: RequestId }
  /** An invoke that is not for us, which must still be answered. */
  | { readonly kind: 'unknown-invoke' }
  | { readonly kind: 'nothing' };

/** A client asks for 25 results at a time; a page of ours holds at most that many. */
const mostOnPage = 25;

const ExecuteValue = z.looseObject({
  action: z.looseObject({ verb: z.string().optional().catch(undefined), data: z.unknown().optional() }),
});
const DataValue = z.looseObject({ data: z.unknown().optional(), commandId: z.string().optional().catch(undefined) });
const SearchValue = z.looseObject({ queryText: z.string().default(''), dataset: z.string().catch('') });
/** The page of results that a client asks for; an invalid value is the first page. */
const QueryOptions = z.looseObject({
  skip: z.int().min(0).max(10_000).catch(0),
  count: z.int().min(1).catch(mostOnPage),
});
const QueryValue = z.looseObject({
  // Some clients omit the name of the only parameter.
  parameters: z.array(z.looseObject({ name: z.string().nullish(), value: z.unknown().optional() })).default([]),
  queryOptions: QueryOptions.catch({ skip: 0, count: mostOnPage }),
});
const MentionEntity = z.looseObject({
  type: z.literal('mention'),
  text: z.string().max(1_000).default(''),
  mentioned: z.looseObject({ id: z.string(), aadObjectId: z.string().nullish(), name: z.string().nullish() }),
});

/** Read an activity. Pure: a repeated activity gives the same request with the same id. */
export function read(activity: Activity): TeamsInput {
  const isSaid = activity.type === 'message' || activity.type === 'invoke';
  if (isSaid && !isByPerson(activity)) return { kind: activity.type === 'invoke' ? 'unknown-invoke' : 'nothing' };
  switch (activity.type) {
    case 'message':
      return readMessage(activity);
    case 'invoke':
      return readInvoke(activity);
    case 'installationUpdate':
      return activity.action?.startsWith('add') ? installed(activity) : { kind: 'nothing' };
    case 'conversationUpdate':
      return activity.membersAdded?.some(({ id }) => id === activity.recipient.id)
        ? installed(activity)
        : { kind: 'nothing' };
    default:
      return { kind: 'nothing' };
  }
}

function readMessage(activity: Activity): TeamsInput {
  const pressed = isFilled(activity.value) ? readPosted(activity.value) : undefined;
  if (pressed) {
    const place: Place = { kind: 'chat', ...(activity.replyToId ? { cardId: activity.replyToId } : {}) };
    return heard(activity, pressed, place);
  }
  // Too long in any case: the core refuses it by its length.
  if ((activity.text ?? '').length > 4 * requestLimits.command) return typedCommand(activity, activity.text ?? '', []);
  const mentions = (activity.entities ?? []).slice(0, 4 * requestLimits.mentions).flatMap((entity) => {
    const read = MentionEntity.safeParse(entity);
    return read.success ? [read.data] : [];
  });
  const text = mentions.reduce((left, { text }) => (text ? left.replace(text, ' ') : left), textOf(activity));
  // A button was clicked whose data is of another version.
  if (text.trim() === '' && isFilled(activity.value)) return unknown(activity, { kind: 'chat' });
  if (text.trim() === '' && hasCard(activity)) return { kind: 'nothing' };
  const people = mentions.filter(({ mentioned }) => mentioned.id !== activity.recipient.id);
  return typedCommand(
    activity,
    commandIn(text),
    people.map(({ mentioned }) => ({
      ...accountOf(activity, mentioned),
      ...(mentioned.name ? { displayName: mentioned.name } : {}),
    })),
  );
}

const typedCommand = (activity: Activity, text: string, mentions: readonly Mention[]): TeamsInput => ({
  kind: 'request',
  place: { kind: 'chat' },
  request: { id: idOf(activity), from: senderOf(activity), kind: 'command', text, mentions },
});

/** A Submit's value is the data itself; some clients wrap it as Action.Execute does. */
function readPosted(value: unknown): CardAction | undefined {
  const wrapped = ExecuteValue.safeParse(value);
  if (wrapped.success) return readCardAction(wrapped.data.action.data, wrapped.data.action.verb);
  return readCardAction(value);
}

function readInvoke(activity: Activity): TeamsInput {
  const { value } = activity;
  switch (activity.name) {
    case 'adaptiveCard/action': {
      return heard(activity, readPosted(value), { kind: 'card' });
    }
    case 'task/fetch':
    case 'task/submit':
    case 'composeExtension/fetchTask':
    case 'composeExtension/submitAction': {
      const read = DataValue.safeParse(value);
      if (!read.success) return unknown(activity, { kind: 'dialog' });
      const opensOutOfOffice = read.data.commandId === 'setOutOfOffice' ? outOfOfficeActions.set : undefined;
      const pressed = readCardAction(read.data.data, opensOutOfOffice);
      const cardId = pressed?.cardId ?? activity.replyToId;
      return heard(activity, pressed, { kind: 'dialog', ...(cardId ? { cardId } : {}) });
    }
    case 'application/search': {
      const read = SearchValue.safeParse(value);
      const { queryText, dataset } = read.success ? read.data : { queryText: '', dataset: '' };
      return suggest(activity, queryText, { kind: 'picker' }, leftOutIn(dataset));
    }
    case 'composeExtension/query': {
      const read = QueryValue.safeParse(value);
      if (!read.success) return unknown(activity, { kind: 'extension' });
      const typed = read.data.parameters.find(({ name }) => name !== 'initialRun')?.value;
      const { skip, count } = read.data.queryOptions;
      const page = { skip, count: Math.min(count, mostOnPage) };
      return suggest(activity, typeof typed === 'string' ? typed : '', { kind: 'extension' }, { toShare: true, page });
    }
    default:
      if (activity.name?.startsWith('task/')) return unknown(activity, { kind: 'dialog' });
      if (activity.name?.startsWith('composeExtension/')) return unknown(activity, { kind: 'extension' });
      return { kind: 'unknown-invoke' };
  }
}

/** A request of another version's card, or of another app's manifest; the person is told what to do instead. */
const unknown = (activity: Activity, place: Place): TeamsInput => ({
  kind: 'request',
  place,
  request: { id: idOf(activity), from: senderOf(activity), kind: 'unknown', what: '' },
});

function heard(activity: Activity, pressed: CardAction | undefined, place: Place): TeamsInput {
  if (!pressed) return unknown(activity, place);
  const { action, carries, values, intent, drawing, title } = pressed;
  if (intent === 'cancel') return { kind: 'cancelled', place, form: action, title: title ?? action, carries };
  const activityId = 'cardId' in place ? place.cardId : activity.replyToId;
  const on = activityId === undefined ? {} : { on: { conversationId: activity.conversation.id, activityId } };
  const request = { id: idOf(activity), from: senderOf(activity), ...on };
  return {
    kind: 'request',
    place,
    request:
      intent === 'send'
        ? { ...request, kind: 'submit', form: action, values, carries }
        : { ...request, kind: 'click', action, carries },
    ...(drawing ? { drawing } : {}),
  };
}

const suggest = (
  activity: Activity,
  query: string,
  place: Place,
  how: { readonly toShare?: boolean; readonly page?: Page; readonly without?: string } = {},
): TeamsInput => ({
  kind: 'request',
  place,
  request: { id: idOf(activity), from: senderOf(activity), kind: 'suggest', query: query.trim(), ...how },
});

const installed = (activity: Activity): TeamsInput =>
  isPrivate(activity) ? { kind: 'installed', from: senderOf(activity), id: idOf(activity) } : { kind: 'nothing' };

function senderOf(activity: Activity): Sender {
  const { name } = activity.from;
  return {
    ...accountOf(activity, activity.from),
    ...(name ? { displayName: name } : {}),
    ...(activity.locale ? { locale: activity.locale } : {}),
    ...(activity.localTimezone ? { timeZone: activity.localTimezone } : {}),
    conversation: whereaboutsOf(activity),
  };
}

/** The account of a person, by their Entra object id; clients without a directory send only their own id. */
export const accountOf = (
  activity: Activity,
  who: { id: string; aadObjectId?: string | null | undefined },
): AccountKey => ({
  platform: 'teams',
  externalWorkspaceId: tenantOf(activity),
  accountId: canonicalId(who.aadObjectId || who.id),
});

/** The text without the mark that a card inserted into a message (by our own search, for example) leaves. */
const textOf = ({ text = '' }: Activity): string =>
  text
    .replace(/<span[^<>]*><\/span>/g, ' ')
    .replace(/<span([^<>]*)>\s*<\/span>/g, (span, inside: string) => (inside.includes(cardMark) ? ' ' : span));
const cardMark = 'itemtype="http://schema.skype.com/InputExtension"';

/** Whether the message holds a card that a person shares; it asks nothing. */
const hasCard = ({ attachments }: Activity): boolean =>
  attachments?.some(({ contentType }) => contentType?.startsWith('application/vnd.microsoft.card.')) ?? false;

/** The text without what Teams puts into it. */
const commandIn = (text: string): string => text.replace(/<at[^<>]*>[^<]*<\/at>|&nbsp;|\u00a0/g, ' ').trim();

/**
 * The id of a request. Teams sends an activity again with the same id after 15 s (and once more under a new one, see
 * `answered-activities.ts`). The conversation is included because ids are unique only within it; the tenant, because the
 * conversations of two bots need not differ; the content, because an id can be missing.
 */
function idOf(activity: Activity): RequestId {
  const { conversation, from, id, type, name, value, text, replyToId, timestamp } = activity;
  const unnamed = id ? [] : [text, replyToId, timestamp];
  const meaning = JSON.stringify([tenantOf(activity), conversation.id, from.id, id, type, name, value, ...unnamed]);
  return asId<RequestId>(`teams:${createHash('sha256').update(meaning).digest('base64url')}`);
}

const isFilled = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;
