/** What came of one person in a change of many. */
export const lineOutcomes = ['updated', 'unchanged', 'refused'] as const;
export type LineOutcome = (typeof lineOutcomes)[number];
