import type { TenantId, UserId } from '../ids.js';
import type { Edition } from '../tenants/edition.js';
import type { PersonActor } from './actor.js';
import type { AccountKey } from './exchange.js';
import type { Reader } from './phrasing.js';

/** The settings of the company that decide what a command may do; names as in the schema. */
interface AskerTenant {
  readonly id: TenantId;
  readonly name: string;
  readonly edition: Edition;
  readonly country: string;
  readonly outOfOfficeEnabled: boolean;
  readonly downloadsAllowed: boolean;
  readonly impersonationNotice: boolean;
}

/** Who asks: the actor, the user meant by "me", and how they read. */
export interface Requester {
  readonly actor: PersonActor;
  /** The user that "me" means: the impersonated one while an admin acts as them. */
  readonly user: {
    readonly id: UserId;
    readonly displayName: string;
    readonly email: string;
    readonly access: string;
    /** Who closes the gate `forwarding`; undefined: it is open. */
    readonly forwardingClosedBy: 'company' | 'own' | undefined;
  };
  /** Their impersonator's name, for the bar. */
  readonly impersonator?: { readonly id: UserId; readonly displayName: string; readonly until: Date };
  readonly tenant: AskerTenant;
  readonly reader: Reader;
  readonly account: AccountKey;
}
