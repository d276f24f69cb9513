/** Branded ids: a string of one kind cannot be passed as another. They cost nothing at run time. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The id of a company (a tenant). */
export type TenantId = Branded<'TenantId'>;
/** The id of a user. */
export type UserId = Branded<'UserId'>;
/** The id of an absence. */
export type PeriodId = Branded<'PeriodId'>;
/** The id of a voicemail. */
export type VoicemailId = Branded<'VoicemailId'>;
/** The id of a notice. */
export type NoticeId = Branded<'NoticeId'>;
/** The id of an impersonation session or a browser session. */
export type SessionId = Branded<'SessionId'>;
/** Text, never a number: it may start with 0. */
export type Extension = Branded<'Extension'>;
/** A phone number as `+14165550100`. */
export type E164 = Branded<'E164'>;
/** `feature.verb`, CONTRACT.md §4: a button, link or form, declared by `core/chat/define-actions`. */
export type ActionId = Branded<'ActionId'>;
/** Identifies a chat request, so that a repeated delivery is recognised. */
export type RequestId = Branded<'RequestId'>;

/** Brand a text where it enters (a row, a parsed request). Checks nothing. */
export const asId = <Id extends string>(text: string): Id => text as Id;

/**
 * Return an id as it is compared and stored: a GUID in lower case, any other id unchanged. Microsoft writes GUIDs in
 * either case, and admins copy them as a portal shows them.
 */
export const canonicalId = <Id extends string>(id: Id): Id => (isUuid(id) ? (id.toLowerCase() as Id) : id);

/**
 * Return whether the text can be the id of a row. Check ids from outside with it, since the database refuses to compare
 * other text.
 */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
