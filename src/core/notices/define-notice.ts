import type { Reader } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import type { UserId } from '../ids.js';
import type { NoticeKind, NoticeKinds } from './notice-kind.js';

/** Builds the card of a notice for its reader; undefined: there is nothing to show any more. */
type NoticeCard = (
  deps: Deps,
  notice: { readonly subjectId: string; readonly userId: UserId },
  reader: Reader,
) => Promise<Card | undefined>;

/** The definition of a kind of notice, beside its feature. */
export interface NoticeDefinition<Kind extends NoticeKind = NoticeKind> {
  /** Rows store the kind: it must not change. */
  readonly kind: Kind;
  /**
   * Where it goes: as that setting says, or to every chat and by mail whatever is set; absent: to every chat, and by mail as
   * `notificationType` says.
   */
  readonly places?: 'missedCallNotification' | 'everywhere';
  readonly card: NoticeCard;
}

/** One definition for each kind. */
export type NoticeDefinitions = { readonly [Kind in keyof NoticeKinds]: NoticeDefinition<Kind> };

/**
 * Return the definition of a row's kind; undefined: another version of the app wrote the row, and this one lacks its
 * kind.
 */
export const definitionOf = (definitions: NoticeDefinitions, kind: string): NoticeDefinition | undefined =>
  Object.hasOwn(definitions, kind) ? definitions[kind as NoticeKind] : undefined;

/**
 * Define a kind of notice beside its feature.
 *
 * @example
 * declare module './notice-kind.js' {
 *   interface NoticeKinds {
 *     'account.linked': true;
 *   }
 * }
 * export const accountLinked = defineNotice({
 *   kind: 'account.linked',
 *   card: async (deps, { subjectId }, reader) => linkedCard(reader, await findName(deps, subjectId)),
 * });
 */
export const defineNotice = <Kind extends NoticeKind>(notice: NoticeDefinition<Kind>): NoticeDefinition<Kind> => notice;
