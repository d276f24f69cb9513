/**
 * The kinds of notices: what people are told without having asked. Each feature's `x.notices.ts` adds its own
 * (`declare module`), so that a feature tells of something without importing its card. A kind that
 * `core/app/notice-definitions.ts` does not list does not compile.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the features add their kinds.
export interface NoticeKinds {}

export type NoticeKind = keyof NoticeKinds;
