import { z } from 'zod';
import { canonicalId } from '../core/ids.js';

/** Teams sends null where it has nothing to say. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

/** Ids, names of actions, tags: longer ones are no platform's. */
const shortText = z.string().max(1_000);
const short = shortText.nullish().transform((value) => value ?? undefined);

/** Deeper than any activity is, and shallow enough to be written out again without running out of stack. */
const isShallow = (value: unknown, depth = 32): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1)));

const Account = z.looseObject({ id: shortText, name: text, aadObjectId: short, role: short });

/**
 * What we read of a Bot Framework activity; the rest passes through untouched.
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
    attachments: z.array(z.looseObject({ contentType: text })).nullish(),
    entities: z.array(z.looseObject({ type: text })).nullish(),
    membersAdded: z.array(Account).nullish(),
    channelData: z
      .looseObject({ tenant: z.looseObject({ id: short }).nullish(), team: z.looseObject({ id: short }).nullish() })
      .nullish(),
  })
  .refine((activity) => isShallow(activity));
export type Activity = z.infer<typeof Activity>;

/** Where somebody can be written to first: what we keep with their account. */
export const Whereabouts = z.object({
  serviceUrl: z.url(),
  channelId: z.string(),
  botId: z.string(),
  /** How the channel calls the person: `29:…`, not their Entra id. */
  userId: z.string(),
  tenantId: z.string().optional(),
  /** Their 1:1 chat with us; absent while we only met them in a channel. */
  conversationId: z.string().optional(),
});
export type Whereabouts = z.infer<typeof Whereabouts>;

/** The company's id; the Playground and other local clients name none. */
export const tenantOf = (activity: Activity): string =>
  canonicalId(activity.channelData?.tenant?.id ?? activity.conversation.tenantId ?? 'playground');

/** Did a person do this, and not a bot, a skill or a channel? Ids of bots begin with `28:`, of channels with `19:`. */
export const isByPerson = ({ from }: Activity): boolean =>
  from.id !== '' && !/^(28|19):/.test(from.id) && !['bot', 'skill', 'channel'].includes(from.role?.toLowerCase() ?? '');

/** Is this the person's own chat with us, where nobody else reads? */
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

/** The team or group in which this happened, whose roster we may read; undefined: the person's own chat. */
export const placeOf = (activity: Activity): string | undefined =>
  isPrivate(activity) ? undefined : (activity.channelData?.team?.id ?? activity.conversation.id);

/**
 * Does a click there open a dialog? Microsoft 365 Agents Playground shows none, and swallows the click without a word;
 * its connector is known by its path.
 */
export const opensDialogs = ({ serviceUrl }: { serviceUrl: string }): boolean => !/\/_connector\/?$/.test(serviceUrl);
