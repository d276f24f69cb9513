/** Who takes care of a message of a shared mailbox, as its viewer sees it. */
export type ClaimState = 'nobody' | 'mine' | 'somebody';
