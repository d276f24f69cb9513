import type { RequestId, UserId } from '../ids.js';
import type { Banner, Card, Carried, Form, Option } from './view.js';

/** Somebody's account in a chat platform, as the platform names it. */
export interface AccountKey {
  /** The name of the platform's folder. */
  readonly platform: string;
  readonly externalWorkspaceId: string;
  readonly accountId: string;
}

/** What a platform needs to find its own message again; JSON, its own shape. */
export type MessageRef = { readonly [key: string]: string };

/** Somebody mentioned, with the name that the platform shows, where it says one. */
export interface Mention extends AccountKey {
  readonly displayName?: string;
}

/** An account as a request shows it. What the platform did not say is absent. */
export interface Sender extends AccountKey {
  readonly displayName?: string;
  readonly locale?: string;
  readonly timeZone?: string;
  /** ISO 3166, where the platform tells it apart from the language. */
  readonly region?: string;
  /** What the platform needs to write to this person first; its own shape, kept with the account. */
  readonly conversation?: unknown;
}

/** What a person did in chat, whatever the platform. */
export type Request = Asked & {
  /** The same for every delivery of the same act; see `requester.store.ts`. */
  readonly id: RequestId;
  readonly from: Sender;
};

type Asked =
  /** `/attendant …`, or the same words typed to the app. Mentions are taken out of `text` and stand in `mentions`. */
  | { readonly kind: 'command'; readonly text: string; readonly mentions: readonly Mention[] }
  /** A button: does something, or opens a form. */
  | (Pressed & { readonly kind: 'click'; readonly action: string; readonly carries: Carried })
  /** A form was sent; values as typed, by field name. */
  | (Pressed & {
      readonly kind: 'submit';
      readonly form: string;
      readonly values: Typed;
      readonly carries: Carried;
    })
  /** Something was pressed that this version does not have: a button of an old card, another app's shortcut. */
  | { readonly kind: 'unknown'; readonly what: string }
  /** Somebody types in a person field; `toShare`: or to put a person's card into a message to others. */
  | { readonly kind: 'suggest'; readonly query: string; readonly toShare?: boolean; readonly page?: Page }
  /** The app's own page was opened. */
  | { readonly kind: 'home' };

/** A part of a list of suggestions: `count` of them, after the first `skip`. */
export interface Page {
  readonly skip: number;
  readonly count: number;
}

/** What a platform tells of the thing that was pressed. */
interface Pressed {
  /** What stands on it, or above the form, as the person read it. */
  readonly label?: string;
  /** The message it stands on, or from which the form was opened, as the platform's messenger names it. */
  readonly on?: MessageRef;
}

export type TypedFile = { readonly fileName: string; readonly content: Buffer };
/** Values of a form before its declaration has read them. */
export type Typed = Readonly<Record<string, string | boolean | TypedFile | undefined>>;

/** What should happen; the platform's `respond` performs it. Everything said is for the person alone. */
export type Reply = Said & {
  /** What has just become of acting as somebody else: the bar from now on; null: over. Else dispatch knows. */
  readonly bar?: Banner | null;
};

type Said =
  | { readonly kind: 'say'; readonly card: Card }
  | { readonly kind: 'open'; readonly form: Form }
  /** The form again: problems at their fields, what was typed kept. */
  | { readonly kind: 'invalid'; readonly form: Form }
  /**
   * The card that was clicked, or that the form came from, becomes this. Where there is none: `say`. `shows`: a notice
   * has the same card, and where it was posted it alone rewrites it.
   */
  | { readonly kind: 'replace'; readonly card: Card; readonly shows?: NoticeShown }
  /** Nothing new to show; the line may be shown for a moment. */
  | { readonly kind: 'done'; readonly line?: string }
  /** For a person field. `empty` says why there is nothing. */
  | { readonly kind: 'suggest'; readonly options: readonly Suggestion[]; readonly empty: string };

/** `shared`: the card that others get to read, where one was asked for. */
export type Suggestion = Option & { readonly shared?: Card };

/** Which notice has this card. Its kind is one of `core/notices/notice`. */
export interface NoticeShown {
  readonly kind: string;
  readonly subjectId: string;
  readonly userId: UserId;
}

/** A notice's card as it was read at `version`: a newer one must not be overwritten with it. */
export interface PostedCard {
  readonly noticeId: string;
  readonly version: number;
}

/** A reply with what dispatch adds to it. */
export type Answer = Said & {
  /** The message that was clicked is this notice's, and the notice rewrites it: no adapter may, now or later. */
  readonly posted?: PostedCard;
  /** There while an admin acts as somebody else. */
  readonly bar?: Banner;
  readonly locale: 'en' | 'fr';
};
