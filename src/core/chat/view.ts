import type { ActionId, UserId } from '../ids.js';
import { firstCharacters } from '../text.js';

/**
 * The vocabulary in which the core shows things: cards, forms, buttons. It states intent and never appearance; each
 * platform has one renderer for it. Extend it only for two real uses, together with every renderer.
 *
 * Every string is plain text, shown as it is: a renderer escapes the platform's markup.
 */

/** Data that a button or a form carries through the platform and back. Ids and short text only. */
export type CarriedData = Readonly<Record<string, string>>;

/** A message, or a part of a page: a title and blocks. */
export interface Card {
  readonly title: string;
  /** The line that a notification shows; it says the same as the card. */
  readonly summary: string;
  readonly blocks: readonly Block[];
}

/** A part of a card. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'audio'; readonly audio: AudioLink }
  | { readonly kind: 'image'; readonly url: string; readonly alternative: string }
  | { readonly kind: 'divider' }
  /** Small print: where information comes from, who may see it. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | Selection;

/**
 * Entries of which several can be chosen, and the buttons that act on the chosen ones. A button carries their values
 * under `name`, with a space between two; empty: none is chosen. At most one selection of a name on a card.
 */
export interface Selection {
  readonly kind: 'selection';
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly buttons: readonly SelectionButton[];
  /** What every button carries beside the chosen values. */
  readonly carries: CarriedData;
}

/** An entry of a selection, with buttons of its own. `detail` is always shown. */
export interface Entry extends Option {
  readonly buttons: readonly Button[];
}

/** A button whose data is what the person has chosen. */
export interface SelectionButton extends ButtonLooks {
  readonly kind: 'action' | 'form';
  readonly action: ActionId;
}

/** Return the buttons of a selection as they are before anything is chosen: an adapter fills in the chosen values. */
export const buttonsOfSelection = ({ name, buttons, carries }: Selection): readonly Button[] =>
  buttons.map((button) => ({ ...button, carries: { ...carries, [name]: '' } }));

/** A labelled value of a card. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Audio on the product's player page. A platform that can play files in place may fetch `storageKey` too. */
export interface AudioLink {
  readonly label: string;
  readonly url: string;
  /** The action by which a platform with dialogs requests the page in place, and what it carries. */
  readonly action: ActionId;
  readonly carries: CarriedData;
  readonly durationSeconds: number;
  readonly fileName: string;
  readonly mimeType: string;
  readonly storageKey: string;
  /** False: the reader may play the audio and not keep it, so no platform gets it as a file. Unset: they may. */
  readonly mayBeKept?: boolean;
}

/** A button of a card: performs an action, opens a form, or leads to a page. */
export type Button =
  /** Performs an action; the answer usually replaces the card. */
  | (ButtonLooks & {
      readonly kind: 'action';
      readonly action: ActionId;
      readonly carries: CarriedData;
      readonly confirm?: Confirm;
    })
  /** Opens the form of the same id. */
  | (ButtonLooks & { readonly kind: 'form'; readonly action: ActionId; readonly carries: CarriedData })
  /** Leads to a page. With `carries`, a platform with dialogs requests the page in place by this action. */
  | (ButtonLooks & {
      readonly kind: 'link';
      readonly action: ActionId;
      readonly url: string;
      readonly carries?: CarriedData;
    });

interface ButtonLooks {
  readonly label: string;
  /** `main`: the most likely choice. `danger`: cannot be undone easily. */
  readonly tone?: 'main' | 'danger';
}

