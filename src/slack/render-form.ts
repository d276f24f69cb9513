import type { InputBlock, InputBlockElement, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Answer } from '../core/chat/exchange.js';
import type { Card, Field, Form, Option } from '../core/chat/view.js';
import { firstCharacters, truncate } from '../core/text.js';
import { personActionId } from './person-action-id.js';
import { bannerBlocks, factsBlock, noteBlocks, plainTextElement, textBlocks, viewBlocks } from './render.js';
import type { FormOrigin, ViewMetadata } from './reply-context.js';
import { slackWords } from './slack.words.js';

/** Slack's limits for views. */
const limit = {
  title: 24,
  label: 2_000,
  hint: 2_000,
  placeholder: 150,
  option: 75,
  options: 100,
  text: 3_000,
  error: 500,
} as const;

type Around = Pick<Answer, 'bar' | 'locale'>;

/** Render a form as a modal. `from` is where it was opened; its answer goes there. */
export function modalOf(form: Form, { bar, locale }: Around, from: FormOrigin): ModalView {
  const fields = form.fields.flatMap((field) => [...blocksOf(field, locale), ...problemOf(field.problem)]);
  const before = [...bannerBlocks(bar), ...problemOf(form.problem), ...textBlocks(form.intro ?? '')];
  const blocks = [...before, ...fields];
  return {
    type: 'modal',
    callback_id: form.id,
    title: plainTextElement(form.title, limit.title),
    submit: plainTextElement(form.submit, limit.title),
    close: plainTextElement(form.cancel, limit.title),
    private_metadata: metadataFor({ carries: form.carries, from, locale }),
    blocks: blocks.length > 0 ? blocks : textBlocks(form.title),
  };
}

/** Render a card as a modal that is only read, or whose buttons act. */
export function cardModal(card: Card, { bar, locale }: Around, from: FormOrigin): ModalView {
  return {
    type: 'modal',
    title: plainTextElement(
      card.title.length > 0 && card.title.length <= limit.title ? card.title : 'Attendant',
      limit.title,
    ),
    close: plainTextElement(slackWords(locale).close, limit.title),
    private_metadata: metadataFor({ carries: {}, from, locale }),
    blocks: viewBlocks(card.title.length <= limit.title ? { ...card, title: '' } : card, bar),
  };
}

/** The problems that an acknowledgement can show at their fields; undefined when the whole view must be shown again. */
export function errorsOf(form: Form): Record<string, string> | undefined {
  const wrong = form.fields.flatMap(({ kind, name, problem }) => (problem ? [{ kind, name, problem }] : []));
  const isShownAnew = form.problem !== undefined || wrong.length === 0 || wrong.some(({ kind }) => kind === 'fixed');
  return isShownAnew
    ? undefined
    : Object.fromEntries(wrong.map(({ name, problem }) => [name, truncate(problem, limit.error)]));
}

const metadataFor = (kept: ViewMetadata): string => JSON.stringify(kept);

/** Render an option of a person field. */
export const optionOf = ({ label, value, detail }: Option): PlainTextOption => ({
  text: plainTextElement(label, limit.option),
  value,
  ...(detail ? { description: plainTextElement(detail, limit.option) } : {}),
});

const problemOf = (problem: string | undefined): KnownBlock[] => (problem ? noteBlocks(`⚠️ ${problem}`) : []);

type InputField = Exclude<Field, { readonly kind: 'fixed' }>;

const blocksOf = (field: Field, locale: Answer['locale']): KnownBlock[] =>
  field.kind === 'fixed'
    ? [factsBlock([[field.label, field.value]]), ...noteBlocks(field.hint ?? '')]
    : [inputOf(field, locale)];

function inputOf(field: InputField, locale: Answer['locale']): InputBlock {
  return {
    type: 'input',
    block_id: field.name,
    label: plainTextElement(field.label, limit.label),
    ...(field.hint ? { hint: plainTextElement(field.hint, limit.hint) } : {}),
    // An unchecked box is a valid answer.
    optional: !field.required || field.kind === 'toggle',
    element: elementOf(field, locale),
  };
}

function elementOf(field: InputField, locale: Answer['locale']): InputBlockElement {
  const action_id = field.name;
  switch (field.kind) {
    case 'text':
      return {
        type: 'plain_text_input',
        action_id,
        max_length: Math.min(field.maxLength, limit.text),
        ...(field.minLength ? { min_length: field.minLength } : {}),
        ...(field.multiline ? { multiline: true } : {}),
        ...(field.value ? { initial_value: firstCharacters(field.value, limit.text) } : {}),
      };
    case 'choice':
      return { type: 'static_select', action_id, ...choicesOf(field.options, field.value) };
    case 'person':
      return {
        type: 'external_select',
        action_id: personActionId(field),
        min_query_length: 0,
        placeholder: plainTextElement(slackWords(locale).search, limit.placeholder),
        ...(field.value ? { initial_option: optionOf(field.value) } : {}),
      };
    case 'date':
      return { type: 'datepicker', action_id, ...pickerValue('initial_date', field.value, /^\d{4}-\d{2}-\d{2}$/) };
    case 'time':
      return { type: 'timepicker', action_id, ...pickerValue('initial_time', field.value, /^\d{2}:\d{2}$/) };
    case 'toggle': {
      const yes = optionOf({ value: 'yes', label: slackWords(locale).yes });
      return { type: 'checkboxes', action_id, options: [yes], ...(field.value ? { initial_options: [yes] } : {}) };
    }
    case 'number':
      return {
        type: 'number_input',
        action_id,
        is_decimal_allowed: false,
        ...(field.minimum === undefined ? {} : { min_value: String(field.minimum) }),
        ...(field.maximum === undefined ? {} : { max_value: String(field.maximum) }),
        ...(field.value === undefined ? {} : { initial_value: String(field.value) }),
      };
    case 'file':
      return { type: 'file_input', action_id, filetypes: [...field.endings], max_files: 1 };
    default:
      return field satisfies never;
  }
}

function choicesOf(
  choices: readonly Option[],
  value: string | undefined,
): { options: PlainTextOption[]; initial_option?: PlainTextOption } {
  const options = choices.slice(0, limit.options).map(optionOf);
  const chosen = options.find((option) => option.value === value);
  return { options, ...(chosen ? { initial_option: chosen } : {}) };
}

/** The typed date or time as an initial value, if Slack's picker accepts it. */
const pickerValue = <Name extends string>(
  name: Name,
  value: string | undefined,
  shape: RegExp,
): { [N in Name]?: string } =>
  value !== undefined && shape.test(value) ? ({ [name]: value } as { [N in Name]?: string }) : {};
