/**
 * When somebody is proposed to a caller, in scores of the matcher (0 to 1). Chosen on what a recogniser made of 153
 * names at telephone band, among 100,000 people: from these scores on, the first who is proposed is right in seven of
 * ten (eight with one transcript), below them in one of six: then it is better to ask again.
 */
export const worthAsking = {
  /** A recogniser that gives one transcript only: what it missed, it missed. */
  oneTranscript: 0.7,
  /** Several transcripts weigh against each other, and agree on less. */
  severalTranscripts: 0.65,
  /** Letters are told apart badly by telephone. */
  spelled: 0.7,
} as const;

/** From here on the name is the one that was said; whoever fits clearly worse is not meant. */
export const sureScore = 0.9;
/** Everything that was said or keyed is there, and nothing of the name is left over. */
export const wholeScore = 0.998;
/** So much worse than the best, and as likely meant. */
export const asGood = 0.05;
/** So many different names are proposed of what only resembles; more would be a guessing game. */
export const mostGuesses = 3;
/** A recogniser cuts names short seldom: that it did is less likely than that it did not. */
export const cutShortCost = 0.08;

/** A number said: with “extension” before it; nothing but a number; a number among other words. */
export const numberScore = { named: 0.99, alone: 0.97, among: 0.9 } as const;
/** The next way to read the same number, or the next transcript, must not stand beside the first. */
export const nextReadingCost = 0.06;

/** From here on somebody among a few is told apart by a part of the name, a title or a team. */
export const amongFewScore = 0.78;
/** Among a few, so much better than the next; and where all that was said is theirs, told by what else they are called. */
export const amongFewLead = 0.03;
export const exactLead = 0.002;
