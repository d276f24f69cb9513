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
        | 'presenceStale'
        | 'agentBusy'
        | 'agentNumberComesBack'
        | 'ringsAgent'
        | 'noNumber'
        | 'numberComesBack'
        | 'rangBefore'
        | 'callerWantsMailbox'
        | 'callerBlocked'
        | 'sentToMailbox'
        | 'notSentToMailbox'
        | 'waitedLongEnough'
        | 'endsMissedNoPlus'
        | 'endsMissedNoAccess';
      readonly person: UserId;
    }
  | { readonly kind: 'periodBackup' | 'defaultBackup'; readonly person: UserId; readonly backup: UserId }
  | {
      readonly kind:
        | 'periodNumber'
        | 'periodNumberRefused'
        | 'periodNumberComesBack'
        | 'ringsNumber'
        | 'numberRefused'
        | 'ringsAgentNumber'
        | 'agentNumberRefused';
      readonly person: UserId;
      readonly number: string;
    }
  | { readonly kind: 'chainEnds'; readonly most: number }
  | { readonly kind: 'mayWait' | 'mayWaitIfBusy'; readonly person: UserId; readonly seconds: number }
  /** `until` undefined: until it is opened. */
  | { readonly kind: 'companyClosed'; readonly until: Date | undefined; readonly note: string }
  /** `opens`: in the person’s zone; undefined: never. */
  | {
      readonly kind: 'outsideHours';
      readonly person: UserId;
      readonly opens: Date | undefined;
      readonly timeZone: string;
    }
  | { readonly kind: 'endsInMailbox' | 'leavesMessage'; readonly person: UserId; readonly greeting: Greeting };
