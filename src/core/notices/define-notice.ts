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
  /** By which rule it goes to chats and by mail; absent: `chat-always`. */
  readonly places?: NoticePlaces;
  /** It waits for the end of the person's quiet hours; absent: it comes at once. */
  readonly waits?: NoticeWait;
  /** In the browser the home shows no card of it: another part shows its subject by itself, or it is soon over. */
  readonly notAtHome?: true;
  /** Its e-mails belong to the thread of its subject, a message. */
  readonly isInThread?: true;
  /** What a person can switch off from the e-mail itself, without signing in. */
  readonly unsubscribes?: UnsubscribeFrom;
  readonly card: NoticeCard;
}

/**
 * `chat-always`: to every chat, and by mail as `notificationType` says. `messages`: to chat as `chatCards` says, and by
 * mail as `notificationType` says. `missedCallNotification`: as that setting says. `digest`: to chat as `chatCards` says,
 * and by mail. `everywhere`: to every chat and by mail.
 */
export type NoticePlaces = 'chat-always' | 'messages' | 'missedCallNotification' | 'digest' | 'everywhere';

/** How a kind of notice waits for the end of quiet hours. */
interface NoticeWait {
  /** It comes at once all the same. */
  readonly isUrgent: (deps: Deps, subjectId: string) => Promise<boolean>;
  /** Of subjects that waited, those that still tell something: nobody has dealt with them meanwhile. */
  readonly findNews: (deps: Deps, subjectIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** It waits and stays news: nothing that its person does elsewhere settles it. */
export const waitsAsNews: NoticeWait = {
  isUrgent: async () => false,
  findNews: async (_deps, subjectIds) => new Set(subjectIds),
};

/** The settings that an e-mail's own link can switch off. */
export const unsubscribable = ['notificationType', 'missedCallNotification', 'digest'] as const;
export type UnsubscribeFrom = (typeof unsubscribable)[number];

/** One definition for each kind. */
export type NoticeDefinitions = { readonly [Kind in keyof NoticeKinds]: NoticeDefinition<Kind> };

/**
 * Return the definition of a row's kind; undefined: another version of the app wrote the row, and this one lacks its
 * kind.
 */
export const definitionOf = (definitions: Partial<NoticeDefinitions>, kind: string): NoticeDefinition | undefined =>
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
