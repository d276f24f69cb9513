import { endSignIn } from '../accounts/sign-out-on-access-end.js';
import type { AccessEnd } from '../change.js';
import { endRevokedImpersonations } from '../impersonation/impersonation.js';
import { endPlayerLinks } from '../voicemail/sharing/end-player-links.js';

/** What ends together with a person's access, in this order. */
export const accessEnds: readonly AccessEnd[] = [endSignIn, endPlayerLinks, endRevokedImpersonations];
