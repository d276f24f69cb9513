import type { Button, CarriedData, Field, Form, Option, PersonField } from '../core/chat/view.js';
import { wordsIn } from '../core/chat/words.js';
import { type ActionId, asId } from '../core/ids.js';
import type { CardData } from './card-data.js';
import { peopleDataset } from './people-dataset.js';
import { type AdaptiveCard, actionSets, adaptiveCard, type Drawing, nonEmptyCarries } from './render.js';
import { teamsWords } from './teams.words.js';
import { type Element, heading, plainText } from './text-elements.js';

/** Where a form is shown: a dialog has its own title and close button, a card in the chat needs both. */
export type FormPlace = { readonly kind: 'inline' } | { readonly kind: 'dialog'; readonly cardId?: string };

/** The people offered before the person types; `all` when the company has no more. */
export interface Preloaded {
  readonly options: readonly Option[];
  readonly all: boolean;
}

/** Render a form with its values, its problems, and the buttons that fit where it is shown. */
export function renderForm(form: Form, drawing: Drawing, place: FormPlace, people?: Preloaded): AdaptiveCard {
  return adaptiveCard(form.title, drawing, [
    ...(place.kind === 'inline' ? heading(form.title) : []),
    ...(form.intro ? plainText(form.intro) : []),
    ...(form.problem ? [problemBox(form.problem)] : []),
    ...form.fields.flatMap((field) => fieldOf(field, drawing, people)),
    ...actionSets(buttonsOf(form, drawing, place)),
  ]);
}

/** The card that replaces a cancelled inline form: a button that opens it again. */
export const cancelledFormCard = (form: string, title: string, carries: CarriedData): Button => ({
  kind: 'form',
  label: title,
  action: asId<ActionId>(form),
  carries,
});

function buttonsOf(form: Form, drawing: Drawing, place: FormPlace): Element[] {
  const switches = form.fields.filter(({ kind }) => kind === 'toggle').map(({ name }) => name);
  const data: CardData = {
    action: form.id,
    ...nonEmptyCarries(form.carries),
    intent: 'send',
    drawing: drawing.id,
    ...(switches.length > 0 ? { switches } : {}),
  };
  const send = { title: form.submit, style: 'positive' };
  // A dialog's answer must come from a Submit; Execute works only in a chat's cards.
  if (place.kind === 'dialog') {
    return [{ type: 'Action.Submit', ...send, data: { ...data, ...(place.cardId ? { cardId: place.cardId } : {}) } }];
  }
  return [
    { type: 'Action.Execute', ...send, verb: form.id, data },
    {
      type: 'Action.Execute',
      title: form.cancel,
      verb: form.id,
      data: {
        action: form.id,
        ...nonEmptyCarries(form.carries),
        intent: 'cancel',
        title: form.title,
      } satisfies CardData,
      associatedInputs: 'none',
    },
  ];
}

function fieldOf(field: Field, drawing: Drawing, people: Preloaded | undefined): Element[] {
  return [
    ...inputsOf(field, drawing, people),
    ...(field.problem ? plainText(field.problem, { color: 'attention' }) : []),
    ...(field.hint ? plainText(field.hint, { size: 'small', isSubtle: true }) : []),
  ].map((element, index) => (index === 0 ? element : { ...element, spacing: 'none' }));
}

function inputsOf(field: Field, drawing: Drawing, people: Preloaded | undefined): Element[] {
  return field.kind === 'fixed'
    ? [...plainText(field.label, { weight: 'bolder' }), ...plainText(field.value)]
    : [inputOf(field, drawing, people)];
}

function inputOf(
  field: Exclude<Field, { readonly kind: 'fixed' }>,
  drawing: Drawing,
  people: Preloaded | undefined,
): Element {
  const common = {
    id: field.name,
    label: field.label,
    ...(field.required ? { isRequired: true, errorMessage: wordsIn(drawing.locale ?? 'en').chat.required } : {}),
  };
  switch (field.kind) {
    case 'text':
      return {
        type: 'Input.Text',
        ...common,
        ...nonEmptyValue(field.value),
        maxLength: field.maxLength,
        ...(field.multiline ? { isMultiline: true } : {}),
        ...(field.secret ? { style: 'password' } : {}),
      };
    case 'choice':
      return {
        type: 'Input.ChoiceSet',
        ...common,
        style: 'compact',
        ...nonEmptyValue(field.value),
        choices: choicesOf(field.options),
      };
    case 'person':
      return personOf(field, common, drawing, people);
    case 'date':
      return { type: 'Input.Date', ...common, ...nonEmptyValue(field.value) };
    case 'time':
      return { type: 'Input.Time', ...common, ...nonEmptyValue(field.value) };
    case 'toggle':
      return { type: 'Input.Toggle', id: field.name, title: field.label, value: String(field.value) };
    case 'number':
      return {
        type: 'Input.Number',
        ...common,
        ...(field.value === undefined ? {} : { value: field.value }),
        ...(field.minimum === undefined ? {} : { min: field.minimum }),
        ...(field.maximum === undefined ? {} : { max: field.maximum }),
      };
    case 'file':
      // Adaptive Cards have no file input.
      return {
        type: 'Container',
        items: [
          ...plainText(field.label),
          ...plainText(teamsWords(drawing.locale ?? 'en').noFiles, { isSubtle: true }),
        ],
      };
    default:
      return field satisfies never;
  }
}

/**
 * The people of a small company are all in the list. In a larger one Teams searches while the person types
 * (`application/search`, an extension of card 1.5). Where that is missing, as in the Playground, the person types a
 * name, which the core resolves or refuses.
 */
function personOf(
  field: PersonField,
  common: Element,
  { dialogs, locale }: Drawing,
  people: Preloaded = { options: [], all: false },
): Element {
  if (dialogs === false && !people.all)
    return {
      type: 'Input.Text',
      ...common,
      placeholder: teamsWords(locale ?? 'en').typeName,
      ...nonEmptyValue(field.value?.label),
      maxLength: 200,
    };
  const chosen = field.value && (people.options.find(({ value }) => value === field.value?.value) ?? field.value);
  const others = people.options.filter(({ value }) => value !== chosen?.value && value !== field.without);
  return {
    type: 'Input.ChoiceSet',
    ...common,
    ...(people.all
      ? { style: 'compact' }
      : { style: 'filtered', 'choices.data': { type: 'Data.Query', dataset: peopleDataset(field) } }),
    ...(chosen ? { value: chosen.value } : {}),
    choices: choicesOf([...(chosen ? [chosen] : []), ...others]),
  };
}

const choicesOf = (options: readonly Option[]): Element[] =>
  options.map(({ value, label }) => ({ title: label, value }));

const nonEmptyValue = (value: string | undefined): { value?: string } => (value === undefined ? {} : { value });

const problemBox = (problem: string): Element => ({
  type: 'Container',
  style: 'attention',
  items: plainText(problem),
});
