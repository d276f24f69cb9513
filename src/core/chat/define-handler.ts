import type { z } from 'zod';
import type { Deps } from '../deps.js';
import type { ActionId } from '../ids.js';
import type { Permission } from './actor.js';
import type { Mention, Reply, TypedValues } from './exchange.js';
import type { Requester } from './requester.js';
import type { Card, CarriedData, Form } from './view.js';
import type { Words } from './words.js';

interface Gate {
  readonly permission: Permission;
  /** Available in Attendant Plus only. */
  readonly plus?: true;
}

/** A word after `/attendant`, and what it does. */
export interface Command extends Gate {
  readonly word: string;
  /** Other English names for the same command: words, or phrases such as `out of office`. */
  readonly also: readonly string[];
  /** French names, likewise; `help` suggests the first. */
  readonly french: readonly string[];
  /** The command changes nothing. */
  readonly readOnly?: true;
  /** The features (the first part of an action id) whose outdated buttons and forms lead to this command. */
  readonly actions?: readonly string[];
  /** One line, and an example as typed after `/attendant`. `help` leaves out a command without it. */
  readonly help: (words: Words) => { readonly what: string; readonly example: string };
  run(
    deps: Deps,
    requester: Requester,
    typed: { readonly text: string; readonly mentions: readonly Mention[] },
  ): Promise<Reply>;
}

/** A button that performs an action. */
export interface ButtonHandler extends Gate {
  readonly id: ActionId;
  /** The button changes nothing. */
  readonly readOnly?: true;
  run(deps: Deps, requester: Requester, carries: CarriedData): Promise<Reply>;
}

/** A form: how it opens, how its values are parsed, what submitting it does. */
export interface FormHandler<Values> extends Gate {
  /** Also the id of the button that opens the form. */
  readonly id: ActionId;
  /** The form has a file field. Without this, a file is refused before it is read. */
  readonly takesFile?: true;
  open(deps: Deps, requester: Requester, carries: CarriedData): Promise<Form>;
  /** Parses the typed values. An issue's message is text for the person. */
  readonly values: (words: Words) => z.ZodType<Values>;
  /** Returns `FormProblems` for problems that only the data can show. */
  submit(deps: Deps, requester: Requester, values: Values, carries: CarriedData): Promise<Reply | FormProblems>;
}

/** Problems at their fields; the field `''` is the form as a whole. */
export interface FormProblems {
  readonly kind: 'problems';
  readonly problems: Readonly<Record<string, string>>;
}

/** A view with an example that uses all of its parts; the contract tests render it on every platform. */
export interface ViewExample {
  readonly name: string;
  readonly view: (locale: 'en' | 'fr') => Card | Form;
}

/** Declare a command; it works once `core/app/commands.ts` lists it. */
export const defineCommand = (command: Command): Command => command;
/** Declare a button's handler; it works once `core/app/commands.ts` lists it. */
export const defineButton = (button: ButtonHandler): ButtonHandler => button;
/** Declare a form. Erases the type of its values, so that all forms fit in one table. */
export const defineForm = <Values>(form: FormHandler<Values>): FormHandler<unknown> => form as FormHandler<unknown>;

/** Return the outcome of a form whose values have problems, by field name. */
export const formProblems = (problems: FormProblems['problems']): FormProblems => ({ kind: 'problems', problems });

/** Return the typed values trimmed, without the empty ones. */
export const trimmedValues = (typed: TypedValues): TypedValues =>
  Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name, typeof value === 'string' ? value.trim() || undefined : value]),
  );
