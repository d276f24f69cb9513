/** What became of the question whose account it is. */
export const linkStatuses = ['waiting', 'confirmed', 'refused'] as const;
export type LinkStatus = (typeof linkStatuses)[number];

/** How an account came to its user; the app's own accounts have the app's name there. */
export const linkedByWays = ['email', 'admin', 'cli', 'demo'] as const;
export type LinkedBy = (typeof linkedByWays)[number];
