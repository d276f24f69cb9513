/**
 * The kinds of notices: messages that the app sends unasked. Each feature's `x.notices.ts` adds its own (`declare
 * module`), so that a feature raises a notice without importing its card. A kind that `core/app/notice-definitions.ts`
 * does not list does not compile.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the features add their kinds.
export interface NoticeKinds {}

/** The kind of a notice. */
export type NoticeKind = keyof NoticeKinds;
