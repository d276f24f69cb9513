/** The states of the question to admins who owns an account. */
export const linkStatuses = ['waiting', 'confirmed', 'refused'] as const;
/** The state of the question to admins who owns an account. */
export type LinkStatus = (typeof linkStatuses)[number];

/** How an account was linked to its user; for the app's own accounts it is the app's name. */
export const linkedByWays = ['email', 'admin', 'cli', 'demo'] as const;
/** How an account was linked to its user. */
export type LinkedBy = (typeof linkedByWays)[number];
