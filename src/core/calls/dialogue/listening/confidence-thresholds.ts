/**
 * The least scores of the matcher (0 to 1) at which a person is proposed to a caller. Measured on a recogniser's
 * transcripts of 153 names at telephone band, among 100,000 people: from these scores on, the first proposal is right
 * in seven of ten cases (eight with one transcript), below them in one of six: then asking again is better.
 */
export const proposalScores = {
  /** A recogniser that gives one transcript: nothing compensates for its errors. */
  oneTranscript: 0.7,
  /** Several transcripts compensate for each other, and agree on less. */
  severalTranscripts: 0.65,
  /** Letters are hard to distinguish by telephone. */
  spelled: 0.7,
} as const;

/** From this score on the name is the one that was said; people who fit clearly worse are not meant. */
export const sureScore = 0.9;
/** Every word or key matches, and nothing of the name is left over. */
export const wholeScore = 0.998;
/** A person whose score is at most this much below the best is equally likely. */
export const equalScoreMargin = 0.05;
/** The most different names proposed for an inexact match. */
export const mostGuesses = 3;
/** Recognisers seldom cut names short: the cost of assuming that one did. */
export const cutShortCost = 0.08;

/** Scores of a spoken number: after “extension”; nothing but a number; a number among other words. */
export const numberScore = { named: 0.99, alone: 0.97, among: 0.9 } as const;
/** The cost of the next reading of a number, or the next transcript, so that it does not compete with the first. */
export const nextReadingCost = 0.06;

/** From this score on a person among a few is distinguished by a part of the name, a title or a team. */
export const amongFewScore = 0.78;
/** The least lead over the next person among a few. */
export const amongFewLead = 0.03;
/** The least lead if everything that was said matches the person. */
export const exactLead = 0.002;
