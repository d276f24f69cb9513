import { z } from 'zod';

/** A message whose button was pressed. */
const PressedMessage = z.object({ channel: z.string(), ts: z.string(), isEphemeral: z.boolean() });
export type PressedMessage = z.infer<typeof PressedMessage>;

/** The origin of a form, kept in the view while it is open; its answer goes back there. */
const Origin = z.discriminatedUnion('kind', [
  /** A slash command, or a card; only a card can be replaced. */
  z.object({ kind: z.enum(['command', 'card']), responseUrl: z.string(), message: PressedMessage.optional() }),
  z.object({ kind: z.literal('home') }),
  z.object({ kind: z.literal('nowhere') }),
]);
export type FormOrigin = z.infer<typeof Origin>;

/** The content of a view's `private_metadata`. */
export const ViewMetadata = z.object({
  carries: z.record(z.string(), z.string()),
  from: Origin,
  /** The language in which the view was shown. */
  locale: z.enum(['en', 'fr']),
});
export type ViewMetadata = z.infer<typeof ViewMetadata>;

/**
 * Where a person acted, and the means Slack gave to answer there: `triggerId` opens a view once, within 3 s;
 * `responseUrl` can be used 5 times in 30 minutes.
 */
export type ReplyContext = { readonly accountId: string } & (
  | {
      readonly kind: 'command' | 'card';
      readonly responseUrl: string;
      readonly triggerId: string;
      readonly message?: PressedMessage | undefined;
    }
  | { readonly kind: 'modal'; readonly viewId: string; readonly triggerId: string; readonly from: FormOrigin }
  | { readonly kind: 'home'; readonly triggerId: string }
  /** Typed to the app, in a direct message or in a channel. */
  | { readonly kind: 'typed'; readonly channel: string; readonly direct: boolean; readonly threadTs?: string }
);

/** The part of a place that a form opened there must keep. */
export function formOriginOf(place: ReplyContext): FormOrigin {
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

/** The message at a place, in the form that `slackMessenger` returns, if it is a permanent one. */
export const messageRefOf = (from: ReplyContext | FormOrigin): { readonly on?: { channel: string; ts: string } } => {
  const message = 'message' in from ? from.message : undefined;
  return message && !message.isEphemeral ? { on: { channel: message.channel, ts: message.ts } } : {};
};
