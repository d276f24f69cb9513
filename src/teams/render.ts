import { duration } from '../core/chat/phrasing.js';
import type { Banner, Block, Button, Card, Carried, Fact } from '../core/chat/view.js';
import { cut } from '../core/text.js';
import type { CardData } from './card-data.js';
import { type Element, heading, isPlain, plainText } from './text-elements.js';

export type AdaptiveCard = {
  readonly type: 'AdaptiveCard';
  readonly version: '1.5';
  readonly $schema: string;
  readonly fallbackText: string;
  readonly body: readonly Element[];
};

/** How a view is drawn, beside what it says. */
export interface Drawing {
  /** Absent where only the card's own words know it. */
  readonly locale?: 'en' | 'fr' | undefined;
  /** Stands above everything while an admin acts as somebody else. */
  readonly bar?: Banner | undefined;
  /** False where a click opens no dialog: then a form comes in place of the card. */
  readonly dialogs?: boolean | undefined;
  /** Unlike any other drawing's: its buttons send it back. */
  readonly id: string;
}

/** Draws a card. Never too long for Teams: the longest parts are shortened first, and end in an ellipsis. */
export function renderCard(card: Card, drawing: Drawing): AdaptiveCard {
  const drawn = adaptiveCard(card.summary, drawing, [
    ...(card.title ? heading(card.title) : []),
    ...blocks(card.blocks, drawing),
  ]);
  if (sizeOf(drawn) <= mostBytes) return drawn;
  const shorter = shortened(card);
  return shorter === card ? drawn : renderCard(shorter, drawing);
}

export const adaptiveCard = (fallbackText: string, drawing: Drawing, body: readonly Element[]): AdaptiveCard => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  fallbackText,
  body: [...(drawing.bar ? [barOf(drawing.bar, drawing)] : []), ...body],
});

const barOf = (bar: Banner, drawing: Drawing): Element => ({
  type: 'Container',
  style: 'warning',
  bleed: true,
  items: [...plainText(bar.text, { weight: 'bolder' }), ...actionSets([actionOf(bar.stop, drawing)])],
});

function blocks(all: readonly Block[], drawing: Drawing): Element[] {
  const drawn: Element[] = [];
  let divided = false;
  for (const [index, block] of all.entries()) {
    if (block.kind === 'divider') {
      divided = true;
      continue;
    }
    const before = all[index - 1];
    if (block.kind === 'buttons' && before?.kind === 'audio') continue; // drawn beside Listen
    const after = all[index + 1];
    const beside = block.kind === 'audio' && after?.kind === 'buttons' ? after.buttons : [];
    const [first, ...rest] = elementsOf(block, beside, drawing);
    if (first) drawn.push(divided ? { ...first, separator: true, spacing: 'medium' } : first, ...rest);
    divided = false;
  }
  return drawn;
}

function elementsOf(
  block: Exclude<Block, { kind: 'divider' }>,
  beside: readonly Button[],
  drawing: Drawing,
): Element[] {
  switch (block.kind) {
    case 'text':
      return plainText(block.text);
    case 'note':
      return plainText(block.text, { size: 'small', isSubtle: true });
    case 'facts':
      return [factsOf(block.facts)];
    case 'image':
      return [{ type: 'Image', url: block.url, altText: block.alternative, size: 'auto' }];
    case 'audio': {
      // Media plays only from a few hosts of Microsoft's choice, so the player page it is.
      const { label, url, durationSeconds } = block.audio;
      const listen = { type: 'Action.OpenUrl', title: `${label} (${duration(durationSeconds)})`, url };
      return actionSets([listen, ...beside.map((button) => actionOf(button, drawing))]);
    }
    case 'table':
      return [tableOf(block.columns, block.rows)];
    case 'buttons':
      return actionSets(block.buttons.map((button) => actionOf(button, drawing)));
    default:
      return block satisfies never;
  }
}

/** A FactSet reads Markdown: where a value could be some, the same two columns as a table of TextRuns. */
function factsOf(facts: readonly Fact[]): Element {
  if (facts.every(({ label, value }) => isPlain(label) && isPlain(value))) {
    return { type: 'FactSet', facts: facts.map(({ label, value }) => ({ title: label, value })) };
  }
  return {
    type: 'Table',
    showGridLines: false,
    firstRowAsHeader: false,
    columns: [{ width: 1 }, { width: 2 }],
    rows: facts.map(({ label, value }) => ({
      type: 'TableRow',
      // The weight is said because the JavaScript renderer makes the first row a header whatever we say.
      cells: [cell(plainText(label, { weight: 'bolder' })), cell(plainText(value, { weight: 'default' }))],
    })),
  };
}

