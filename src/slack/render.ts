import { randomBytes } from 'node:crypto';
import type {
  ActionsBlock,
  ContextBlock,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
  Button as SlackButton,
} from '@slack/types';
import { cardWithShorterDetails } from '../core/chat/shorten-details.js';
import {
  type AudioLink,
  type Banner,
  type Block,
  type Button,
  buttonsOfSelection,
  type Card,
  type Selection,
} from '../core/chat/view.js';
import { firstCharacters, truncate } from '../core/text.js';
import { voicemailActions } from '../core/voicemail/voicemail.action-ids.js';
import { escapeMarkup } from './markup.js';
import { tickId } from './ticks.js';

/** The part of a message that `chat.postMessage`, `chat.update` and a `response_url` all accept. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Slack's limits that our views come near. https://docs.slack.dev/reference/block-kit */
const limit = {
  messageBlocks: 50,
  viewBlocks: 100,
  /** All text of a message together; above it Slack answers `msg_blocks_too_long`. */
  messageText: 13_000,
  viewText: 200_000,
  text: 3_000,
  header: 150,
  contextElements: 10,
  actions: 25,
  button: 75,
  option: 75,
  confirm: { title: 100, text: 300, answer: 30 },
  table: { rows: 100, columns: 20 },
  alternative: 2_000,
} as const;

/** Render a card as a message; `text` is the text for notifications and screen readers. */
export function messageOf(card: Card, bar?: Banner): Message {
  const all = cardBlocks(card, bar, { tables: true });
  // The buttons of a selection stand at its end, so its details make room for them.
  const shorter = JSON.stringify(all).length > limit.messageText ? cardWithShorterDetails(card) : undefined;
  if (shorter) return messageOf(shorter, bar);
  const blocks = truncatedBlocks(all, limit.messageBlocks, limit.messageText);
  return { text: escapeMarkup(truncate(card.summary, limit.text)) || ' ', blocks };
}

/** Render a card inside a view (a modal, the app's home), where tables are not supported. */
export const viewBlocks = (card: Card, bar?: Banner): KnownBlock[] =>
  truncatedBlocks(cardBlocks(card, bar, { tables: false }), limit.viewBlocks, limit.viewText);

function cardBlocks(card: Card, bar: Banner | undefined, surface: { tables: boolean }): KnownBlock[] {
  let tables = surface.tables;
  const blocks = withAudioAmongButtons(card.blocks).flatMap((block) => {
    // Slack accepts one table per message.
    if (block.kind !== 'table' || !tables) return blockOf(block);
    tables = false;
    return tableOf(block.columns, block.rows);
  });
  const shown = [...bannerBlocks(bar), ...(card.title ? [header(card.title)] : []), ...blocks];
  return shown.length > 0 ? shown : textBlocks(card.summary || ' ');
}

/** The banner on every reply while an admin is impersonating. */
export const bannerBlocks = (bar: Banner | undefined): KnownBlock[] =>
  bar
    ? [
        { type: 'section', text: plainTextElement(`⚠️ ${bar.text}`, limit.text), accessory: buttonOf(bar.stop, 0) },
        { type: 'divider' },
      ]
    : [];

function blockOf(block: Block): KnownBlock[] {
  switch (block.kind) {
    case 'text':
      return textBlocks(block.text);
    case 'facts':
      return block.facts.length > 0 ? [factsBlock(block.facts.map(({ label, value }) => [label, value]))] : [];
    case 'audio':
      return actionBlocks([listenButton(block.audio)]);
    case 'image':
      return [{ type: 'image', image_url: block.url, alt_text: truncate(block.alternative || ' ', limit.alternative) }];
    case 'divider':
      return [{ type: 'divider' }];
    case 'note':
      return noteBlocks(block.text);
    case 'table':
      return block.rows.map((row) => factsBlock(row.map((cell, column) => [block.columns[column] ?? '', cell])));
    case 'buttons':
      return actionBlocks(block.buttons);
    case 'selection':
      return selectionBlocks(block);
    default:
      return block satisfies never;
  }
}

/** Move an audio button before a row of buttons into that row, to save a row. */
function withAudioAmongButtons(blocks: readonly Block[]): Block[] {
  const [first, second, ...rest] = blocks;
  if (first === undefined) return [];
  if (first.kind !== 'audio' || second?.kind !== 'buttons') return [first, ...withAudioAmongButtons(blocks.slice(1))];
  const buttons = [listenButton(first.audio), ...second.buttons];
  return [{ kind: 'buttons', buttons }, ...withAudioAmongButtons(rest)];
}

/** A button that opens the player page; where Slack can play the file in the thread, it does. */
const listenButton = ({ label, url }: AudioLink): Button => ({
  kind: 'link',
  action: voicemailActions.listen,
  label: `▶ ${label}`,
  url,
  tone: 'main',
});

const header = (title: string): KnownBlock => ({ type: 'header', text: plainTextElement(title, limit.header) });

/** A plain text element: nothing in people's text is markup, not even `:smile:`. */
export const plainTextElement = (text: string, most: number): PlainTextElement => ({
  type: 'plain_text',
  text: truncate(text, most) || ' ',
  emoji: false,
});

