import type { RequestId, UserId } from '../ids.js';
import type { Banner, Card, CarriedData, Form, Option } from './view.js';

/** A person's account in a chat platform, as the platform names it. */
export interface AccountKey {
  /** The name of the platform's folder. */
  readonly platform: string;
  readonly externalWorkspaceId: string;
  readonly accountId: string;
}

/** What a platform needs to find its own message again: JSON in the platform's own shape. */
export type MessageRef = { readonly [key: string]: string };

/** An account that was mentioned, with the name that the platform shows, if it says one. */
export interface Mention extends AccountKey {
  readonly displayName?: string;
}

/** An account as a request shows it. Facts that the platform did not send are absent. */
export interface Sender extends AccountKey {
  readonly displayName?: string;
  readonly locale?: string;
  readonly timeZone?: string;
  /** ISO 3166, if the platform reports it separately from the language. */
  readonly region?: string;
  /** What the platform needs to write to this person first; in its own shape, stored with the account. */
  readonly conversation?: unknown;
}

/** What a person did in chat, on any platform. */
export type Request = RequestBody & {
  /** The same for every delivery of the same act; see `request-row.store.ts`. */
  readonly id: RequestId;
  readonly from: Sender;
};

type RequestBody =
  /** `/attendant …`, or the same words typed to the app. Mentions are moved from `text` to `mentions`. */
  | { readonly kind: 'command'; readonly text: string; readonly mentions: readonly Mention[] }
  /** A pressed button: performs an action or opens a form. */
  | (PressedControl & { readonly kind: 'click'; readonly action: string; readonly carries: CarriedData })
  /** A submitted form: values as typed, by field name. */
  | (PressedControl & {
      readonly kind: 'submit';
      readonly form: string;
      readonly values: TypedValues;
      readonly carries: CarriedData;
    })
  /** A pressed control that this version does not have: a button of an old card, another app's shortcut. */
  | { readonly kind: 'unknown'; readonly what: string }
  /**
   * A person is typing in a person field; `toShare`: in order to share a person's card with others; `without`: the id of
   * somebody whom the field does not offer.
   */
  | {
      readonly kind: 'suggest';
      readonly query: string;
      readonly toShare?: boolean;
      readonly page?: Page;
      readonly without?: string;
    }
  /** The person opened the app's home page; `withMessages`: it also shows their newest messages. */
  | { readonly kind: 'home'; readonly withMessages?: boolean };

/** A part of a list of suggestions: `count` of them, after the first `skip`. */
export interface Page {
  readonly skip: number;
  readonly count: number;
}

/** What a platform reports about the control that was pressed. */
interface PressedControl {
  /** The text on the control, or above the form, as the person read it. */
  readonly label?: string;
  /** The message that holds the control or opened the form, as the platform's messenger names it. */
  readonly on?: MessageRef;
}

/** A file from a form's file field, with its name as the person's device gave it. */
export type TypedFile = { readonly fileName: string; readonly content: Buffer };
/** Values of a form before its declaration has parsed them. */
export type TypedValues = Readonly<Record<string, string | boolean | TypedFile | undefined>>;

/** What should happen; the platform's `respond` performs it. Only the person who asked sees it. */
export type Reply = ReplyBody & {
  /**
   * The impersonation banner from now on, if this request changed it; null: the impersonation has ended. Otherwise
   * dispatch adds it.
   */
  readonly bar?: Banner | null;
};

type ReplyBody =
  /** `page`: the page that the card links to; a platform with dialogs shows it in one instead of the card. */
  | { readonly kind: 'say'; readonly card: Card; readonly page?: { readonly title: string; readonly url: string } }
  | { readonly kind: 'open'; readonly form: Form }
  /** Show the form again with problems at their fields and the typed values kept. */
  | { readonly kind: 'invalid'; readonly form: Form }
  /**
   * Replace the card that was clicked, or that opened the form. Without such a card: `say`. `shows`: a notice has the
   * same card, and if that notice is posted, only the notice rewrites its message.
   */
  | { readonly kind: 'replace'; readonly card: Card; readonly shows?: NoticeShown }
  /** Nothing new to show; an adapter may show the line for a moment. */
  | { readonly kind: 'done'; readonly line?: string }
  /** Suggestions for a person field. `empty` says why there are none. */
  | { readonly kind: 'suggest'; readonly options: readonly Suggestion[]; readonly empty: string };

/** `shared`: the card to share with others, if the request asked for one. */
export type Suggestion = Option & { readonly shared?: Card };

/** The notice that has this card. Its kind is one of `core/notices/notice-kind.ts`. */
export interface NoticeShown {
  readonly kind: string;
  readonly subjectId: string;
  readonly userId: UserId;
}

/** A notice's card as read at `version`; it must not overwrite a newer version. */
export interface PostedCard {
  readonly noticeId: string;
  readonly version: number;
}

/** A reply with what dispatch adds to it. */
export type Answer = ReplyBody & {
  /** The clicked message belongs to this notice, which rewrites it: no adapter may rewrite it, now or later. */
  readonly posted?: PostedCard;
  /** Present while an admin acts as another user. */
  readonly bar?: Banner;
  readonly locale: 'en' | 'fr';
};
