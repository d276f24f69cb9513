import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { examples } from '../../../src/core/app/handler-registry.js';
import { type Banner, type Button, buttonsOfSelection, type Card, type Form } from '../../../src/core/chat/view.js';
import { impersonationActions } from '../../../src/core/impersonation/impersonation.action-ids.js';
import { renderCard } from '../../../src/teams/render.js';
import { renderForm } from '../../../src/teams/render-form.js';
import { wordsOf } from '../../fakes/teams/client.js';
import { problemOf, walk } from '../../fakes/teams/strict.js';
import { whileActing } from '../../support/while-acting.js';

const bar: Banner = {
  text: 'You act as Zoë *Bo* [Quiet](https://evil.example), until 14:30.',
  stop: { kind: 'action', action: impersonationActions.stop, carries: { session: 'x' }, label: 'Stop', tone: 'danger' },
};
const people = [{ value: '0192f0c1-2222-7000-8000-000000000002', label: 'Bo Chen · Sales' }];

const cases = examples.flatMap(({ name, view }) =>
  (['en', 'fr'] as const).flatMap((locale) => [
    { name: `${name} in ${locale}`, locale, view: view(locale), bar: undefined },
    { name: `${name} in ${locale} with the bar`, locale, view: whileActing(view(locale)), bar },
  ]),
);

describe('every view, as Teams takes it and with nothing lost', () => {
  test.each(cases)('$name', ({ view, locale, bar }) => {
    const drawing = { locale, bar, id: 'd' };
    const words = [...('fields' in view ? wordsOfForm(view) : wordsOfCard(view)), ...(bar ? [bar.text, 'Stop'] : [])];
    for (const card of drawn(view, drawing)) {
      expect(problemOf(card)).toBeUndefined();
      expect(schemaProblems(card)).toEqual([]);
      expect(libraryProblems(card)).toEqual([]);
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(27 * 1024);
      const shown = `${wordsOf(card)}\n${JSON.stringify(card)}`;
      expect(
        words.filter((word) => !shown.includes(word) && !shown.includes(JSON.stringify(word).slice(1, -1))),
      ).toEqual([]);
    }
  });
});

const nasty =
  '*bold* _it_ [click](https://evil.example) <at>Everybody</at> `code` {{DATE(2026-11-23T08:00:00Z, LONG)}} ‮rtl‬ 👩‍👩‍👧 & \\ # 1. -';

