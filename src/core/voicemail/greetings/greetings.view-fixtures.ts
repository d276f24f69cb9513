import type { ViewExample } from '../../chat/define-handler.js';
import type { Reader } from '../../chat/phrasing.js';
import { formWithProblems } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { type GreetingKind, greetingKinds } from './greeting-kind.js';
import { greetingsCard, type ShownGreetings, uploadForm } from './greetings.views.js';

const reader = (locale: 'en' | 'fr'): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T19:05:00Z'),
});

const id = '018f3c5e-7b1a-7c3d-9e4f-0a1b2c3d4e5f';

const recorded = (...kinds: readonly GreetingKind[]): ShownGreetings['recorded'] =>
  new Map(
    kinds.map((kind) => [
      kind,
      { kind, recordingId: id, durationSeconds: 12.4, createdAt: new Date('2026-11-21T19:02:00Z') },
    ]),
  );

/** Every view of greetings, for the contract tests. */
export const greetingExamples: readonly ViewExample[] = [
  {
    name: 'greetings, none recorded',
    view: (locale) =>
      greetingsCard(reader(locale), {
        recorded: new Map(),
        inForce: 'unavailable',
        mailbox: undefined,
        mayCall: true,
        url: 'https://attendant.example/greetings',
      }),
  },
  {
    name: 'greetings, all recorded, of a general mailbox',
    view: (locale) =>
      greetingsCard(reader(locale), {
        recorded: recorded(...greetingKinds),
        inForce: 'after-hours',
        mailbox: { id, name: 'Service à la clientèle <&*_~`"> "Québec" & Côte-Nord' },
        mayCall: true,
        url: `https://attendant.example/greetings?mailbox=${id}`,
      }),
  },
  { name: 'greeting upload form', view: (locale) => uploadForm(reader(locale), id) },
  {
    name: 'greeting upload form, refused',
    view: (locale) =>
      formWithProblems(
        uploadForm(reader(locale), undefined),
        { kind: 'name' },
        { file: wordsIn(locale).greetings.tooLong(10) },
      ),
  },
];
