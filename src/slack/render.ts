import type {
  ActionsBlock,
  ContextBlock,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
  Button as SlackButton,
} from '@slack/types';
import type { AudioLink, Banner, Block, Button, Card } from '../core/chat/view.js';
import { cut, firstCharacters } from '../core/text.js';
import { voicemailActions } from '../core/voicemail/voicemail.actions.js';
import { escaped } from './markup.js';

/** What `chat.postMessage`, `chat.update` and a `response_url` take. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Slack's limits, as far as what we render comes near them. https://docs.slack.dev/reference/block-kit */
const limit = {
  messageBlocks: 50,
  viewBlocks: 100,
  /** All text of a message together; over it: `msg_blocks_too_long`. */
  messageText: 13_000,
  viewText: 200_000,
  text: 3_000,
  header: 150,
  contextElements: 10,
  actions: 25,
  button: 75,
  confirm: { title: 100, text: 300, answer: 30 },
  table: { rows: 100, columns: 20 },
  alternative: 2_000,
} as const;

/** A card as a message; `text` is what notifications and screen readers say. */
export function messageOf(card: Card, bar?: Banner): Message {
  const blocks = fitted(cardBlocks(card, bar, { tables: true }), limit.messageBlocks, limit.messageText);
  return { text: escaped(cut(card.summary, limit.text)) || ' ', blocks };
}

/** A card inside a view (a modal, the app's home), where tables are not known. */
export const viewBlocks = (card: Card, bar?: Banner): KnownBlock[] =>
  fitted(cardBlocks(card, bar, { tables: false }), limit.viewBlocks, limit.viewText);

function cardBlocks(card: Card, bar: Banner | undefined, surface: { tables: boolean }): KnownBlock[] {
  let tables = surface.tables;
  const blocks = withAudioAmongButtons(card.blocks).flatMap((block) => {
    // Slack takes one table a message.
    if (block.kind !== 'table' || !tables) return blockOf(block);
    tables = false;
    return tableOf(block.columns, block.rows);
  });
  const shown = [...bannerBlocks(bar), ...(card.title ? [header(card.title)] : []), ...blocks];
  return shown.length > 0 ? shown : textBlocks(card.summary || ' ');
}

/** The bar that stands on every reply while an admin acts as somebody else. */
export const bannerBlocks = (bar: Banner | undefined): KnownBlock[] =>
  bar
    ? [
        { type: 'section', text: plain(`⚠️ ${bar.text}`, limit.text), accessory: buttonOf(bar.stop, 0) },
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
      return [{ type: 'image', image_url: block.url, alt_text: cut(block.alternative || ' ', limit.alternative) }];
    case 'divider':
      return [{ type: 'divider' }];
    case 'note':
      return noteBlocks(block.text);
    case 'table':
      return block.rows.map((row) => factsBlock(row.map((cell, column) => [block.columns[column] ?? '', cell])));
    case 'buttons':
      return actionBlocks(block.buttons);
    default:
      return block satisfies never;
  }
}

/** Audio right before buttons becomes the first of them: one row instead of two. */
function withAudioAmongButtons(blocks: readonly Block[]): Block[] {
  const [first, second, ...rest] = blocks;
  if (first === undefined) return [];
  if (first.kind !== 'audio' || second?.kind !== 'buttons') return [first, ...withAudioAmongButtons(blocks.slice(1))];
  const buttons = [listenButton(first.audio), ...second.buttons];
  return [{ kind: 'buttons', buttons }, ...withAudioAmongButtons(rest)];
}

/** Leads to the player page; where Slack can, the file in the thread plays in place too. */
const listenButton = ({ label, url }: AudioLink): Button => ({
  kind: 'link',
  action: voicemailActions.listen,
  label: `▶ ${label}`,
  url,
  tone: 'main',
});

const header = (title: string): KnownBlock => ({ type: 'header', text: plain(title, limit.header) });

/** People's text as it is: nothing in it is markup, `:smile:` included. */
export const plain = (text: string, most: number): PlainTextElement => ({
  type: 'plain_text',
  text: cut(text, most) || ' ',
  emoji: false,
});

export const textBlocks = (text: string): KnownBlock[] =>
  pieces(text, limit.text).map((piece) => ({ type: 'section', text: plain(piece, limit.text) }));

export function noteBlocks(text: string): ContextBlock[] {
  const elements = pieces(text, limit.text).map((piece) => plain(piece, limit.text));
  return elements.length > 0 ? [{ type: 'context', elements: elements.slice(0, limit.contextElements) }] : [];
}

/** Labels in bold and values as they are. Rich text, because `mrkdwn` would read stars in a name as markup. */
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

function actionBlocks(buttons: readonly Button[]): ActionsBlock[] {
  const seen = new Map<string, number>();
  const elements = buttons.map((button) => {
    const before = seen.get(button.action) ?? 0;
    seen.set(button.action, before + 1);
    return buttonOf(button, before);
  });
  return inGroups(elements, limit.actions).map((group) => ({ type: 'actions', elements: group }));
}

/** `twin` counts equal actions in one block, where Slack wants every id once; `read` takes it off again. */
function buttonOf(button: Button, twin: number): SlackButton {
  const { tone } = button;
  return {
    type: 'button',
    action_id: twin > 0 ? `${button.action}#${twin}` : button.action,
    text: plain(button.label, limit.button),
    ...(tone ? { style: tone === 'main' ? ('primary' as const) : ('danger' as const) } : {}),
    // Whoever only leads to a page has no value: that is how `read` tells it from a button that does something.
    ...(button.kind === 'link' ? { url: button.url } : { value: JSON.stringify(button.carries) }),
    ...(button.kind === 'action' && button.confirm
      ? {
          confirm: {
            title: plain(button.confirm.title, limit.confirm.title),
            text: plain(button.confirm.text, limit.confirm.text),
            confirm: plain(button.confirm.yes, limit.confirm.answer),
            deny: plain(button.confirm.no, limit.confirm.answer),
            ...(tone === 'danger' ? { style: 'danger' as const } : {}),
          },
        }
      : {}),
  };
}

/**
 * As many blocks, and as much text, as the surface takes; the last one says that there is more. Our own cards stay
 * below (a contract test sees to it), so this is for what people wrote.
 */
function fitted(blocks: readonly KnownBlock[], most: number, characters: number): KnownBlock[] {
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

/** Text in pieces of at most `most`, broken at a line or a word where there is one; none for empty text. */
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
