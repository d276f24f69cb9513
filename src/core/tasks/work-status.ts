/** How work stands that somebody asked for and a job does. */
export const workStatuses = ['waiting', 'done', 'failed'] as const;
export type WorkStatus = (typeof workStatuses)[number];
