import type { TenantId, UserId } from '../ids.js';
import type { Edition } from '../tenants/edition.js';
import type { PersonActor } from './actor.js';
import type { AccountKey } from './exchange.js';
import type { Reader } from './phrasing.js';

/** The company's settings that decide what a command may do; names as in the schema. */
interface RequesterTenant {
  readonly id: TenantId;
  readonly name: string;
  readonly edition: Edition;
  readonly country: string;
  readonly outOfOfficeEnabled: boolean;
  readonly downloadsAllowed: boolean;
  readonly impersonationNotice: boolean;
}

/** The person who asks: the actor, the user meant by "me", and how they read. */
export interface Requester {
  readonly actor: PersonActor;
  /** The user that "me" means: the impersonated user while an admin acts as them. */
  readonly user: {
    readonly id: UserId;
    readonly displayName: string;
    readonly email: string;
    readonly access: string;
    /** Which setting disables `forwarding`; undefined: it is enabled. */
    readonly forwardingClosedBy: 'company' | 'own' | undefined;
  };
  /** The impersonator, for the banner. */
  readonly impersonator?: { readonly id: UserId; readonly displayName: string; readonly until: Date };
  readonly tenant: RequesterTenant;
  readonly reader: Reader;
  readonly account: AccountKey;
}
