/** The states of work that a person asked for and a job performs. */
export const workStatuses = ['waiting', 'done', 'failed'] as const;
/** The state of work that a job performs. */
export type WorkStatus = (typeof workStatuses)[number];
