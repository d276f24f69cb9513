/** Branded ids: text that cannot be mistaken for another kind of text. They cost nothing at run time. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type TenantId = Branded<'TenantId'>;
export type UserId = Branded<'UserId'>;
export type PeriodId = Branded<'PeriodId'>;
export type VoicemailId = Branded<'VoicemailId'>;
export type NoticeId = Branded<'NoticeId'>;
export type SessionId = Branded<'SessionId'>;
/** Text, never a number: it may start with 0. */
export type Extension = Branded<'Extension'>;
/** A phone number as `+14165550100`. */
export type E164 = Branded<'E164'>;
/** `feature.verb`, CONTRACT.md §4: a button, link or form, as `core/chat/define-actions` names it. */
export type ActionId = Branded<'ActionId'>;
/** What tells a chat request from every other, so that a repeat is known. */
export type RequestId = Branded<'RequestId'>;

/** Names what a piece of text is, where it enters (a row, a parsed request). Checks nothing. */
export const as = <Id extends string>(text: string): Id => text as Id;

/**
 * An id as it is compared and kept: a GUID in lower case, any other id as it came. Microsoft writes GUIDs in either case,
 * and an admin copies them as a portal shows them.
 */
export const canonicalId = <Id extends string>(id: Id): Id => (isUuid(id) ? (id.toLowerCase() as Id) : id);

/** May this be the id of a row? What comes back from outside is asked, before the database refuses to compare it. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