const tableOf = (columns: readonly string[], rows: readonly (readonly string[])[]): Element => ({
  type: 'Table',
  firstRowAsHeader: true,
  showGridLines: true,
  columns: columns.map(() => ({ width: 1 })),
  rows: [columns, ...rows].map((row, index) => ({
    type: 'TableRow',
    cells: row.map((text) => cell(plainText(text, index === 0 ? { weight: 'bolder' } : {}))),
  })),
});

const cell = (items: readonly Element[]): Element => ({ type: 'TableCell', items });

/** Teams shows at most six actions a set: rows of up to four, as even as they come. */
export function actionSets(actions: readonly Element[]): Element[] {
  const rows = Math.ceil(actions.length / 4);
  const perRow = Math.ceil(actions.length / Math.max(1, rows));
  return Array.from({ length: rows }, (_, row) => ({
    type: 'ActionSet',
    ...(row > 0 ? { spacing: 'small' } : {}),
    actions: actions.slice(row * perRow, (row + 1) * perRow),
  }));
}

/** A button. A form's opens a dialog, which Teams does only as the answer to a Submit with `task/fetch`. */
function actionOf(button: Button, drawing: Drawing): Element {
  const looks = { title: button.label, ...styleOf(button) };
  if (button.kind === 'link') return { type: 'Action.OpenUrl', ...looks, url: button.url };

  const data: CardData = { action: button.action, ...carried(button.carries), drawing: drawing.id };
  if (button.kind === 'form') {
    const opens = { ...data, intent: 'open' };
    return drawing.dialogs === false
      ? { type: 'Action.Execute', ...looks, verb: button.action, data: opens }
      : { type: 'Action.Submit', ...looks, data: { ...opens, msteams: { type: 'task/fetch' } } };
  }
  const act = { type: 'Action.Execute', ...looks, verb: button.action, data };
  if (!button.confirm) return act;

  const { title, text, yes } = button.confirm;
  const body = [...plainText(title, { weight: 'bolder' }), ...plainText(text)];
  return {
    type: 'Action.ShowCard',
    ...looks,
    card: { type: 'AdaptiveCard', version: '1.5', body: [...body, ...actionSets([{ ...act, title: yes }])] },
  };
}

/** Cards are short of room: what carries nothing says nothing. */
export const carried = (carries: Carried): { carries?: Carried } =>
  Object.keys(carries).length > 0 ? { carries } : {};

const styleOf = ({ tone }: Button): { style?: 'positive' | 'destructive' } =>
  tone === 'main' ? { style: 'positive' } : tone === 'danger' ? { style: 'destructive' } : {};

/** Teams refuses messages of more than 28 KB; the activity around the card takes its part. */
const mostBytes = 26.5 * 1024;

const sizeOf = (card: AdaptiveCard): number => Buffer.byteLength(JSON.stringify(card));

/** The card with its longest block at half its length; the same card when there is nothing left to shorten. */
function shortened(card: Card): Card {
  const longestFirst = card.blocks
    .map((block, index) => ({ block, index, length: JSON.stringify(block).length }))
    .sort((a, b) => b.length - a.length);
  for (const { block, index } of longestFirst) {
    const half = halved(block);
    if (half) return { ...card, summary: cut(card.summary, 300), blocks: card.blocks.with(index, half) };
  }
  return card;
}

/** Half as long; undefined where it is short already. */
function halved(block: Block): Block | undefined {
  switch (block.kind) {
    case 'text':
    case 'note':
      return block.text.length > 100 ? { ...block, text: cut(block.text, block.text.length / 2) } : undefined;
    case 'facts': {
      const most = Math.max(...block.facts.map(({ value }) => value.length)) / 2;
      if (most > 50) return { ...block, facts: block.facts.map((fact) => ({ ...fact, value: cut(fact.value, most) })) };
      const kept = block.facts.slice(0, block.facts.length / 2);
      return kept.length > 1 ? { ...block, facts: [...kept, { label: '…', value: '…' }] } : undefined;
    }
    case 'table': {
      const kept = block.rows.slice(0, block.rows.length / 2);
      return kept.length > 1 ? { ...block, rows: [...kept, block.columns.map(() => '…')] } : undefined;
    }
    default:
      return undefined;
  }
}
