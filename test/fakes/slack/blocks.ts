import { byType, type Check, type Fields, flag, isObject, list, object, oneOf, repeated, text, url } from './check.js';
import { accessory, actionElement, anyText, exactlyOne, image, inputElement, plain } from './elements.js';
import { further, limits } from './limits.js';

/** Slack's verdict on blocks and views: nothing, or the reasons for a refusal. */

const base = (name: string): Fields => ({ type: oneOf(name) });
const blockId: Fields = { block_id: text(limits.block_id.max_length) };

const section: Check = object(
  base('section'),
  {
    ...blockId,
    text: anyText(limits.section.text.max_length),
    fields: list(anyText(limits.section.fields.item_max_length), { min: 1, max: limits.section.fields.max_items }),
    accessory,
    expand: flag,
  },
  ({ text, fields }) => (text === undefined && fields === undefined ? ['needs text or fields'] : []),
);
const actions: Check = object(
  { ...base('actions'), elements: list(actionElement, { min: 1, max: limits.actions.elements.max_items }) },
  blockId,
  ({ elements }) => sameActionIds(elements),
);
const context: Check = object(
  {
    ...base('context'),
    elements: list(
      byType({ plain_text: plain(limits.text.max_length), mrkdwn: anyText(limits.text.max_length), image }),
      {
        min: 1,
        max: limits.context.elements.max_items,
      },
    ),
  },
  blockId,
);
const input: Check = object(
  { ...base('input'), label: plain(limits.input.label.max_length), element: inputElement },
  { ...blockId, hint: plain(limits.input.hint.max_length), optional: flag, dispatch_action: flag },
);
const imageBlock: Check = object(
  { ...base('image'), alt_text: text(limits.image.alt_text.max_length) },
  {
    ...blockId,
    image_url: url(limits.image.image_url.max_length),
    title: plain(2000),
    slack_file: object({}, { id: text(255) }),
  },
  exactlyOne('image_url', 'slack_file'),
);

const style = object({}, { bold: flag, italic: flag, strike: flag, code: flag });
const richInline = byType({
  text: object({ ...base('text'), text: text(limits.text.max_length) }, { style }),
  link: object({ ...base('link'), url: url(3000) }, { text: text(limits.text.max_length), style }),
  user: object({ ...base('user'), user_id: text(255) }, { style }),
  emoji: object({ ...base('emoji'), name: text(255) }, { style }),
});
const richLines = (name: string): Check =>
  object({ ...base(name), elements: list(richInline, { max: 1000 }) }, { indent: () => [], border: () => [] });
const richElement = byType({
  rich_text_section: richLines('rich_text_section'),
  rich_text_preformatted: richLines('rich_text_preformatted'),
  rich_text_quote: richLines('rich_text_quote'),
  rich_text_list: object(
    {
      ...base('rich_text_list'),
      style: oneOf('bullet', 'ordered'),
      elements: list(richLines('rich_text_section'), { max: 1000 }),
    },
    { indent: () => [], offset: () => [], border: () => [] },
  ),
});
const richText: Check = object({ ...base('rich_text'), elements: list(richElement, { min: 1, max: 1000 }) }, blockId);

const cell = byType({
  raw_text: object({ ...base('raw_text'), text: text(limits.text.max_length) }),
  rich_text: richText,
});
const table: Check = object(
  {
    ...base('table'),
    rows: list(list(cell, { min: 1, max: further.table.columns.max_items }), {
      min: 1,
      max: further.table.rows.max_items,
    }),
  },
  {
    ...blockId,
    column_settings: list(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }), { max: 20 }),
  },
  ({ rows, column_settings: settings }) => {
    const widths = Array.isArray(rows) ? rows.map((row) => row.length) : [];
    return [
      ...(new Set(widths).size > 1 ? ['rows differ in their columns'] : []),
      ...(Array.isArray(settings) && settings.length > (widths[0] ?? 0) ? ['more column settings than columns'] : []),
    ];
  },
);
const video: Check = object(
  {
    ...base('video'),
    alt_text: text(limits.video.alt_text.max_length),
    title: plain(limits.video.title.max_length),
    thumbnail_url: url(3000),
    video_url: url(3000),
  },
  {
    ...blockId,
    author_name: text(limits.video.author_name.max_length),
    description: plain(limits.video.description.max_length),
    provider_name: text(limits.video.provider_name.max_length),
    title_url: url(3000),
    provider_icon_url: url(3000),
  },
);

const everywhere = {
  section,
  actions,
  context,
  input,
  image: imageBlock,
  rich_text: richText,
  divider: object(base('divider'), blockId),
  header: object({ ...base('header'), text: plain(limits.header.text.max_length) }, blockId),
  video,
};
const inMessages = byType({
  ...everywhere,
  table,
  markdown: object({ ...base('markdown'), text: text(limits.markdown.text.max_length) }, blockId),
});
const inViews = byType(everywhere);

/** The reasons why Slack refuses a message's blocks; empty when it accepts them. */
export function problemsOfMessage(blocks: unknown): string[] {
  return [
    ...list(inMessages, { max: further.message.blocks.max_items })(blocks, '/blocks'),
    ...acrossBlocks(blocks),
    ...(blocksOf(blocks).filter(({ type }) => type === 'table').length > 1 ? ['only_one_table_allowed'] : []),
  ];
}

/** Whether all blocks together are longer than a message may be: `msg_blocks_too_long`. */
export const isTooLong = (blocks: unknown): boolean =>
  JSON.stringify(blocks).length > further.message.all_blocks.max_length;

const viewBlocks = list(inViews, { min: limits.view.blocks.min_items, max: limits.view.blocks.max_items });
const kept: Fields = {
  private_metadata: text(limits.view.private_metadata.max_length, 0),
  callback_id: text(limits.view.callback_id.max_length, 0),
  external_id: text(255),
};
const home: Check = object({ ...base('home'), blocks: viewBlocks }, kept);
const modal: Check = object(
  { ...base('modal'), title: plain(limits.view.title.max_length), blocks: viewBlocks },
  {
    ...kept,
    submit: plain(limits.view.submit.max_length),
    close: plain(limits.view.close.max_length),
    clear_on_close: flag,
    notify_on_close: flag,
  },
  ({ blocks, submit }) =>
    submit === undefined && blocksOf(blocks).some(({ type }) => type === 'input')
      ? ['submit is required with inputs']
      : [],
);

/** The reasons why Slack refuses a view; empty when it accepts it. */
export function problemsOfView(view: unknown, kind: 'modal' | 'home'): string[] {
  const blocks = isObject(view) ? view.blocks : undefined;
  return [...(kind === 'modal' ? modal : home)(view, '/view'), ...acrossBlocks(blocks)];
}

function acrossBlocks(blocks: unknown): string[] {
  return repeated(blocksOf(blocks).map((block) => block.block_id)).map((id) => `block_id ${String(id)} exists already`);
}

const sameActionIds = (elements: unknown): string[] =>
  repeated(blocksOf(elements).map((element) => element.action_id)).map(
    (id) => `action_id ${String(id)} exists already`,
  );

const blocksOf = (blocks: unknown): Record<string, unknown>[] => (Array.isArray(blocks) ? blocks.filter(isObject) : []);
