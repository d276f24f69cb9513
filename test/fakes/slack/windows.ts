import { isObject } from './check.js';
import { checkedView } from './methods.js';
import type { Blocks, SlackMessage, SlackView, Workspace } from './workspace.js';

type Element = Record<string, unknown> & { action_id: string };

/** Every button of a message or a window. */
export function buttonsOf(on: SlackMessage | SlackView): Element[] {
  const blocks: Blocks = 'content' in on ? on.content.blocks : on.blocks;
  return blocks
    .flatMap(({ elements, accessory }) => [...(Array.isArray(elements) ? elements : []), accessory])
    .filter((element): element is Element => isObject(element) && element.type === 'button');
}

/** A window as payloads represent it; `below`: the one from which it was pushed. */
export const viewPayload = (view: SlackView, below?: SlackView) => ({
  id: view.id,
  hash: view.hash,
  ...view.content,
  root_view_id: view.id,
  previous_view_id: below?.id ?? null,
  state: { values: stateOn(view) },
});

/** What was ticked in messages; a window keeps it itself. */
const ticksIn = new WeakMap<SlackMessage, SlackView['typed']>();

function typedIn(on: SlackMessage | SlackView): SlackView['typed'] {
  if ('content' in on) return on.typed;
  const typed = ticksIn.get(on) ?? {};
  ticksIn.set(on, typed);
  return typed;
}

/** The current values of the fields that are there, by block. */
export function stateOn(on: SlackMessage | SlackView): SlackView['typed'] {
  const blocks: Blocks = 'content' in on ? on.content.blocks : on.blocks;
  const there = new Set(blocks.map(({ block_id: id }) => id));
  return Object.fromEntries(Object.entries(typedIn(on)).filter(([id]) => there.has(id)));
}

/** Tick the boxes with these values and no others; returns the boxes, each of which Slack reports by itself. */
export function tickBoxes(on: SlackMessage | SlackView, values: readonly string[]): Element[] {
  const blocks: Blocks = 'content' in on ? on.content.blocks : on.blocks;
  return blocks.flatMap(({ block_id: id, elements }) =>
    (Array.isArray(elements) ? elements : []).filter(isBoxes).map((boxes) => {
      const chosen = (boxes.options as { value: string }[]).filter(({ value }) => values.includes(value));
      const { type, action_id } = boxes;
      typedIn(on)[String(id)] = { [action_id]: { type, selected_options: chosen } };
      return { type, action_id, block_id: id, selected_options: chosen };
    }),
  );
}

const isBoxes = (element: unknown): element is Element => isObject(element) && element.type === 'checkboxes';

/** Fill values into the fields, under Slack's names. */
export function fill(view: SlackView, values: Readonly<Record<string, unknown>>): void {
  const inputs = view.content.blocks.filter(({ type }) => type === 'input');
  const names = inputs.map(({ block_id: id }) => String(id));
  for (const name of Object.keys(values)) if (!names.includes(name)) throw new Error(`no field ${name} among ${names}`);
  for (const { block_id: id, element } of inputs) {
    const name = String(id);
    const field = element as Element;
    const kept = view.typed[name]?.[field.action_id];
    view.typed[name] = {
      [field.action_id]: name in values ? stateOf(field, values[name]) : (kept ?? initialOf(field)),
    };
  }
}

function stateOf(field: Element, value: unknown): Record<string, unknown> {
  const { type } = field;
  switch (type) {
    case 'static_select':
      return {
        type,
        selected_option: (field.options as { value: string }[]).find((option) => option.value === value) ?? null,
      };
    case 'external_select':
      return {
        type,
        selected_option: isObject(value)
          ? { text: { type: 'plain_text', text: value.label }, value: value.value }
          : null,
      };
    case 'datepicker':
      return { type, selected_date: value ?? null };
    case 'timepicker':
      return { type, selected_time: value ?? null };
    case 'checkboxes':
      return { type, selected_options: value ? field.options : [] };
    case 'file_input':
      return { type, files: value };
    default:
      return { type, value: value ?? null };
  }
}

function initialOf(field: Element): Record<string, unknown> {
  const { type } = field;
  if (type === 'datepicker') return { type, selected_date: field.initial_date ?? null };
  if (type === 'timepicker') return { type, selected_time: field.initial_time ?? null };
  if (type === 'checkboxes') return { type, selected_options: field.initial_options ?? [] };
  if (type === 'file_input') return { type, files: [] };
  if (type === 'static_select' || type === 'external_select')
    return { type, selected_option: field.initial_option ?? null };
  return { type, value: field.initial_value ?? null };
}

/** Apply the acknowledgement of a submission as Slack does. */
export function afterSubmission(
  workspace: Workspace,
  user: string,
  view: SlackView,
  { status, body, milliseconds }: { status: number; body: unknown; milliseconds: number },
): void {
  if (status !== 200 || milliseconds > 3_000) throw new Error(`not acknowledged: ${status} after ${milliseconds} ms`);
  const stack = workspace.stackOf(user);
  const ack = isObject(body) ? body : {};
  switch (ack.response_action) {
    case 'errors': {
      const fields = view.content.blocks.filter(({ type }) => type === 'input').map(({ block_id: id }) => id);
      const errors = ack.errors as Record<string, string>;
      const lost = Object.keys(errors).filter((name) => !fields.includes(name));
      if (lost.length > 0 || Object.keys(errors).length === 0) throw new Error(`errors at no field: ${lost}`);
      view.errors = errors;
      break;
    }
    case 'update':
      workspace.show(view, checkedView(ack.view, 'modal'));
      break;
    case 'push':
      stack.push(workspace.newView(user, checkedView(ack.view, 'modal')));
      break;
    case 'clear':
      stack.length = 0;
      break;
    case undefined:
      stack.pop();
      break;
    default:
      throw new Error(`unknown response_action ${String(ack.response_action)}`);
  }
  workspace.changed();
}
