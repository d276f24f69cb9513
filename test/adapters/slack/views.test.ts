import { describe, expect, test } from 'vitest';
import { examples } from '../../../src/core/app/handler-registry.js';
import type { Banner, Card, Field, Form } from '../../../src/core/chat/view.js';
import { type ActionId, asId } from '../../../src/core/ids.js';
import { impersonationActions } from '../../../src/core/impersonation/impersonation.action-ids.js';
import { messageOf, viewBlocks } from '../../../src/slack/render.js';
import { cardModal, modalOf } from '../../../src/slack/render-form.js';
import { isTooLong, problemsOfMessage, problemsOfView } from '../../fakes/slack/blocks.js';
import { whileActing } from '../../support/while-acting.js';

const bar: Banner = {
  text: 'You act as Zoë “Bo” Quiet <script>, until 14:30.',
  stop: {
    kind: 'action',
    action: impersonationActions.stop,
    carries: { session: 'x'.repeat(36) },
    label: 'Stop',
    tone: 'danger',
  },
};
const from = { kind: 'command', responseUrl: `https://hooks.slack.com/commands/${'x'.repeat(100)}` } as const;

const cases = examples.flatMap(({ name, view }) =>
  (['en', 'fr'] as const).flatMap((locale) => [
    { name: `${name} in ${locale}`, locale, view: view(locale), bar: undefined },
    { name: `${name} in ${locale} with the bar`, locale, view: whileActing(view(locale)), bar },
  ]),
);

describe('every view, as Slack takes it and with nothing lost', () => {
  test.each(cases)('$name', ({ view, locale, bar }) => {
    const around = { locale, ...(bar ? { bar } : {}) };
    if ('fields' in view) {
      const modal = modalOf(view, around, from);
      expect(problemsOfView(modal, 'modal')).toEqual([]);
      expect(missing([...wordsOfForm(view), ...(bar ? [bar.text] : [])], modal)).toEqual([]);
      expect(inputsOf(modal.blocks)).toEqual(view.fields.filter(isInput).map(({ name }) => name));
      return;
    }
    const message = messageOf(view, bar);
    expect(problemsOfMessage(message.blocks)).toEqual([]);
    expect(isTooLong(message.blocks)).toBe(false);
    // Blocks that found no room would be replaced by this.
    expect(textsOf(message.blocks)).not.toContain('…');
    const words = [...wordsOfCard(view), ...(bar ? [bar.text] : [])];
    expect(missing(words, message.blocks)).toEqual([]);
    expect(message.text).not.toBe('');

    const home = { type: 'home', blocks: viewBlocks(view, bar) };
    expect(problemsOfView(home, 'home')).toEqual([]);
    expect(missing(words, home)).toEqual([]);
    const modal = cardModal(view, around, from);
    expect(problemsOfView(modal, 'modal')).toEqual([]);
    expect(missing(words, modal)).toEqual([]);
  });
});

const nasty = '<!channel> *bold* _it_ :smile: `code` <https://evil.example|click> & ‮right to left‬ 👩‍👩‍👧 \u0000';

