import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { problemsOfMessage, problemsOfView } from '../../fakes/slack/blocks.js';
import { further, limits } from '../../fakes/slack/limits.js';

/** An independent list of Slack's limits, if there is one beside the checkout. */
const folder = new URL('../../../../shared/schemas/slackblocks-spec/', import.meta.url);
const listed = existsSync(folder);
const inFolder = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** Limits that are smaller here on purpose, because Slack has raised them only in some places. */
const stricter = { 'option.value.max_length': 75 };

const flat = (tree: object, at = ''): [string, number][] =>
  Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'number' ? [[`${at}${name}`, value] as [string, number]] : flat(value as object, `${at}${name}.`),
  );

describe(
  listed
    ? 'our table of limits'
    : 'our table of limits (the independent list is not here: compared with Slack’s pages only)',
  () => {
    test('says what the independent list says', () => {
      const theirs = listed
        ? Object.fromEntries(flat(inFolder('spec_limits.json') as object))
        : Object.fromEntries(flat(limits));
      const compared = flat(limits).map(([name]) => [name, { ...theirs, ...(listed ? stricter : {}) }[name]]);
      expect(Object.fromEntries(flat(limits))).toEqual(Object.fromEntries(compared));
    });
  },
);

const long = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));
const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...more });
const option = (more: object = {}) => ({ text: plain('One'), value: '1', ...more });
const options = (count: number) => many(count, (index) => option({ value: String(index) }));
const actions = (...elements: object[]) => [{ type: 'actions', elements }];
const input = (element: object, more: object = {}) => [
  { type: 'input', label: plain('Label'), element: { action_id: 'a', ...element }, ...more },
];
const confirm = (more: object) =>
  actions(button({ confirm: { title: plain('T'), text: plain('T'), confirm: plain('Y'), deny: plain('N'), ...more } }));
const select = (more: object) => actions({ type: 'static_select', action_id: 'a', ...more });
const group = (more: object = {}) => ({ label: plain('G'), options: options(1), ...more });
const section = (more: object) => [{ type: 'section', ...more }];
const image = (more: object) => [{ type: 'image', image_url: 'https://a.example/i.png', alt_text: 'alt', ...more }];
const table = (rows: object[][], more: object = {}) => [{ type: 'table', rows, ...more }];
const cells = (count: number) => many(count, () => ({ type: 'raw_text', text: 'x' }));
const video = (more: object) => [
  {
    type: 'video',
    alt_text: 'alt',
    title: plain('T'),
    thumbnail_url: 'https://a.example/t',
    video_url: 'https://a.example/v',
    ...more,
  },
];
const view = (more: object) => ({
  type: 'modal',
  title: plain('T'),
  submit: plain('S'),
  blocks: [{ type: 'divider' }],
  ...more,
});

