import {
  byType,
  type Check,
  type Fields,
  flag,
  isObject,
  list,
  matching,
  object,
  oneOf,
  text,
  url,
  whole,
} from './check.js';
import { limits } from './limits.js';

const type = (name: string): Fields => ({ type: oneOf(name) });

export const plain = (max: number): Check => object({ ...type('plain_text'), text: text(max) }, { emoji: flag });
const markdown = (max: number): Check => object({ ...type('mrkdwn'), text: text(max) }, { verbatim: flag });
export const anyText = (max: number): Check => byType({ plain_text: plain(max), mrkdwn: markdown(max) });

const confirm: Check = object(
  {
    title: plain(limits.confirmation.title.max_length),
    text: plain(limits.confirmation.text.max_length),
    confirm: plain(limits.confirmation.confirm.max_length),
    deny: plain(limits.confirmation.deny.max_length),
  },
  { style: oneOf('primary', 'danger') },
);

export const image: Check = object(
  { ...type('image'), alt_text: text(limits.image.alt_text.max_length) },
  { image_url: url(limits.image.image_url.max_length), slack_file: object({}, { id: text(255), url: url(3000) }) },
  exactlyOne('image_url', 'slack_file'),
);

export function exactlyOne(...names: readonly string[]) {
  return (value: Record<string, unknown>): string[] =>
    names.filter((name) => value[name] !== undefined).length === 1 ? [] : [`exactly one of ${names.join(', ')}`];
}

const action: Fields = { action_id: text(limits.action_id.max_length) };
const usual: Fields = { confirm, focus_on_load: flag };
const placeholder: Fields = { placeholder: plain(limits.select.placeholder.max_length) };

const option: Check = object(
  { text: anyText(limits.option.text.max_length), value: text(limits.option.value.max_length) },
  { description: anyText(limits.option.description.max_length), url: url(limits.option.url.max_length) },
);
const optionGroup: Check = object({
  label: plain(limits.option_group.label.max_length),
  options: list(option, { min: limits.option_group.options.min_items, max: limits.option_group.options.max_items }),
});
const choices = (most: number): Check => list(option, { min: 1, max: most });

/** The initial option must be among the options. */
function chosenIsThere(value: Record<string, unknown>): string[] {
  const groups = Array.isArray(value.option_groups) ? value.option_groups : [];
  const offered = [value.options, ...groups.map((group) => group.options)].flat();
  const chosen = [value.initial_option ?? [], value.initial_options ?? []].flat();
  const known = (one: unknown) => offered.some((other) => JSON.stringify(other) === JSON.stringify(one));
  return chosen.every(known) ? [] : ['initial option is not among the options'];
}

const button: Check = object(
  { ...type('button'), ...action, text: plain(limits.button.text.max_length) },
  {
    url: url(limits.button.url.max_length),
    value: text(limits.button.value.max_length),
    style: oneOf('primary', 'danger'),
    confirm,
    accessibility_label: text(limits.button.accessibility_label.max_length),
  },
);
const staticSelect: Check = object(
  { ...type('static_select'), ...action },
  {
    options: choices(limits.select.options.max_items),
    option_groups: list(optionGroup, { min: 1, max: limits.select.option_groups.max_items }),
    initial_option: option,
    ...placeholder,
    ...usual,
  },
  (value) => [...exactlyOne('options', 'option_groups')(value), ...chosenIsThere(value)],
);
const externalSelect: Check = object(
  { ...type('external_select'), ...action },
  { initial_option: option, min_query_length: whole(0, 100), ...placeholder, ...usual },
);
const boxes = (name: 'checkboxes' | 'radio_buttons', initial: Fields): Check =>
  object(
    { ...type(name), ...action, options: choices(limits[name].options.max_items) },
    { ...initial, ...usual },
    chosenIsThere,
  );
const datepicker: Check = object(
  { ...type('datepicker'), ...action },
  { initial_date: matching(/^\d{4}-\d{2}-\d{2}$/), ...placeholder, ...usual },
);
const timepicker: Check = object(
  { ...type('timepicker'), ...action },
  { initial_time: matching(/^([01]\d|2[0-3]):[0-5]\d$/), timezone: text(100), ...placeholder, ...usual },
);
const overflow: Check = object(
  { ...type('overflow'), ...action, options: list(option, { min: 1, max: limits.overflow.options.max_items }) },
  { confirm },
);
const plainTextInput: Check = object(
  { ...type('plain_text_input'), ...action },
  {
    initial_value: text(limits.plain_text_input.max_length.max, 0),
    multiline: flag,
    min_length: whole(0, limits.plain_text_input.max_length.max),
    max_length: whole(1, limits.plain_text_input.max_length.max),
    focus_on_load: flag,
    ...placeholder,
  },
  ({ initial_value: value, max_length: most }) =>
    typeof value === 'string' && typeof most === 'number' && value.length > most ? ['initial_value is too long'] : [],
);
const numeral = matching(/^-?\d+(\.\d+)?$/);
const numberInput: Check = object(
  { ...type('number_input'), ...action, is_decimal_allowed: flag },
  { initial_value: numeral, min_value: numeral, max_value: numeral, focus_on_load: flag, ...placeholder },
  ({ initial_value: value = '0', min_value: min = '-Infinity', max_value: max = 'Infinity' }) => [
    ...(Number(min) > Number(max) ? ['min_value is over max_value'] : []),
    ...(value !== '0' && (Number(value) < Number(min) || Number(value) > Number(max))
      ? ['initial_value out of range']
      : []),
  ],
);
const fileInput: Check = object(
  { ...type('file_input'), ...action },
  {
    filetypes: list(matching(/^[a-z0-9]+$/), { min: 1, max: 100 }),
    max_files: whole(limits.file_input.max_files.min, limits.file_input.max_files.max),
  },
);

const interactive = {
  button,
  static_select: staticSelect,
  external_select: externalSelect,
  checkboxes: boxes('checkboxes', { initial_options: choices(limits.checkboxes.options.max_items) }),
  radio_buttons: boxes('radio_buttons', { initial_option: option }),
  datepicker,
  timepicker,
};

export const actionElement: Check = byType({ ...interactive, overflow });
export const accessory: Check = byType({ ...interactive, overflow, image });
const { button: _, ...inputs } = interactive;
export const inputElement: Check = byType({
  ...inputs,
  plain_text_input: plainTextInput,
  number_input: numberInput,
  file_input: fileInput,
});

/** The answer to a `block_suggestion`. */
export const suggestions: Check = (value, at) =>
  isObject(value) && 'option_groups' in value
    ? object({ option_groups: list(optionGroup, { max: 100 }) })(value, at)
    : object({ options: list(option, { max: limits.select.options.max_items }) })(value, at);
