import type { AccountKey } from '../chat/exchange.js';

/** Somebody as a platform's list has them. */
export interface ListedMember {
  readonly accountId: string;
  /** `outside`: a guest, a bot, the app itself: nobody to bring in, and not gone either. */
  readonly is: 'member' | 'outside' | 'left';
  readonly displayName?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly title?: string | undefined;
  /** Only where the platform vouches for it. */
  readonly email?: string | undefined;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** Where in a workspace the app is among several people, as `rememberPlace` kept it. */
export interface KnownPlace {
  readonly placeId: string;
  readonly conversation: unknown;
}

/**
 * How much a reading saw. A part says nothing about who is not in it. `missing` is the permission for the rest: of the
 * people, or of what the platform says of them.
 */
export type Extent =
  | { readonly kind: 'whole'; readonly missing?: string }
  | { readonly kind: 'part'; readonly missing: string };

/** How the core reads who is in a workspace of a platform. */
export interface MemberList {
  /** What people call the platform. */
  readonly name: string;
  /** How a missing permission is given: with the app's installation, or by an administrator's consent. */
  readonly grantedBy: 'installation' | 'consent';
  /**
   * Hands over everybody, page by page, and resolves when that was all. Rejects with `ListRefused` where a person has to
   * do something first, with anything else when it may work later. Somebody may come twice.
   */
  read(
    workspace: { readonly externalWorkspaceId: string; readonly places: readonly KnownPlace[] },
    onPage: (members: readonly ListedMember[]) => Promise<void>,
  ): Promise<Extent>;
  /** One of them; undefined: the platform does not know them. Absent where nothing tells of single people. */
  one?(account: AccountKey): Promise<ListedMember | undefined>;
}

/** Each platform that can list its people. */
interface MemberLists {
  /** The names of their folders. */
  readonly platforms: readonly string[];
  /** Undefined: this platform is not switched on here, or has no list. */
  for(platform: string): MemberList | undefined;
}

/** The platform says no until somebody does something: a permission is missing, or it does not take our credentials. */
export class ListRefused extends Error {
  constructor(
    readonly why: 'permission' | 'credentials',
    /** As the platform names it. */
    readonly permission?: string,
  ) {
    super(why);
    this.name = 'ListRefused';
  }
}

declare module '../deps.js' {
  interface Deps {
    readonly memberLists: MemberLists;
  }
}
