import type { z } from 'zod';
import type { Deps } from '../deps.js';
import type { ActionId } from '../ids.js';
import type { Permission } from './actor.js';
import type { Mention, Reply, Typed } from './exchange.js';
import type { Requester } from './requester.js';
import type { Card, Carried, Form } from './view.js';
import type { Words } from './words.js';

interface Gate {
  readonly permission: Permission;
  /** Part of Attendant Plus only. */
  readonly plus?: true;
}

/** A word after `/attendant`. */
export interface Command extends Gate {
  readonly word: string;
  /** Other English words for it. */
  readonly also: readonly string[];
  readonly french: readonly string[];
  /** It only shows something. */
  readonly readOnly?: true;
  /** The `feature` of the buttons and forms for whose old ids this is the thing to type. */
  readonly actions?: readonly string[];
  /** One line, and an example as typed after `/attendant`. Left out of `help` when absent. */
  readonly help: (words: Words) => { readonly what: string; readonly example: string };
  run(
    deps: Deps,
    requester: Requester,
    typed: { readonly text: string; readonly mentions: readonly Mention[] },
  ): Promise<Reply>;
}

/** A button that does something. */
export interface ButtonHandler extends Gate {
  readonly id: ActionId;
  /** It only shows something. */
  readonly readOnly?: true;
  run(deps: Deps, requester: Requester, carries: Carried): Promise<Reply>;
}

/** A form: how it opens, how its values are read, what sending it does. */
export interface FormHandler<Values> extends Gate {
  /** The button that opens it has the same. */
  readonly id: ActionId;
  /** It has a file field. Where this is unset a file is refused before it is read. */
  readonly takesFile?: true;
  open(deps: Deps, requester: Requester, carries: Carried): Promise<Form>;
  /** Reads what was typed. An issue's message is a key that `problem` turns into words. */
  readonly values: (words: Words) => z.ZodType<Values>;
  /** Returns `invalid` through `Invalid` for what only the data can tell. */
  submit(deps: Deps, requester: Requester, values: Values, carries: Carried): Promise<Reply | Invalid>;
}

/** Problems that stand at their fields; the field `''` is the form as a whole. */
export interface Invalid {
  readonly kind: 'problems';
  readonly problems: Readonly<Record<string, string>>;
}

/** A view with an example that shows all of it: the contract tests render it on every platform. */
export interface ViewExample {
  readonly name: string;
  readonly view: (locale: 'en' | 'fr') => Card | Form;
}

export const defineCommand = (command: Command): Command => command;
export const defineButton = (button: ButtonHandler): ButtonHandler => button;
/** Forgets the type of the values, so that forms of every shape stand in one table. */
export const defineForm = <Values>(form: FormHandler<Values>): FormHandler<unknown> => form as FormHandler<unknown>;

export const problems = (problems: Invalid['problems']): Invalid => ({ kind: 'problems', problems });

/** What was typed, as form data: trimmed, and absent where it is empty. */
export const trimmed = (typed: Typed): Typed =>
  Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name, typeof value === 'string' ? value.trim() || undefined : value]),
  );