describe('text of people', () => {
  const card: Card = {
    title: nasty,
    summary: nasty,
    blocks: [
      { kind: 'text', text: `- ${nasty}\n1. ${nasty}` },
      { kind: 'facts', facts: [{ label: nasty, value: nasty }] },
      { kind: 'note', text: nasty },
      { kind: 'table', columns: [nasty], rows: [[nasty]] },
    ],
  };
  test('stands only where no Markdown and no dates are read', () => {
    walk(renderCard(card, { locale: 'en', id: 'd' }).body, (element) => {
      const read = [element.type === 'TextBlock' ? element.text : '', element.type === 'FactSet' ? element.facts : ''];
      expect(JSON.stringify(read)).not.toMatch(/[*_`]|\]\(/);
      expect(JSON.stringify(element.inlines ?? '')).not.toContain('{{');
    });
  });
  test('is shown as it is', () => {
    const shown = wordsOf(renderCard(card, { locale: 'en', id: 'd' })).replaceAll('\u2060', '');
    expect(shown.split('\n').filter((line) => line.includes(nasty))).toHaveLength(8);
  });
});

describe('what is very long', () => {
  test.each([
    ['text', { kind: 'text' as const, text: '👩‍👩‍👧é'.repeat(8_000) }],
    [
      'facts',
      {
        kind: 'facts' as const,
        facts: Array.from({ length: 900 }, (_, at) => ({ label: `${at}`, value: 'x'.repeat(200) })),
      },
    ],
    [
      'a table',
      { kind: 'table' as const, columns: ['a', 'b'], rows: Array.from({ length: 900 }, () => ['x', 'y'.repeat(90)]) },
    ],
  ])('%s is shortened until it fits', (_name, block) => {
    const buttons = { kind: 'buttons' as const, buttons: [bar.stop] };
    const card = renderCard(
      { title: 'Long', summary: 's'.repeat(40_000), blocks: [block, buttons] },
      { locale: 'en', bar, id: 'd' },
    );
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(27 * 1024);
    expect(wordsOf(card)).toContain('…');
    expect(wordsOf(card).match(/Stop/g)).toHaveLength(2);
  });
});

function drawn(view: Card | Form, drawing: { locale: 'en' | 'fr'; bar: Banner | undefined; id: string }) {
  if (!('fields' in view)) return [renderCard(view, drawing)];
  const all = { options: people, all: true };
  const card = { kind: 'dialog' as const, cardId: 'm1' };
  return [
    renderForm(view, drawing, { kind: 'inline' }, all),
    renderForm(view, drawing, card, all),
    // As the Agents Playground gets it, where names are typed.
    renderForm(view, { ...drawing, dialogs: false }, { kind: 'inline' }, { options: people, all: false }),
    // Searching while typing is not part of 1.5, though Teams has it; the rest of the form is 1.5.
    without(renderForm(view, drawing, card, { options: people, all: false }), ['choices.data', 'filtered']),
  ];
}

function without(card: ReturnType<typeof renderForm>, beyond: readonly string[]) {
  walk(card.body, (element) => {
    for (const name of beyond) delete element[name];
    if (beyond.includes(String(element.style))) element.style = 'compact';
  });
  return card;
}

const schemaFile = new URL('../../../../shared/schemas/adaptive/adaptive-card-1.5.0.json', import.meta.url);
const validate = (() => {
  if (!existsSync(schemaFile)) {
    console.log('Not checked here: cards against the published schema, because ../shared/schemas is not there.');
    return undefined;
  }
  const { $schema: _, id, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile({ ...schema, $id: id });
})();

function schemaProblems(card: unknown): readonly string[] {
  if (!validate || validate(card)) return [];
  return (validate.errors ?? []).slice(0, 5).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The problems that Microsoft's own renderer finds, as far as it runs without a browser. */
function libraryProblems(card: unknown): readonly string[] {
  const { AdaptiveCard, SerializationContext, Versions } = createRequire(import.meta.url)(
    'adaptivecards/dist/adaptivecards.js',
  ) as typeof import('adaptivecards');
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const parsing = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  const validating = parsed.validateProperties().validationEvents.map(({ message }) => message);
  return [...parsing, ...validating];
}

const wordsOfForm = (form: Form): string[] => [
  form.title,
  form.submit,
  ...(form.intro ? [form.intro] : []),
  ...(form.problem ? [form.problem] : []),
  ...form.fields.flatMap(({ label, hint, problem }) => [label, ...(hint ? [hint] : []), ...(problem ? [problem] : [])]),
];

const wordsOfCard = (card: Card): string[] => [
  ...(card.title ? [card.title] : []),
  ...card.blocks.flatMap((block) => {
    switch (block.kind) {
      case 'text':
      case 'note':
        return block.text.split('\n');
      case 'facts':
        return block.facts.flatMap(({ label, value }) => [label, ...value.split('\n')]);
      case 'audio':
        return [block.audio.label, block.audio.action, ...Object.values(block.audio.carries)];
      case 'image':
        return [block.url, block.alternative];
      case 'table':
        return [...block.columns, ...block.rows.flat()];
      case 'buttons':
        return block.buttons.flatMap(wordsOfButton);
      case 'selection':
        return [
          ...block.entries.flatMap(({ label, value, detail = '', buttons }) => [
            label,
            value,
            // The longest details are shortened where the card would be too large.
            detail.slice(0, 15),
            ...buttons.flatMap(wordsOfButton),
          ]),
          ...buttonsOfSelection(block).flatMap(wordsOfButton),
        ];
      case 'divider':
        return [];
      default:
        return block satisfies never;
    }
  }),
];

const wordsOfButton = (button: Button): string[] => [
  button.label,
  ...(button.kind === 'link' && button.carries === undefined
    ? [button.url]
    : [button.action, ...Object.values(button.carries ?? {})]),
  ...(button.kind === 'action' && button.confirm
    ? [button.confirm.title, button.confirm.text, button.confirm.yes]
    : []),
];