describe('text of people', () => {
  const card: Card = {
    title: nasty,
    summary: nasty,
    blocks: [
      { kind: 'text', text: nasty },
      {
        kind: 'facts',
        facts: [
          { label: nasty, value: nasty },
          { label: 'Empty', value: '' },
        ],
      },
      { kind: 'note', text: nasty },
      {
        kind: 'table',
        columns: ['Name', 'When'],
        rows: [
          [nasty, ''],
          ['Bo', nasty],
        ],
      },
    ],
  };

  test('is shown as it is, and nothing in it is markup', () => {
    const { text, blocks } = messageOf(card);
    expect(problemsOfMessage(blocks)).toEqual([]);
    expect(text).not.toMatch(/<!|<http/);
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
    expect(JSON.stringify(blocks)).not.toContain('"emoji":true');
    expect(missing([nasty], blocks)).toEqual([]);
  });

  test('of any length, in any number, stays within what Slack takes', () => {
    const huge = '𝕏 word '.repeat(6_000);
    const long: Card = {
      title: huge,
      summary: huge,
      blocks: [
        { kind: 'text', text: huge },
        {
          kind: 'facts',
          facts: Array.from({ length: 80 }, () => ({ label: huge.slice(0, 90), value: huge.slice(0, 90) })),
        },
        { kind: 'note', text: huge },
        { kind: 'table', columns: ['A'], rows: Array.from({ length: 500 }, () => [huge.slice(0, 50)]) },
        ...Array.from({ length: 80 }, () => ({ kind: 'divider' as const })),
        {
          kind: 'buttons',
          buttons: Array.from({ length: 60 }, () => ({
            kind: 'action' as const,
            action: asId<ActionId>('a.b'),
            carries: {},
            label: huge,
          })),
        },
      ],
    };
    const { text, blocks } = messageOf(long, bar);
    expect(problemsOfMessage(blocks)).toEqual([]);
    expect(isTooLong(blocks)).toBe(false);
    expect(text.length).toBeLessThanOrEqual(3_000);
    expect(problemsOfView({ type: 'home', blocks: viewBlocks(long, bar) }, 'home')).toEqual([]);
    expect(problemsOfView(cardModal(long, { locale: 'en', bar }, from), 'modal')).toEqual([]);
  });

  test('in a form stays within what Slack takes', () => {
    const words = { label: nasty, hint: nasty, required: true, problem: nasty };
    const fields: Field[] = [
      { kind: 'text', name: 'note', value: nasty, maxLength: 3_000, multiline: true, ...words },
      {
        kind: 'choice',
        name: 'privacy',
        value: 'b',
        options: [
          { value: 'a', label: nasty.repeat(3) },
          { value: 'b', label: 'B' },
        ],
        ...words,
      },
      { kind: 'person', name: 'backup', value: { value: 'u1', label: nasty.repeat(3) }, ...words },
      { kind: 'date', name: 'from', value: 'tomorrow-ish', ...words },
      { kind: 'time', name: 'fromTime', value: '17:00', ...words },
      { kind: 'toggle', name: 'tell', value: true, ...words },
      { kind: 'number', name: 'days', value: 3, minimum: 1, maximum: 30, ...words },
      { kind: 'file', name: 'audio', endings: ['wav', 'mp3'], ...words },
      { kind: 'fixed', name: 'locked', value: nasty, ...words },
    ];
    const form: Form = {
      id: asId<ActionId>('a.b'),
      title: nasty,
      submit: nasty,
      cancel: nasty,
      intro: nasty,
      problem: nasty,
      fields,
      carries: { id: 'x'.repeat(36) },
    };
    expect(problemsOfView(modalOf(form, { locale: 'fr', bar }, from), 'modal')).toEqual([]);
  });
});

/** Whether a field takes input; a fixed one is only shown. */
const isInput = ({ kind }: Field): boolean => kind !== 'fixed';

/** The words that are in none of the texts given to Slack. */
function missing(words: readonly string[], shown: unknown): string[] {
  const texts = textsOf(shown).join('\n');
  return words.filter((word) => word.trim() !== '' && !texts.includes(word));
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' && /^(text|alt_text|initial_value|url|image_url)$/.test(name) ? [inner] : textsOf(inner),
  );
}

const wordsOfCard = (card: Card): string[] => [
  ...(card.title ? [card.title] : []),
  ...card.blocks.flatMap((block) => {
    switch (block.kind) {
      case 'text':
      case 'note':
        return [block.text];
      case 'facts':
        return block.facts.flatMap(({ label, value }) => [label, value]);
      case 'audio':
        return [block.audio.label, block.audio.url];
      case 'image':
        return [block.url, block.alternative];
      case 'table':
        return [...block.columns, ...block.rows.flat()];
      case 'buttons':
        return block.buttons.flatMap((button) => [button.label, ...(button.kind === 'link' ? [button.url] : [])]);
      case 'selection':
        return [
          ...block.entries.flatMap(({ label, detail = '', buttons }) => [
            label,
            // The longest details are shortened where the message would be too large.
            detail.slice(0, 15),
            ...buttons.map((one) => one.label),
          ]),
          ...block.buttons.map(({ label }) => label),
        ];
      case 'divider':
        return [];
      default:
        return block satisfies never;
    }
  }),
];

const wordsOfForm = (form: Form): string[] => [
  form.title,
  form.submit,
  form.cancel,
  ...[form.intro ?? '', form.problem ?? ''],
  ...form.fields.flatMap((field) => [
    field.label,
    field.hint ?? '',
    field.problem ?? '',
    ...(field.kind === 'choice' ? field.options.map(({ label }) => label) : []),
    ...(field.kind === 'text' ? [field.value ?? ''] : []),
  ]),
];

const inputsOf = (blocks: readonly object[]): unknown[] =>
  blocks.flatMap((block) => ('type' in block && block.type === 'input' && 'block_id' in block ? [block.block_id] : []));
