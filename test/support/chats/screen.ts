import type { Person } from '../company.js';

/** A file from the person's machine. */
export interface ChosenFile {
  readonly fileName: string;
  readonly content: Buffer;
}

/** What a person types into the fields of a form, by field name; a person is chosen from the list. */
export type Typed = Readonly<Record<string, string | boolean | Person | ChosenFile>>;

/** What a person sees after an act, and what they can do there. */
export interface Screen {
  /** Everything that is read, one part a line: labels, hints and problems included. */
  readonly text: string;
  /** The ids of the buttons, those that lead to a page included. */
  readonly actions: readonly string[];
  /** The names of the fields that can be filled in. */
  readonly fields: readonly string[];
  /** The page to which a button leads, or that the answer shows; undefined: none. */
  readonly page: string | undefined;
  /** Press a button; `about`: what it carries, where several have the id. A question before it is answered with yes. */
  press(action: string, about?: string): Promise<Screen>;
  /** Submit the form; the fields that are not named stay unchanged. */
  submit(typed: Typed): Promise<Screen>;
}

/** A person on one platform. */
export interface ChatUser {
  /** Type a command. */
  say(text: string): Promise<Screen>;
  /** What the person's chat says of a message now: its card, or in the browser its page. */
  message(id: string): Promise<Screen>;
  /** What reached the person without an act of theirs, newest first: notices, or in the browser the home page. */
  notices(): Promise<readonly string[]>;
  /** Press a button, or submit a form, of a card that nobody was shown: an attacker's, or one of long ago. */
  forge(action: string, carries: Readonly<Record<string, string>>, typed?: Typed): Promise<Screen>;
}

/** Whether a typed value is a person. */
export const isPerson = (value: Typed[string]): value is Person => typeof value === 'object' && 'id' in value;

/** Whether a typed value is a file. */
export const isFile = (value: Typed[string]): value is ChosenFile => typeof value === 'object' && 'fileName' in value;

/** A text as people read it: a space that keeps words together is a space. */
export const readable = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