/** The cases described in the independent list, for the blocks and elements that this fake knows. */
const refusedBlocks: Record<string, unknown[]> = {
  'text-empty': section({ text: plain('') }),
  'text-too-long': section({ text: plain(long(3001)) }),
  'button-action-id-too-long': actions(button({ action_id: long(256) })),
  'button-text-too-long': actions(button({ text: plain(long(76)) })),
  'button-url-too-long': actions(button({ url: `https://a.example/${long(3000)}` })),
  'button-value-too-long': actions(button({ value: long(2001) })),
  'button-accessibility-label-too-long': actions(button({ accessibility_label: long(76) })),
  'confirmation-title-too-long': confirm({ title: plain(long(101)) }),
  'confirmation-text-too-long': confirm({ text: plain(long(301)) }),
  'confirmation-confirm-too-long': confirm({ confirm: plain(long(31)) }),
  'confirmation-deny-too-long': confirm({ deny: plain(long(31)) }),
  'option-text-too-long': select({ options: [option({ text: plain(long(76)) })] }),
  'option-value-too-long': select({ options: [option({ value: long(151) })] }),
  'option-url-too-long': actions({
    type: 'overflow',
    action_id: 'a',
    options: [option({ url: `https://a.example/${'😀'.repeat(3000)}` })],
  }),
  'option-description-too-long': select({ options: [option({ description: plain(long(76)) })] }),
  'option-group-label-too-long': select({ option_groups: [group({ label: plain(long(76)) })] }),
  'option-group-empty': select({ option_groups: [group({ options: [] })] }),
  'option-group-too-many-options': select({ option_groups: [group({ options: options(101) })] }),
  'select-placeholder-too-long': select({ options: options(1), placeholder: plain(long(151)) }),
  'select-too-many-options': select({ options: options(101) }),
  'select-too-many-option-groups': select({ option_groups: many(101, () => group()) }),
  'static-select-options-and-groups': select({ options: options(1), option_groups: [group()] }),
  'overflow-empty': actions({ type: 'overflow', action_id: 'a', options: [] }),
  'overflow-too-many-options': actions({ type: 'overflow', action_id: 'a', options: options(6) }),
  'checkboxes-empty': actions({ type: 'checkboxes', action_id: 'a', options: [] }),
  'checkboxes-too-many-options': actions({ type: 'checkboxes', action_id: 'a', options: options(11) }),
  'radio-buttons-empty': actions({ type: 'radio_buttons', action_id: 'a', options: [] }),
  'radio-buttons-too-many-options': actions({ type: 'radio_buttons', action_id: 'a', options: options(11) }),
  'table-too-many-rows': table(many(101, () => cells(1))),
  'table-ragged-rows': table([cells(2), cells(1)]),
  'table-column-settings-mismatch': table([cells(1)], { column_settings: [{ align: 'left' }, { align: 'left' }] }),
  'file-input-max-files-too-small': input({ type: 'file_input', max_files: 0 }),
  'file-input-max-files-too-large': input({ type: 'file_input', max_files: 11 }),
  'plain-text-input-max-length-too-large': input({ type: 'plain_text_input', max_length: 3001 }),
  'number-input-inverted-range': input({
    type: 'number_input',
    is_decimal_allowed: false,
    min_value: '2',
    max_value: '1',
  }),
  'actions-too-many-elements': actions(...many(26, (index) => button({ action_id: String(index) }))),
  'context-too-many-elements': [{ type: 'context', elements: many(11, () => plain('x')) }],
  'context-invalid-element': [{ type: 'context', elements: [button()] }],
  'header-text-too-long': [{ type: 'header', text: plain(long(151)) }],
  'image-url-too-long': image({ image_url: `https://a.example/${long(3000)}` }),
  'image-alt-text-too-long': image({ alt_text: long(2001) }),
  'image-url-and-slack-file': image({ slack_file: { id: 'F1' } }),
  'input-label-too-long': input({ type: 'plain_text_input' }, { label: plain(long(2001)) }),
  'input-hint-too-long': input({ type: 'plain_text_input' }, { hint: plain(long(2001)) }),
  'input-invalid-element': input({ type: 'button', text: plain('Go') }),
  'markdown-empty': [{ type: 'markdown', text: '' }],
  'markdown-too-long': [{ type: 'markdown', text: long(12_001) }],
  'section-text-too-long': section({ text: plain(long(3001)) }),
  'section-too-many-fields': section({ fields: many(11, () => plain('x')) }),
  'section-field-too-long': section({ fields: [plain(long(2001))] }),
  'section-missing-content': section({}),
  'block-id-too-long': [{ type: 'divider', block_id: long(256) }],
  'video-alt-text-empty': video({ alt_text: '' }),
  'video-alt-text-too-long': video({ alt_text: long(201) }),
  'video-title-too-long': video({ title: plain(long(201)) }),
  'video-author-name-too-long': video({ author_name: long(51) }),
  'video-description-too-long': video({ description: plain(long(201)) }),
  'video-provider-name-too-long': video({ provider_name: long(51) }),
};
const refusedViews: Record<string, unknown> = {
  'view-missing-blocks': view({ blocks: [] }),
  'view-too-many-blocks': view({ blocks: many(101, () => ({ type: 'divider' })) }),
  'view-private-metadata-too-long': view({ private_metadata: long(3001) }),
  'view-callback-id-too-long': view({ callback_id: long(256) }),
  'view-title-too-long': view({ title: plain(long(25)) }),
  'view-close-too-long': view({ close: plain(long(25)) }),
  'view-submit-too-long': view({ submit: plain(long(25)) }),
};
/** Blocks that this product never sends are unknown to this fake, and always refused. */
const unknownHere =
  /^(alert|card|carousel|container|context-actions|feedback-button|icon-button|data-|pie-|chart-|axis-|url-source)/;

describe('our Slack refuses', () => {
  test.each(Object.entries(refusedBlocks))('%s', (_, blocks) => {
    expect(problemsOfMessage(blocks)).not.toEqual([]);
  });

  test.each(Object.entries(refusedViews))('%s', (_, described) => {
    expect(problemsOfView(described, 'modal')).not.toEqual([]);
  });

  test('every case described in the independent list that applies', () => {
    const { cases } = (listed ? inFolder('spec_fixtures_invalid_manifest.json') : { cases: [] }) as {
      cases: { id: string }[];
    };
    const ours = [...Object.keys(refusedBlocks), ...Object.keys(refusedViews)];
    expect(cases.map(({ id }) => id).filter((id) => !ours.includes(id) && !unknownHere.test(id))).toEqual([]);
  });

  test.each(
    Object.entries({
      'more than 50 blocks in a message': many(further.message.blocks.max_items + 1, () => ({ type: 'divider' })),
      'a block it does not know': [{ type: 'carousel', elements: [] }],
      'an unknown field': section({ text: plain('x'), colour: 'red' }),
      'the same action twice in a block': actions(button(), button()),
      'the same block id twice': [
        { type: 'divider', block_id: 'b' },
        { type: 'divider', block_id: 'b' },
      ],
      'two tables': [...table([cells(1)]), ...table([cells(1)])],
      'a chosen option that is not offered': select({
        options: options(1),
        initial_option: option({ value: 'other' }),
      }),
    }),
  )('%s', (_, blocks) => {
    expect(problemsOfMessage(blocks)).not.toEqual([]);
  });

  test('a modal with a field and nothing to send it with, and a table in one', () => {
    expect(
      problemsOfView(view({ submit: undefined, blocks: input({ type: 'plain_text_input' }) }), 'modal'),
    ).not.toEqual([]);
    expect(problemsOfView(view({ blocks: table([cells(1)]) }), 'modal')).not.toEqual([]);
  });
});

test('our Slack takes what is at the limit', () => {
  expect(
    problemsOfMessage([
      ...section({ text: plain(long(3000)), accessory: button({ text: plain(long(75)), value: long(2000) }) }),
      { type: 'header', text: plain(long(150)) },
      ...actions(...many(25, (index) => button({ action_id: String(index) }))),
      ...table(many(100, () => cells(20))),
      { type: 'context', elements: many(10, () => plain('x')) },
    ]),
  ).toEqual([]);
  expect(
    problemsOfView(view({ title: plain(long(24)), blocks: many(100, () => ({ type: 'divider' })) }), 'modal'),
  ).toEqual([]);
});
