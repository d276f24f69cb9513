import type { Answer } from '../../src/core/chat/exchange.js';
import { type Block, type Button, buttonsOfSelection, type Card, type Form } from '../../src/core/chat/view.js';

/** All text that a person reads in an answer or a card, one part per line. */
export function textOf(shown: Answer | Card | undefined): string {
  if (shown === undefined) return '';
  if (!('kind' in shown)) return cardText(shown);
  const bar = shown.bar === undefined ? '' : `${shown.bar.text}\n`;
  switch (shown.kind) {
    case 'say':
    case 'replace':
      return bar + cardText(shown.card);
    case 'open':
    case 'invalid':
      return bar + formText(shown.form);
    case 'done':
      return bar + (shown.line ?? '');
    case 'suggest':
      return shown.options.length > 0 ? shown.options.map(({ label }) => label).join('\n') : shown.empty;
    default:
      return shown satisfies never;
  }
}

/** The form that an answer opens or shows again. Throws when there is none, with the answer. */
export function formOf(answer: Answer): Form {
  if (answer.kind === 'open' || answer.kind === 'invalid') return answer.form;
  throw new Error(`no form, but: ${textOf(answer)}`);
}

/** The problems of a refused form, by field; `''` is the form as a whole. */
export function problemsOf(answer: Answer): Record<string, string> {
  const form = formOf(answer);
  const atFields = form.fields.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [[name, problem] as const],
  );
  return { ...Object.fromEntries(atFields), ...(form.problem === undefined ? {} : { '': form.problem }) };
}

/** The buttons of a card or an answer. */
export function buttonsOf(shown: Answer | Card | undefined): readonly Button[] {
  if (shown === undefined) return [];
  if ('kind' in shown) return shown.kind === 'say' || shown.kind === 'replace' ? buttonsOf(shown.card) : [];
  return shown.blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons;
    if (block.kind !== 'selection') return [];
    return [...block.entries.flatMap(({ buttons }) => buttons), ...buttonsOfSelection(block)];
  });
}

const cardText = (card: Card): string =>
  [card.title, ...card.blocks.map(blockText)].filter((line) => line !== '').join('\n');

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'note':
      return block.text;
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'audio':
      return block.audio.label;
    case 'image':
      return block.alternative;
    case 'divider':
      return '';
    case 'table':
      return [block.columns, ...block.rows].map((row) => row.join(' | ')).join('\n');
    case 'buttons':
      return block.buttons.map(({ label }) => `[${label}]`).join(' ');
    case 'selection':
      return [
        ...block.entries.map(({ label, detail, buttons }) => [
          label,
          detail,
          ...buttons.map((one) => `[${one.label}]`),
        ]),
        block.buttons.map(({ label }) => `[${label}]`),
      ]
        .map((parts) => parts.filter((part) => part !== undefined).join(' '))
        .join('\n');
    default:
      return block satisfies never;
  }
}

const formText = (form: Form): string =>
  [form.title, form.problem, form.intro, ...form.fields.flatMap(({ label, problem }) => [label, problem])]
    .filter((line) => line !== undefined && line !== '')
    .join('\n');