interface Confirm {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

/** A dialog with fields, which a person submits or cancels. */
export interface Form {
  /** The id of its declaration, listed in `core/app/commands.ts`. */
  readonly id: ActionId;
  /** At most 24 characters, as are `submit` and `cancel`. */
  readonly title: string;
  readonly submit: string;
  readonly cancel: string;
  readonly intro?: string;
  readonly fields: readonly Field[];
  readonly carries: CarriedData;
  /** The problem with the form as a whole; a field's problem is at the field. */
  readonly problem?: string;
}

/** A field of a form. */
export type Field =
  | TextField
  | ChoiceField
  | PersonField
  | DateField
  | TimeField
  | ToggleField
  | NumberField
  | FileField
  | FixedField;

interface FieldBase {
  /** The field's id on every platform; CONTRACT.md §4. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required: boolean;
  /** Why this value was refused; the value stays as typed. */
  readonly problem?: string;
}
interface TextField extends FieldBase {
  readonly kind: 'text';
  readonly value?: string;
  readonly multiline?: boolean;
  /** Hidden while it is typed, where the platform can do that; what was typed is never shown again. */
  readonly secret?: true;
  readonly minLength?: number;
  /** At most 3,000. */
  readonly maxLength: number;
}
/** A field with a few options, one of which is chosen. */
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly value?: string;
  readonly options: readonly Option[];
}
/** An option of a choice or a suggestion. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** Helps to choose, beside the label; omitted on a platform without a place for it. */
  readonly detail?: string;
}
/** A person of the company, searched while typing. The value is their user id. */
export interface PersonField extends FieldBase {
  readonly kind: 'person';
  readonly value?: Option;
  /** Somebody who is not offered: whom the form is about. */
  readonly without?: UserId;
}
/** `2026-11-23`, a day in the reader's zone. */
interface DateField extends FieldBase {
  readonly kind: 'date';
  readonly value?: string;
}
/** `17:00`, in the reader's zone. */
interface TimeField extends FieldBase {
  readonly kind: 'time';
  readonly value?: string;
}
interface ToggleField extends FieldBase {
  readonly kind: 'toggle';
  readonly value: boolean;
}
interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly value?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}
/** Shown and not asked for: a value that somebody else decides. `hint` says who. Nothing comes back for it. */
interface FixedField extends FieldBase {
  readonly kind: 'fixed';
  readonly value: string;
}
interface FileField extends FieldBase {
  readonly kind: 'file';
  /** File name endings without a dot. */
  readonly endings: readonly string[];
}

/** On every reply while an admin acts as another user. */
export interface Banner {
  readonly text: string;
  readonly stop: Button;
}

/**
 * Return the form with problems at their fields and the typed values kept, as far as a field can hold them. `labels`
 * names the people whose ids were chosen.
 */
export function formWithProblems(
  form: Form,
  values: Readonly<Record<string, unknown>>,
  problems: Readonly<Record<string, string>>,
  labels: ReadonlyMap<string, string> = new Map(),
): Form {
  const { '': whole, ...atFields } = problems;
  return {
    ...form,
    ...(whole === undefined ? {} : { problem: whole }),
    fields: form.fields.map((field) => {
      const problem = atFields[field.name];
      const typed = field.name in values ? withValue(field, values[field.name], labels) : field;
      return { ...typed, ...(problem === undefined ? {} : { problem }) };
    }),
  };
}

/** `typed` is undefined if the person emptied the field. */
function withValue(field: Field, typed: unknown, labels: ReadonlyMap<string, string>): Field {
  const text = typed === undefined ? undefined : String(typed);
  switch (field.kind) {
    case 'toggle':
      return { ...field, value: typed === true || typed === 'true' };
    case 'number': {
      const { value: _, ...empty } = field;
      return text === undefined || !Number.isFinite(Number(text)) ? empty : { ...empty, value: Number(text) };
    }
    case 'person': {
      if (field.value?.value === text) return field;
      const { value: _, ...empty } = field;
      return text === undefined ? empty : { ...empty, value: { value: text, label: labels.get(text) ?? text } };
    }
    case 'file':
    case 'fixed':
      return field;
    case 'text':
      if (field.secret) return field;
      return keptValue(field, text === undefined ? undefined : firstCharacters(text, field.maxLength));
    case 'choice':
      return keptValue(field, field.options.find(({ value }) => value === text)?.value);
    case 'date':
      return keptValue(field, text?.match(/^\d{4}-\d{2}-\d{2}/)?.[0]);
    case 'time':
      return keptValue(field, text?.match(/^\d{2}:\d{2}/)?.[0]);
    default:
      return field satisfies never;
  }
}

function keptValue<Kept extends TextField | ChoiceField | DateField | TimeField>(
  field: Kept,
  typed: string | undefined,
): Field {
  const { value: _, ...empty } = field;
  return typed === undefined ? (empty as Field) : ({ ...empty, value: typed } as Field);
}
