/** What callers may hear of a mailbox's owner: the name alone, or a greeting for one situation (`decision-reason.Greeting`). */
export const greetingKinds = ['name', 'unavailable', 'out-of-office', 'after-hours'] as const;
export type GreetingKind = (typeof greetingKinds)[number];

/** Is this text the name of a kind? */
export const isGreetingKind = (text: string): text is GreetingKind =>
  (greetingKinds as readonly string[]).includes(text);

/** PRODUCT.md §5, Limits. */
export const longestSeconds = (kind: GreetingKind): number => (kind === 'name' ? 10 : 60);

/** Less than this says nothing. */
export const shortestGreetingSeconds = 0.5;
