import type { AccountKey } from '../chat/exchange.js';

/** A member as a platform's list reports them. */
export interface ListedMember {
  readonly accountId: string;
  /** `outside`: a guest, a bot, the app itself: not to be brought in, and not gone either. */
  readonly is: 'member' | 'outside' | 'left';
  readonly displayName?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly title?: string | undefined;
  /** Only if the platform vouches for it. */
  readonly email?: string | undefined;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** A place in a workspace where the app is among several people, as `rememberPlace` stored it. */
export interface KnownPlace {
  readonly placeId: string;
  readonly conversation: unknown;
}

/**
 * How complete a reading is. A part says nothing about people who are not in it. `missing` is the permission for the
 * rest:
 * of the people, or of their facts.
 */
export type Extent =
  | { readonly kind: 'whole'; readonly missing?: string }
  | { readonly kind: 'part'; readonly missing: string };

/** How the core reads the members of a workspace of a platform. */
export interface MemberList {
  /** The platform's name for people. */
  readonly name: string;
  /** How a missing permission is granted: by the app's installation, or by an administrator's consent. */
  readonly grantedBy: 'installation' | 'consent';
  /**
   * Read all members, page by page, and resolve after the last. Rejects with `ListRefused` if a person has to act
   * first, and otherwise if a retry may succeed. A member may be reported twice.
   */
  read(
    workspace: { readonly externalWorkspaceId: string; readonly places: readonly KnownPlace[] },
    onPage: (members: readonly ListedMember[]) => Promise<void>,
  ): Promise<Extent>;
  /**
   * Read one member; undefined: the platform does not know them. Absent if the platform cannot report single people.
   */
  readMember?(account: AccountKey): Promise<ListedMember | undefined>;
}

/** The platforms that can list their people. */
interface MemberLists {
  /** The names of their folders. */
  readonly platforms: readonly string[];
  /** Return the platform's list. Undefined: the platform is not enabled here, or has no list. */
  forPlatform(platform: string): MemberList | undefined;
}

/** The platform refuses until a person acts: a permission is missing, or it rejects our credentials. */
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
