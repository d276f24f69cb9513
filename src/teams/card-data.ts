import { z } from 'zod';
import { buttons, forms } from '../core/app/handler-registry.js';
import type { TypedValues } from '../core/chat/exchange.js';
import type { CarriedData } from '../core/chat/view.js';
import { wordsIn } from '../core/chat/words.js';

/**
 * The `data` of our buttons, beside the values they carry. `action` is the public id (CONTRACT.md §4); the other fields
 * are internal, and missing when another program built the data.
 */
export interface CardData {
  readonly action: string;
  readonly carries?: CarriedData;
  /** `open` opens the form of this id, `send` submits it, `cancel` closes it; absent: the button performs an action. */
  readonly intent?: 'open' | 'send' | 'cancel';
  /** The fields that are toggles; Teams sends their values as text. */
  readonly switches?: readonly string[];
  /** The selection whose ticked values the button carries, under this name. */
  readonly selects?: string;
  /** The id of the rendered card, which tells a repeated click from a second one. */
  readonly drawing?: string;
  /** The message from which a dialog was opened; a dialog's own answer does not name it. */
  readonly cardId?: string;
  /** The title of a cancelled form, for the button that opens it again. */
  readonly title?: string;
}

const Data = z.looseObject({
  action: z.string().optional().catch(undefined),
  carries: z.record(z.string(), z.string()).optional().catch(undefined),
  intent: z.enum(['open', 'send', 'cancel']).optional().catch(undefined),
  switches: z.array(z.string()).optional().catch(undefined),
  selects: z.string().optional().catch(undefined),
  drawing: z.string().optional().catch(undefined),
  cardId: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
});

/** A click or a submitted form; only a form has `values`. */
export interface CardAction {
  readonly action: string;
  readonly carries: CarriedData;
  readonly intent: 'do' | 'open' | 'send' | 'cancel';
  readonly values: TypedValues;
  readonly drawing?: string;
  readonly cardId?: string;
  readonly title?: string;
}

/** Read the `data` of an Action.Execute or Action.Submit; undefined when it names no action of ours. */
export function readCardAction(raw: unknown, verb?: string): CardAction | undefined {
  const read = Data.safeParse(raw ?? {});
  if (!read.success) return undefined;
  const {
    action: named,
    carries = {},
    intent: said,
    switches = [],
    selects,
    drawing,
    cardId,
    title,
    msteams,
    ...others
  } = read.data;
  const action = named ?? verb;
  if (!action) return undefined;

  const { rest, ticked } = withoutTicks(others, selects);
  const fields = fieldNames(action);
  const sends = said === 'send' || (said === undefined && Object.keys(rest).some((name) => fields.has(name)));
  const intent = sends ? 'send' : (said ?? (fields.size > 0 ? 'open' : 'do'));
  const loose = Object.entries(rest).filter(([name]) => intent !== 'send' || !(fields.size === 0 || fields.has(name)));
  return {
    action,
    intent,
    carries: { ...Object.fromEntries(loose.flatMap(([name, value]) => asText(name, value))), ...carries, ...ticked },
    values: sends ? typedValues(rest, fields, new Set(switches)) : {},
    ...(drawing ? { drawing } : {}),
    ...(cardId ? { cardId } : {}),
    ...(title ? { title } : {}),
  };
}

/** The id of the box of an entry, new for each rendering: a client that kept ticks by id would tick another message. */
export const tickId = (name: string, drawing: string, index: number): string => `${tick}${name}.${drawing}.${index}`;
const tick = 'tick.';

/** Take the boxes of a selection out of the inputs: Teams sends them with every button of the card. */
function withoutTicks(
  inputs: Readonly<Record<string, unknown>>,
  selects: string | undefined,
): { rest: Record<string, unknown>; ticked: CarriedData } {
  const isTick = ([name]: readonly [string, unknown]) => name.startsWith(tick);
  const all = Object.entries(inputs);
  const rest = Object.fromEntries(all.filter((input) => !isTick(input)));
  if (selects === undefined) return { rest, ticked: {} };
  const values = all
    .filter((input) => isTick(input) && input[0].startsWith(`${tick}${selects}.`))
    .flatMap(([, value]) => (typeof value === 'string' && value !== '' ? value.split(',') : []));
  return { rest, ticked: { [selects]: values.join(' ') } };
}

function typedValues(
  rest: Record<string, unknown>,
  fields: ReadonlySet<string>,
  switches: ReadonlySet<string>,
): TypedValues {
  return Object.fromEntries(
    Object.entries(rest)
      .filter(([name]) => fields.size === 0 || fields.has(name))
      .map(([name, value]) => {
        if (typeof value === 'boolean') return [name, value];
        if (switches.has(name)) return [name, value === 'true'];
        return [name, asText(name, value)[0]?.[1]];
      }),
  );
}

const asText = (name: string, value: unknown): [string, string][] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, String(value)]] : [];

/**
 * The names of a form's fields, from its declaration, for data built by another program, which holds only `action` and
 * values. Empty when there is no such form.
 */
function fieldNames(id: string): ReadonlySet<string> {
  const known = names.get(id);
  if (known) return known;
  const form = buttons.some((button) => button.id === id) ? undefined : forms.find((one) => one.id === id);
  const found = new Set(form ? keysOf(form.values(wordsIn('en'))) : []);
  names.set(id, found);
  return found;
}
const names = new Map<string, ReadonlySet<string>>();

function keysOf(schema: unknown): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodPipe) return [...keysOf(schema.in), ...keysOf(schema.out)];
  return [];
}
