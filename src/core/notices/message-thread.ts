/** Return the thread to which every e-mail about a message belongs: its announcement, its copies, its reminders. */
export const messageThread = (voicemailId: string): string => `message-${voicemailId}`;
