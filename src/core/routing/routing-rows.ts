import type { UserId } from '../ids.js';
import type { Closure } from './closure/closure.types.js';

/** The settings of the company that decide where a call goes; names as in the schema. */
export interface RoutingCompany {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly edition: string;
  readonly language: string;
  readonly timeZone: string;
  readonly country: string;
  readonly allowedCountries: readonly string[];
  readonly mainNumbers: readonly string[];
  /** The number (E.164) of the phone menu; null: there is none. */
  readonly accessNumber: string | null;
  readonly operatorId: UserId | null;
  readonly generalMailboxId: UserId | null;
  readonly outOfOfficeEnabled: boolean;
  readonly backupCountsAtOnce: boolean;
  readonly ringSeconds: number;
  /** How long a caller may speak to a mailbox. */
  readonly maxMessageSeconds: number;
  readonly stalePresenceMinutes: number;
  /** ISO days, and ISO 3166 codes of countries, provinces and states whose public holidays count. */
  readonly holidays: readonly string[];
  readonly speechEnabled: boolean;
  /** Where agents take calls (`agent-number`). */
  readonly agentSipTemplate: string;
  /** People without a personal number have a phone at their extension. */
  readonly deskPhones: boolean;
  /** The number (E.164) that takes the calls while Attendant is off; null: none. */
  readonly offNumber: string | null;
  /** What callers hear while it is off; empty: the usual sentence. */
  readonly offAnnouncementEn: string;
  readonly offAnnouncementFr: string;
  /** Main numbers (E.164) at which callers are greeted in the other language. */
  readonly otherLanguageNumbers: readonly string[];
  /** Callers may change the language by a key. */
  readonly languageKey: boolean;
}

/** Somebody a call may reach. */
export interface RoutingPerson {
  readonly id: UserId;
  readonly name: string;
  readonly userType: string;
  readonly access: string;
  /** Their own, or the company's. */
  readonly language: string;
  readonly timeZone: string;
  /** Opening hours as OpenStreetMap writes them; empty: always open. */
  readonly hours: string;
  /** May callers wait while they are on a call, and how long? */
  readonly personalQueue: boolean;
  readonly queueSeconds: number;
  /** May callers be sent straight to the mailbox while they are signed out? */
  readonly directVoicemailTransfer: boolean;
  /** May callers mark a message as urgent? */
  readonly urgentAllowed: boolean;
  readonly agentId: string | null;
  /** The number of the agent is one of our own, where agents are dialled by number. */
  readonly agentNumberComesBack: boolean;
  readonly extension: string | null;
  /** E.164; or an extension of the company's own switch, where people without a number have a desk phone. */
  readonly personalNumber: string | null;
  /** The number is one of our own: ringing it would bring the call back to us. */
  readonly numberComesBack: boolean;
  readonly defaultBackupId: UserId | null;
}

/** A period of absence, planned or running, as routing needs it. */
export interface RoutingPeriod {
  /** Absent: planned, and not saved yet. */
  readonly id?: string;
  readonly userId: UserId;
  readonly startsAt: Date;
  /** Exclusive; null: open-ended. */
  readonly endsAt: Date | null;
  /** The backup; also where `number` was a colleague's DID. */
  readonly backupId: UserId | null;
  /** E.164; null: no number, or a colleague's DID. */
  readonly number: string | null;
  /** `none`, `asked`, `accepted`, `declined`. */
  readonly backupAnswer: string;
  readonly privacy: string;
  readonly note: string;
}

/** What is known of an agent's state, and since when. */
export interface RoutingPresence {
  readonly state: string;
  readonly since: Date;
}

/** Everything that decides where a call to one person goes. Plain data: loaded by the store, or made up by a test. */
export interface RoutingRows {
  readonly company: RoutingCompany;
  /** The person first asked for; always in `people`. */
  readonly asked: UserId;
  /** Everybody the call can reach. */
  readonly people: ReadonlyMap<UserId, RoutingPerson>;
  /** Their periods in the time that is asked about. */
  readonly periods: readonly RoutingPeriod[];
  /** By agent; nobody knows it of the future, so a plan takes every agent as signed in and free. */
  readonly presence: ReadonlyMap<UserId, RoutingPresence> | 'everybody-available';
  /** An admin closed the company; undefined: nobody did, or a plan, whose cover it is no part of. */
  readonly closure?: Closure | undefined;
  /** Days (ISO) on which the company is closed, around the time that is asked about. */
  readonly holidays: ReadonlySet<string>;
}

/** The period of this person that runs at that instant, whether or not the company uses out of office. */
export const periodAt = (
  { periods }: Pick<RoutingRows, 'periods'>,
  userId: UserId,
  at: Date,
): RoutingPeriod | undefined =>
  periods
    .filter((period) => period.userId === userId && isDuring(period, at))
    .reduce<RoutingPeriod | undefined>(
      (latest, period) => (latest && latest.startsAt > period.startsAt ? latest : period),
      undefined,
    );

/** Does the period run at that instant? Its end is exclusive. */
export const isDuring = ({ startsAt, endsAt }: Pick<RoutingPeriod, 'startsAt' | 'endsAt'>, at: Date): boolean =>
  startsAt <= at && (endsAt === null || endsAt > at);
