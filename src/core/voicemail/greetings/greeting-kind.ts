/** The recordings of a mailbox: the owner's name, and a greeting for each situation (`Greeting` in `decision-reason`). */
export const greetingKinds = ['name', 'unavailable', 'out-of-office', 'after-hours'] as const;
export type GreetingKind = (typeof greetingKinds)[number];

/** Return whether this text names a kind. */
export const isGreetingKind = (text: string): text is GreetingKind =>
  (greetingKinds as readonly string[]).includes(text);

/** Return the longest recording of a kind, in seconds (PRODUCT.md §5, Limits). */
export const longestSeconds = (kind: GreetingKind): number => (kind === 'name' ? 10 : 60);

/** Recordings shorter than this are refused. */
export const shortestGreetingSeconds = 0.5;
