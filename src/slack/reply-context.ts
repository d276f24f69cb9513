import { z } from 'zod';

/** A message that something was pressed on. */
const PressedMessage = z.object({ channel: z.string(), ts: z.string(), isEphemeral: z.boolean() });
export type PressedMessage = z.infer<typeof PressedMessage>;

/** Where a form came from, kept in the view while it is open; its answer goes back there. */
const Origin = z.discriminatedUnion('kind', [
  /** A slash command, or a card; a card can be replaced. */
  z.object({ kind: z.enum(['command', 'card']), responseUrl: z.string(), message: PressedMessage.optional() }),
  z.object({ kind: z.literal('home') }),
  z.object({ kind: z.literal('nowhere') }),
]);
export type Origin = z.infer<typeof Origin>;

/** What a view keeps for us in `private_metadata`. */
export const Kept = z.object({
  carries: z.record(z.string(), z.string()),
  from: Origin,
  /** The language the view was shown in. */
  locale: z.enum(['en', 'fr']),
});
export type Kept = z.infer<typeof Kept>;

/**
 * Where a person did something, with what Slack gave to answer them there: `triggerId` opens a view, works once and
 * lives 3 s; `responseUrl` works 5 times in 30 minutes.
 */
export type Place = { readonly accountId: string } & (
  | {
      readonly kind: 'command' | 'card';
      readonly responseUrl: string;
      readonly triggerId: string;
      readonly message?: PressedMessage | undefined;
    }
  | { readonly kind: 'modal'; readonly viewId: string; readonly triggerId: string; readonly from: Origin }
  | { readonly kind: 'home'; readonly triggerId: string }
  /** Typed to the app, alone with it or in a channel. */
  | { readonly kind: 'typed'; readonly channel: string; readonly direct: boolean; readonly threadTs?: string }
);

/** What a form that is opened in this place has to remember of it. */
export function originOf(place: Place): Origin {
  switch (place.kind) {
    case 'command':
    case 'card':
      return {
        kind: place.kind,
        responseUrl: place.responseUrl,
        ...(place.message ? { message: place.message } : {}),
      };
    case 'modal':
      return place.from;
    case 'home':
      return { kind: 'home' };
    case 'typed':
      return { kind: 'nowhere' };
    default:
      return place satisfies never;
  }
}

/** The message of a place as `slackMessenger` names it, where it is one that stays. */
export const refOf = (from: Place | Origin): { readonly on?: { channel: string; ts: string } } => {
  const message = 'message' in from ? from.message : undefined;
  return message && !message.isEphemeral ? { on: { channel: message.channel, ts: message.ts } } : {};
};