/** Text that people wrote, in sections within Slack's limit. */
export const textBlocks = (text: string): KnownBlock[] =>
  pieces(text, limit.text).map((piece) => ({ type: 'section', text: plainTextElement(piece, limit.text) }));

/** Small grey text, in context blocks within Slack's limit. */
export function noteBlocks(text: string): ContextBlock[] {
  const elements = pieces(text, limit.text).map((piece) => plainTextElement(piece, limit.text));
  return elements.length > 0 ? [{ type: 'context', elements: elements.slice(0, limit.contextElements) }] : [];
}

/** Labels in bold and values unchanged. Rich text, because `mrkdwn` would read asterisks in a name as markup. */
export const factsBlock = (facts: readonly (readonly [label: string, value: string])[]): RichTextBlock => ({
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_section',
      elements: facts.flatMap(([label, value], index) => [
        { type: 'text' as const, text: `${index > 0 ? '\n' : ''}${label || '–'}`, style: { bold: true } },
        { type: 'text' as const, text: `  ${value || '–'}` },
      ]),
    },
  ],
});

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): KnownBlock[] {
  const cells = (row: readonly string[]) =>
    columns.slice(0, limit.table.columns).map((_, index) => ({ type: 'raw_text' as const, text: row[index] || '–' }));
  return [{ type: 'table', rows: [columns, ...rows].slice(0, limit.table.rows).map(cells) }];
}

const actionBlocks = (buttons: readonly Button[]): ActionsBlock[] =>
  inGroups(elementsOf(buttons), limit.actions).map((group) => ({ type: 'actions', elements: group }));

function elementsOf(buttons: readonly Button[]): SlackButton[] {
  const seen = new Map<string, number>();
  return buttons.map((button) => {
    const before = seen.get(button.action) ?? 0;
    seen.set(button.action, before + 1);
    return buttonOf(button, before);
  });
}

/**
 * Each entry as a row with its box and its buttons, then the buttons for the ticked ones. The ids of the rows are new
 * each time: Slack keeps ticks in a row of the same id, and the next action would change them too.
 */
function selectionBlocks(selection: Selection): KnownBlock[] {
  const { name, entries } = selection;
  const rendering = randomBytes(6).toString('base64url');
  const rows = entries.flatMap(({ label, detail, value, buttons }, index): KnownBlock[] => [
    {
      type: 'actions',
      block_id: `${name}.${rendering}.${index}`,
      elements: [
        {
          type: 'checkboxes',
          action_id: tickId(name),
          options: [{ text: plainTextElement(label, limit.option), value }],
        },
        ...elementsOf(buttons),
      ],
    },
    ...noteBlocks([...(label.length > limit.option ? [label] : []), ...(detail ? [detail] : [])].join(' · ')),
  ]);
  return [...rows, { type: 'divider' }, ...actionBlocks(buttonsOfSelection(selection))];
}

/** `twin` numbers equal actions in one block, where Slack requires unique ids; `read` removes the number. */
function buttonOf(button: Button, twin: number): SlackButton {
  const { tone } = button;
  return {
    type: 'button',
    action_id: twin > 0 ? `${button.action}#${twin}` : button.action,
    text: plainTextElement(button.label, limit.button),
    ...(tone ? { style: tone === 'main' ? ('primary' as const) : ('danger' as const) } : {}),
    // A button that only opens a page has no value; `read` tells it apart by that.
    ...(button.kind === 'link' ? { url: button.url } : { value: JSON.stringify(button.carries) }),
    ...(button.kind === 'action' && button.confirm
      ? {
          confirm: {
            title: plainTextElement(button.confirm.title, limit.confirm.title),
            text: plainTextElement(button.confirm.text, limit.confirm.text),
            confirm: plainTextElement(button.confirm.yes, limit.confirm.answer),
            deny: plainTextElement(button.confirm.no, limit.confirm.answer),
            ...(tone === 'danger' ? { style: 'danger' as const } : {}),
          },
        }
      : {}),
  };
}

/**
 * Keep as many blocks and as much text as the surface accepts; the last block says that there is more. Our own cards
 * stay below the limits (a contract test checks it), so this concerns text that people wrote.
 */
function truncatedBlocks(blocks: readonly KnownBlock[], most: number, characters: number): KnownBlock[] {
  const kept: KnownBlock[] = [];
  let room = characters;
  for (const block of blocks) {
    room -= JSON.stringify(block).length;
    if (kept.length === most - 1 && blocks.length > most) break;
    if (room < 0 && kept.length > 0) break;
    kept.push(block);
  }
  return kept.length === blocks.length ? kept : [...kept, ...noteBlocks('…')];
}

/**
 * Split text into pieces of at most `most` characters, at a line or word break where there is one; empty text gives
 * none.
 */
function pieces(text: string, most: number): string[] {
  if (text.trim() === '') return [];
  if (text.length <= most) return [text];
  const head = firstCharacters(text, most);
  const broken = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
  const at = broken > most / 2 ? broken : head.length;
  return [text.slice(0, at), ...pieces(text.slice(at), most)];
}

const inGroups = <Item>(items: readonly Item[], size: number): Item[][] =>
  items.length === 0 ? [] : [items.slice(0, size), ...inGroups(items.slice(size), size)];
