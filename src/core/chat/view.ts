import type { ActionId } from '../ids.js';
import { firstCharacters } from '../text.js';

/**
 * The whole vocabulary in which the core shows things: cards, forms, buttons. It states intent, never looks; each
 * platform has one renderer for it. It grows only for two real uses, and with every renderer in the same change.
 *
 * Every string is plain text and is shown as it is: a renderer escapes what its platform would read as markup.
 */

/** What a button or a form carries through the platform and gets back. Ids and short text only. */
export type Carried = Readonly<Record<string, string>>;

export interface Card {
  readonly title: string;
  /** The line a notification shows; it says the same as the card. */
  readonly summary: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'audio'; readonly audio: AudioLink }
  | { readonly kind: 'image'; readonly url: string; readonly alternative: string }
  | { readonly kind: 'divider' }
  /** Small print: where a thing comes from, who may see it. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] };

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Audio on our own player page. A platform that can play files in place may fetch `storageKey` too. */
export interface AudioLink {
  readonly label: string;
  readonly url: string;
  readonly durationSeconds: number;
  readonly fileName: string;
  readonly mimeType: string;
  readonly storageKey: string;
}

export type Button =
  /** Does something; the answer usually replaces the card. */
  | (ButtonLooks & {
      readonly kind: 'action';
      readonly action: ActionId;
      readonly carries: Carried;
      readonly confirm?: Confirm;
    })
  /** Opens the form of the same id. */
  | (ButtonLooks & { readonly kind: 'form'; readonly action: ActionId; readonly carries: Carried })
  /** Leads to a page. */
  | (ButtonLooks & { readonly kind: 'link'; readonly action: ActionId; readonly url: string });

interface ButtonLooks {
  readonly label: string;
  /** `main`: what most people want. `danger`: cannot simply be taken back. */
  readonly tone?: 'main' | 'danger';
}

interface Confirm {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

export interface Form {
  /** Its declaration in `core/commands.ts` has the same. */
  readonly id: ActionId;
  /** At most 24 characters, as are `submit` and `cancel`. */
  readonly title: string;
  readonly submit: string;
  readonly cancel: string;
  readonly intro?: string;
  readonly fields: readonly Field[];
  readonly carries: Carried;
  /** What is wrong with the form as a whole; problems of a field stand at the field. */
  readonly problem?: string;
}

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
  /** The id on every platform; CONTRACT.md §4. */
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
  readonly minLength?: number;
  /** At most 3,000. */
  readonly maxLength: number;
}
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly value?: string;
  readonly options: readonly Option[];
}
export interface Option {
  readonly value: string;
  readonly label: string;
  /** What helps to choose, beside the label; left out where a platform has no place for it. */
  readonly detail?: string;
}
/** Somebody of the company, searched while typing. The value is their user id. */
export interface PersonField extends FieldBase {
  readonly kind: 'person';
  readonly value?: Option;
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
  /** Endings without a dot. */
  readonly endings: readonly string[];
}

/** Stands on every reply while an admin acts as somebody else. */
export interface Banner {
  readonly text: string;
  readonly stop: Button;
}

/**
 * The same form with its problems at their fields and what was typed kept, as far as a field can hold it.
 * `labels` names the people whose ids were chosen.
 */
export function withProblems(
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

/** `typed` is undefined where somebody emptied the field. */
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
      return keep(field, text === undefined ? undefined : firstCharacters(text, field.maxLength));
    case 'choice':
      return keep(field, field.options.find(({ value }) => value === text)?.value);
    case 'date':
      return keep(field, text?.match(/^\d{4}-\d{2}-\d{2}/)?.[0]);
    case 'time':
      return keep(field, text?.match(/^\d{2}:\d{2}/)?.[0]);
    default:
      return field satisfies never;
  }
}

function keep<Kept extends TextField | ChoiceField | DateField | TimeField>(
  field: Kept,
  typed: string | undefined,
): Field {
  const { value: _, ...empty } = field;
  return typed === undefined ? (empty as Field) : ({ ...empty, value: typed } as Field);
}
