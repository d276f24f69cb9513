import type { UserId } from '../ids.js';

/** Which greeting a caller hears before leaving a message. */
export type Greeting = 'out-of-office' | 'after-hours' | 'unavailable';

/** One step of why a call goes where it goes, as data; `reason-lines` puts it into words. */
export type Reason =
  | {
      readonly kind:
        | 'noAccess'
        | 'isAway'
        | 'generalMailbox'
        | 'backupNotAccepted'
        | 'takesNoCalls'
        | 'hadItBefore'
        | 'noAgentId'
        | 'agentSignedOut'
        | 'agentBusy'
        | 'ringsAgent'
        | 'noNumber'
        | 'numberComesBack'
        | 'rangBefore'
        | 'endsMissedNoPlus'
        | 'endsMissedNoAccess';
      readonly person: UserId;
    }
  | { readonly kind: 'periodBackup' | 'defaultBackup'; readonly person: UserId; readonly backup: UserId }
  | {
      readonly kind: 'periodNumber' | 'periodNumberRefused' | 'periodNumberComesBack' | 'ringsNumber' | 'numberRefused';
      readonly person: UserId;
      readonly number: string;
    }
  | { readonly kind: 'chainEnds'; readonly most: number }
  | { readonly kind: 'endsInMailbox'; readonly person: UserId; readonly greeting: Greeting };
