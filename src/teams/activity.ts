import { z } from 'zod';
import { canonicalId, isUuid } from '../core/ids.js';

/** Text; Teams sends null for a missing value. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

/** An id, an action's name or a tag; no platform sends a longer one. */
const shortText = z.string().max(1_000);
const short = shortText.nullish().transform((value) => value ?? undefined);

/** Whether a value is no deeper than an activity can be, checked so that writing it out again cannot exhaust the stack. */
const isShallow = (value: unknown, depth = 32): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1)));

/** More than any activity holds; Teams' own limit of a message is 100 kB. */
const longestList = 1_000;

/** A list, of which what is too much is not read: parsing a megabyte of small entries would block the event loop. */
const list = <Entry extends z.ZodType>(entry: Entry) =>
  z.preprocess((value) => (Array.isArray(value) ? value.slice(0, longestList) : value), z.array(entry).nullish());

const Account = z.looseObject({ id: shortText, name: text, aadObjectId: short, role: short });

/**
 * The fields of a Bot Framework activity that are read here; other fields pass unchanged.
 * https://github.com/microsoft/botframework-sdk/blob/main/specs/botframework-activity/botframework-activity.md
 */
export const Activity = z
  .looseObject({
    type: z.string().min(1),
    id: short,
    name: short,
    action: short,
    text,
    replyToId: short,
    locale: short,
    localTimezone: short,
    channelId: shortText.default('msteams'),
    serviceUrl: z.url({ protocol: /^https?$/ }).max(1_000),
    from: Account.default({ id: '', name: undefined, aadObjectId: undefined, role: undefined }),
    recipient: Account.default({ id: '', name: undefined, aadObjectId: undefined, role: undefined }),
    conversation: z.looseObject({
      id: shortText.min(1),
      conversationType: short,
      tenantId: short,
      isGroup: z.boolean().nullish(),
    }),
    timestamp: z.unknown().optional(),
    value: z.unknown().optional(),
    attachments: list(z.looseObject({ contentType: text })),
    entities: list(z.looseObject({ type: text })),
    membersAdded: list(Account),
    channelData: z
      .looseObject({ tenant: z.looseObject({ id: short }).nullish(), team: z.looseObject({ id: short }).nullish() })
      .nullish(),
  })
  .refine((activity) => isShallow(activity));
export type Activity = z.infer<typeof Activity>;

/** How to reach a person without a request from them; stored with their account. */
export const Whereabouts = z.object({
  serviceUrl: z.url(),
  channelId: z.string(),
  botId: z.string(),
  /** The channel's own id of the person: `29:…`, not their Entra id. */
  userId: z.string(),
  tenantId: z.string().optional(),
  /** Their 1:1 chat with the bot; absent while they were only met in a channel. */
  conversationId: z.string().optional(),
});
export type Whereabouts = z.infer<typeof Whereabouts>;

/** The company's tenant id; the Playground and other local clients send none. */
export const tenantOf = (activity: Activity): string =>
  canonicalId(activity.channelData?.tenant?.id ?? activity.conversation.tenantId ?? 'playground');

/** The id of a bot in Teams, by its Microsoft app. */
export const botIdOf = (appId: string): string => `28:${appId}`;

/**
 * Whether a stored chat is with this bot. Teams names bots by their apps, and gives each its own ids of chats and people;
 * other clients, with which only the environment's bot talks, name them as they like.
 */
export function isWith(
  { appId, onlyTenant }: { readonly appId: string; readonly onlyTenant: string | undefined },
  { botId }: Pick<Whereabouts, 'botId'>,
): boolean {
  const isOfTeams = onlyTenant !== undefined || isUuid(botId.replace('28:', ''));
  return !isOfTeams || botId.toLowerCase() === botIdOf(appId).toLowerCase();
}

/** Whether a person acted, not a bot, a skill or a channel. Ids of bots begin with `28:`, of channels with `19:`. */
export const isByPerson = ({ from }: Activity): boolean =>
  from.id !== '' && !/^(28|19):/.test(from.id) && !['bot', 'skill', 'channel'].includes(from.role?.toLowerCase() ?? '');

/** Whether this is the person's 1:1 chat with the bot, which no other person reads. */
export const isPrivate = ({ conversation }: Activity): boolean =>
  conversation.conversationType === undefined
    ? conversation.isGroup !== true
    : conversation.conversationType === 'personal';

export function whereaboutsOf(activity: Activity): Whereabouts {
  return {
    serviceUrl: activity.serviceUrl,
    channelId: activity.channelId,
    botId: activity.recipient.id,
    userId: activity.from.id,
    tenantId: tenantOf(activity),
    ...(isPrivate(activity) ? { conversationId: activity.conversation.id } : {}),
  };
}

/** The team or group of the activity, whose roster the bot may read; undefined in a 1:1 chat. */
export const teamOrGroupOf = (activity: Activity): string | undefined =>
  isPrivate(activity) ? undefined : (activity.channelData?.team?.id ?? activity.conversation.id);

/**
 * Whether a click there opens a dialog. Microsoft 365 Agents Playground ignores such clicks; its connector is
 * recognised by its path.
 */
export const opensDialogs = ({ serviceUrl }: { serviceUrl: string }): boolean => !/\/_connector\/?$/.test(serviceUrl);
