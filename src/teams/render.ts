import { formatDuration } from '../core/chat/phrasing.js';
import { withShorterDetails } from '../core/chat/shorten-details.js';
import type { Banner, Block, Button, Card, CarriedData, Fact } from '../core/chat/view.js';
import type { ActionId } from '../core/ids.js';
import { truncate } from '../core/text.js';
import type { CardData } from './card-data.js';
import { selectionElements } from './render-selection.js';
import { type Element, heading, isPlain, plainText } from './text-elements.js';

/** An Adaptive Card as JSON. */
export type AdaptiveCard = {
  readonly type: 'AdaptiveCard';
  readonly version: '1.5';
  readonly $schema: string;
  readonly fallbackText: string;
  readonly body: readonly Element[];
};

/** The options of rendering a view. */
export interface Drawing {
  /** Absent when only the card's own texts are shown. */
  readonly locale?: 'en' | 'fr' | undefined;
  /** The banner above everything while an admin is impersonating. */
  readonly bar?: Banner | undefined;
  /** False where a click cannot open a dialog; a form then replaces the card. */
  readonly dialogs?: boolean | undefined;
  /** Unique per rendering; its buttons send it back. */
  readonly id: string;
}

/** The most actions that Teams shows on a card. */
const mostActions = 6;

/** Render a card within Teams' size limit: the longest parts are shortened first, and end in an ellipsis. */
export function renderCard(card: Card, drawing: Drawing): AdaptiveCard {
  const body = [...(card.title ? heading(card.title) : []), ...blocks(card.blocks, drawing)];
  const isList = card.blocks.some(({ kind }) => kind === 'selection');
  const drawn = adaptiveCard(
    card.summary,
    drawing,
    isList ? withOverflow(body, drawing.bar ? mostActions - 1 : mostActions) : body,
  );
  if (sizeOf(drawn) <= mostBytes) return drawn;
  const shorter = shortened(card);
  return shorter === card ? drawn : renderCard(shorter, drawing);
}

/** Wrap body and actions in an Adaptive Card of the version that Teams supports. */
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
    if (block.kind === 'buttons' && before?.kind === 'audio') continue; // rendered beside Listen
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
      // Media elements play only from a few hosts that Microsoft chose, so the button opens the player page.
      const { label, durationSeconds, ...page } = block.audio;
      const listen = pageAction({ title: `${label} (${formatDuration(durationSeconds)})` }, page, drawing);
      return actionSets([listen, ...beside.map((button) => actionOf(button, drawing))]);
    }
    case 'table':
      return [tableOf(block.columns, block.rows)];
    case 'buttons':
      return actionSets(block.buttons.map((button) => actionOf(button, drawing)));
    case 'selection':
      return selectionElements(block, {
        locale: drawing.locale,
        drawing: drawing.id,
        ofEntry: (button) => actionOf(button, drawing),
        ofSelection: (button) => actionOf({ ...button, carries: block.carries }, drawing, { selects: block.name }),
        rows: actionSets,
      });
    default:
      return block satisfies never;
  }
}

/**
 * A FactSet reads Markdown. Facts whose values could be Markdown become the same two columns as a table of TextRuns.
 */
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
      // The JavaScript renderer makes the first row a header whatever we ask, so the weight is set here.
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

/**
 * Put the actions after the first `most` into the menu behind three dots.
 * https://learn.microsoft.com/adaptive-cards/schema-explorer/action-set
 */
function withOverflow(body: readonly Element[], most: number): Element[] {
  let left = most;
  return body.map((element) => {
    if (element.type !== 'ActionSet') return element;
    const actions = element.actions as readonly Element[];
    const shown = left;
    left = Math.max(0, left - actions.length);
    return {
      ...element,
      actions: actions.map((action, index) => (index < shown ? action : { ...action, mode: 'secondary' })),
    };
  });
}

const cell = (items: readonly Element[]): Element => ({ type: 'TableCell', items });

/** Teams shows at most six actions a set; split them into even rows of up to four. */
export function actionSets(actions: readonly Element[]): Element[] {
  const rows = Math.ceil(actions.length / 4);
  const perRow = Math.ceil(actions.length / Math.max(1, rows));
  return Array.from({ length: rows }, (_, row) => ({
    type: 'ActionSet',
    ...(row > 0 ? { spacing: 'small' } : {}),
    actions: actions.slice(row * perRow, (row + 1) * perRow),
  }));
}

/** Render a button. A form's button opens a dialog, which Teams does only in answer to a Submit with `task/fetch`. */
function actionOf(button: Button, drawing: Drawing, selected: Pick<CardData, 'selects'> = {}): Element {
  const looks = { title: button.label, ...styleOf(button) };
  if (button.kind === 'link') return pageAction(looks, button, drawing);

  const data: CardData = {
    action: button.action,
    ...nonEmptyCarries(button.carries),
    ...selected,
    drawing: drawing.id,
  };
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

/** Render a button that leads to a page: in a dialog where the page can be requested for one, else in the browser. */
function pageAction(
  looks: object,
  { url, action, carries }: { readonly url: string; readonly action: ActionId; readonly carries?: CarriedData },
  drawing: Drawing,
): Element {
  if (carries === undefined || drawing.dialogs === false) return { type: 'Action.OpenUrl', ...looks, url };
  const data: CardData = { action, ...nonEmptyCarries(carries), drawing: drawing.id };
  return { type: 'Action.Submit', ...looks, data: { ...data, msteams: { type: 'task/fetch' } } };
}

/** Omit an empty `carries`, because a card's size is limited. */
export const nonEmptyCarries = (carries: CarriedData): { carries?: CarriedData } =>
  Object.keys(carries).length > 0 ? { carries } : {};

const styleOf = ({ tone }: Button): { style?: 'positive' | 'destructive' } =>
  tone === 'main' ? { style: 'positive' } : tone === 'danger' ? { style: 'destructive' } : {};

/** Teams refuses messages of more than 28 KB, including the activity around the card. */
const mostBytes = 26.5 * 1024;

const sizeOf = (card: AdaptiveCard): number => Buffer.byteLength(JSON.stringify(card));

/** The card with its longest block halved; the same card when no block can be shortened. */
function shortened(card: Card): Card {
  const longestFirst = card.blocks
    .map((block, index) => ({ block, index, length: JSON.stringify(block).length }))
    .sort((a, b) => b.length - a.length);
  for (const { block, index } of longestFirst) {
    const half = halved(block);
    if (half) return { ...card, summary: truncate(card.summary, 300), blocks: card.blocks.with(index, half) };
  }
  return card;
}

/** The block at half its length; undefined when it is short already. */
function halved(block: Block): Block | undefined {
  switch (block.kind) {
    case 'text':
    case 'note':
      return block.text.length > 100 ? { ...block, text: truncate(block.text, block.text.length / 2) } : undefined;
    case 'facts': {
      const most = Math.max(...block.facts.map(({ value }) => value.length)) / 2;
      if (most > 50)
        return { ...block, facts: block.facts.map((fact) => ({ ...fact, value: truncate(fact.value, most) })) };
      const kept = block.facts.slice(0, block.facts.length / 2);
      return kept.length > 1 ? { ...block, facts: [...kept, { label: '…', value: '…' }] } : undefined;
    }
    case 'selection':
      return withShorterDetails(block);
    case 'table': {
      const kept = block.rows.slice(0, block.rows.length / 2);
      return kept.length > 1 ? { ...block, rows: [...kept, block.columns.map(() => '…')] } : undefined;
    }
    default:
      return undefined;
  }
}
