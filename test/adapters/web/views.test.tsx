import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { examples, forms } from '../../../src/core/app/handler-registry.js';
import type { Banner, Card, Field, Form } from '../../../src/core/chat/view.js';
import { type ActionId, asId } from '../../../src/core/ids.js';
import { impersonationActions } from '../../../src/core/impersonation/impersonation.action-ids.js';
import { voicemailActions } from '../../../src/core/voicemail/voicemail.action-ids.js';
import { FormView } from '../../../src/web/components/form.js';
import { documentOf } from '../../../src/web/components/layout.js';
import { BannerView, CardView } from '../../../src/web/render.js';

const place = { locale: 'en', page: '/' } as const;
const nasty = '<script>alert(1)</script> *bold* & "quoted" \' <img src=x onerror=alert(1)> ‮right to left‬ 👩‍👩‍👧';
const bar: Banner = {
  text: `You act as ${nasty}`,
  stop: {
    kind: 'action',
    action: impersonationActions.stop,
    carries: { session: nasty },
    label: 'Stop',
    tone: 'danger',
  },
};

const cases = examples.flatMap(({ name, view }) =>
  (['en', 'fr'] as const).map((locale) => ({ name: `${name} in ${locale}`, locale, view: view(locale) })),
);

describe('every view in the browser: valid, and with nothing lost', () => {
  test.each(cases)('$name', ({ view, locale }) => {
    const html = rendered(view, locale);
    expect(faultsOf(html)).toEqual([]);
    expect(missing('fields' in view ? wordsOfForm(view) : wordsOfCard(view), html)).toEqual([]);
    if ('fields' in view)
      expect(namesIn(html)).toEqual(
        expect.arrayContaining(view.fields.flatMap(({ kind, name }) => (kind === 'fixed' ? [] : name))),
      );
  });

  test('every kind of field, with its hint and its problem', () => {
    const html = rendered(everyField, 'en');
    expect(faultsOf(html)).toEqual([]);
    expect(missing(wordsOfForm(everyField), html)).toEqual([]);
    for (const { name } of everyField.fields) {
      expect(html).toContain(`name="${name}"`);
      expect(html).toMatch(new RegExp(`aria-describedby="${name}-hint ${name}-problem"`));
    }
  });
});

test('every form with a file field says that it takes a file, or the file would be refused', () => {
  const withFile = cases.flatMap(({ view }) =>
    'submit' in view && view.fields.some(({ kind }) => kind === 'file') ? [view.id] : [],
  );
  expect(withFile.filter((form) => !forms.some(({ id, takesFile }) => id === form && takesFile))).toEqual([]);
});

describe('text of people', () => {
  test('is shown as it was written, and is never markup', () => {
    const html = rendered(nastyCard, 'en');
    const elements = [...elementsOf(parse(html))];
    expect(elements.filter(({ tagName }) => tagName === 'script')).toHaveLength(1);
    expect(elements.filter(({ tagName }) => tagName === 'img')).toHaveLength(1);
    expect(elements.flatMap(({ attrs }) => attrs).filter(({ name }) => name.startsWith('on'))).toEqual([]);
    expect(missing(wordsOfCard(nastyCard), html)).toEqual([]);
    expect(faultsOf(html)).toEqual([]);
  });

  test('of 40,000 characters is all there', () => {
    const long = 'é<b>'.repeat(10_000);
    const html = rendered({ title: 'Long', summary: 'Long', blocks: [{ kind: 'text', text: long }] }, 'en');
    expect(textIn(html)).toContain(long);
  });

  test('in a link leads nowhere that runs a script', () => {
    const html = rendered(
      {
        title: 'Link',
        summary: 'Link',
        blocks: [
          {
            kind: 'buttons',
            buttons: [{ kind: 'link', action: asId<ActionId>('a.b'), label: 'Go', url: 'javascript:alert(1)' }],
          },
        ],
      },
      'en',
    );
    expect(html).not.toContain('javascript:');
  });

  test('on the impersonation bar is escaped, and Stop is a button that works without script', () => {
    const html = renderToString(<BannerView bar={bar} place={place} />);
    expect(textIn(html)).toContain(bar.text);
    expect(html).not.toContain('<script');
    expect(html).toContain('action="/do/impersonation.stop"');
  });
});

test('a button is sent once: each rendering has a number of its own', () => {
  const number = () => /name="_once" value="([^"]+)"/.exec(renderToString(<BannerView bar={bar} place={place} />))?.[1];
  expect(number()).not.toBe(number());
});

function rendered(view: Card | Form, locale: 'en' | 'fr'): string {
  const here = { ...place, locale };
  return documentOf({
    house: { assets: (name) => `/assets/${name}`, phone: true, companyBots: true, framedBy: [] },
    locale,
    title: 'A page',
    address: '/',
    children:
      'fields' in view ? (
        <FormView form={view} place={here} sheet={false} />
      ) : (
        <CardView card={view} place={here} level={1} />
      ),
  });
}

/** What a browser would have to mend: the standard's parse errors, an id twice, a reference to nothing. */
function faultsOf(html: string): string[] {
  const faults: string[] = [];
  const document = parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol }) => faults.push(`${code} at ${startLine}:${startCol}`),
  });
  const attributes = [...elementsOf(document)].flatMap(({ attrs }) => attrs);
  const ids = attributes.filter(({ name }) => name === 'id').map(({ value }) => value);
  const references = attributes
    .filter(({ name }) =>
      ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'popovertarget'].includes(name),
    )
    .flatMap(({ value }) => value.split(' '));
  return [
    ...faults,
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id twice: ${id}`),
    ...references.filter((id) => !ids.includes(id) && id !== 'form-title').map((id) => `no such id: ${id}`),
  ];
}

type Node = DefaultTreeAdapterMap['node'];

function* elementsOf(node: Node): Generator<DefaultTreeAdapterMap['element']> {
  if ('attrs' in node) yield node;
  for (const child of 'childNodes' in node ? node.childNodes : []) yield* elementsOf(child);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** What a person reads in the page, values of fields included. */
function textIn(html: string): string {
  const values = [...html.matchAll(/\b(?:value|alt|aria-label)="([^"]*)"/g)].map(([, value]) => value);
  return [html.replace(/<[^>]*>/g, ' '), ...values]
    .join(' ')
    .replace(/&(amp|lt|gt|quot);/g, (_all, name: string) => entities[name] ?? '')
    .replace(/&#39;/g, "'");
}

function missing(words: readonly string[], html: string): string[] {
  const text = textIn(html);
  return words.filter((word) => !text.includes(word));
}

const namesIn = (html: string) => [...html.matchAll(/\bname="([^"]+)"/g)].map(([, name]) => name);

function wordsOfCard(card: Card): string[] {
  return [
    card.title,
    ...card.blocks.flatMap((block): readonly string[] => {
      switch (block.kind) {
        case 'text':
        case 'note':
          return [block.text];
        case 'facts':
          return block.facts.flatMap(({ label, value }) => [label, value]);
        case 'audio':
          return [block.audio.label];
        case 'image':
          return [block.alternative];
        case 'divider':
          return [];
        case 'table':
          return [...block.columns, ...block.rows.flat()];
        case 'buttons':
          return block.buttons.flatMap((button) => [
            button.label,
            ...(button.kind === 'action' && button.confirm ? Object.values(button.confirm) : []),
          ]);
        case 'selection':
          return [
            ...block.entries.flatMap(({ label, detail = '', value }) => [label, detail, value]),
            ...block.buttons.map(({ label }) => label),
          ];
        default:
          return block satisfies never;
      }
    }),
  ];
}

const wordsOfForm = (form: Form): string[] =>
  [
    form.title,
    form.submit,
    form.cancel,
    form.intro,
    form.problem,
    ...form.fields.flatMap((field) => [field.label, field.hint, field.problem, ...valuesOf(field)]),
  ].filter((word) => word !== undefined);

function valuesOf(field: Field): string[] {
  if (field.kind === 'choice') return field.options.map(({ label }) => label);
  if (field.kind === 'person') return field.value ? [field.value.label, field.value.value] : [];
  return 'value' in field && typeof field.value === 'string' ? [field.value] : [];
}

const nastyCard: Card = {
  title: nasty,
  summary: nasty,
  blocks: [
    { kind: 'text', text: nasty },
    { kind: 'facts', facts: [{ label: nasty, value: nasty }] },
    { kind: 'note', text: nasty },
    { kind: 'divider' },
    { kind: 'image', url: 'https://attendant.example/a.png', alternative: nasty },
    { kind: 'table', columns: ['One', nasty], rows: [[nasty, nasty]] },
    {
      kind: 'audio',
      audio: {
        label: nasty,
        url: 'https://attendant.example/v/a.b',
        action: voicemailActions.listen,
        carries: { voicemail: 'a' },
        durationSeconds: 5,
        fileName: 'a.wav',
        mimeType: 'audio/wav',
        storageKey: 'a',
      },
    },
    {
      kind: 'buttons',
      buttons: [
        {
          kind: 'action',
          action: voicemailActions.delete,
          label: nasty,
          carries: { voicemail: nasty },
          confirm: { title: nasty, text: nasty, yes: nasty, no: nasty },
        },
        { kind: 'form', action: voicemailActions.forward, label: nasty, carries: { voicemail: nasty } },
      ],
    },
  ],
};

const wrong = { hint: 'A hint', problem: nasty, required: true };
const everyField: Form = {
  id: asId<ActionId>('test.form'),
  title: 'Every field',
  submit: 'Save',
  cancel: 'Cancel',
  intro: nasty,
  problem: nasty,
  carries: { voicemail: nasty },
  fields: [
    { kind: 'text', name: 'note', label: 'Note', value: nasty, multiline: true, maxLength: 300, ...wrong },
    { kind: 'text', name: 'number', label: 'Number', value: nasty, maxLength: 30, ...wrong },
    {
      kind: 'choice',
      name: 'privacy',
      label: 'Privacy',
      value: 'b',
      options: [
        { value: 'a', label: 'First' },
        { value: 'b', label: nasty },
      ],
      ...wrong,
    },
    {
      kind: 'choice',
      name: 'other',
      label: 'Other',
      options: [{ value: 'a', label: 'Only' }],
      ...wrong,
      required: false,
    },
    { kind: 'person', name: 'backup', label: 'Backup', value: { value: 'id-1', label: nasty }, ...wrong },
    { kind: 'date', name: 'from', label: 'From', value: '2030-01-14', ...wrong },
    { kind: 'time', name: 'at', label: 'At', value: '17:00', ...wrong },
    { kind: 'toggle', name: 'tell', label: 'Tell', value: true, ...wrong },
    { kind: 'number', name: 'ring', label: 'Ring', value: 20, minimum: 5, maximum: 60, ...wrong },
    { kind: 'file', name: 'greeting', label: 'Greeting', endings: ['wav', 'mp3'], ...wrong },
  ],
};
