import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { defineActions } from '../../src/core/chat/define-actions.js';
import { defineButton, defineCommand, defineForm, formProblems } from '../../src/core/chat/define-handler.js';
import type { Card, Form } from '../../src/core/chat/view.js';
import type { ActionId } from '../../src/core/ids.js';

const actions = defineActions({ form: 'sample.form', replace: 'sample.replace', say: 'sample.say' });

/**
 * Small features that do one thing each, to test every kind of answer on a platform; replaces `core/app/commands.ts`.
 */

/** The calls of the features, and their delay. */
export const sample = { ran: [] as string[], slowMilliseconds: 0, files: [] as unknown[] };

const card = (line: string, buttons: ActionId[] = []): Card => ({
  title: '',
  summary: line,
  blocks: [
    { kind: 'text', text: line },
    {
      kind: 'buttons',
      buttons: buttons.map((action) => ({ kind: 'action', action, carries: { id: '7' }, label: action })),
    },
  ],
});
const form: Form = {
  id: actions.form,
  title: 'A form',
  submit: 'Save',
  cancel: 'Cancel',
  carries: { id: '7' },
  fields: [
    { kind: 'text', name: 'note', label: 'Note', required: true, maxLength: 50 },
    { kind: 'person', name: 'backup', label: 'Backup', required: false },
    { kind: 'file', name: 'audio', label: 'Audio', required: false, endings: ['wav'] },
  ],
};
const command = (word: string, run: Parameters<typeof defineCommand>[0]['run']) =>
  defineCommand({ word, also: [], french: [], permission: 'self', help: () => ({ what: word, example: word }), run });
export const commands = [
  command('say', async (_deps, _asker, { text, mentions }) => {
    sample.ran.push(text);
    return {
      kind: 'say',
      card: card(`Heard ${text} ${mentions.map(({ accountId }) => accountId)}`, [actions.replace, actions.say]),
    };
  }),
  command('form', async () => {
    await wait(sample.slowMilliseconds);
    return { kind: 'open', form };
  }),
  command('break', async () => {
    throw new Error('a bug');
  }),
  command('huge', async () => ({ kind: 'say', card: card('x'.repeat(40_000)) })),
];

export const buttons = [
  defineButton({
    id: actions.replace,
    permission: 'self',
    run: async (_deps, _asker, { id }) => ({ kind: 'replace', card: card(`Done ${id}`) }),
  }),
  defineButton({ id: actions.say, permission: 'self', run: async () => ({ kind: 'say', card: card('Said') }) }),
];

export const forms = [
  defineForm({
    id: actions.form,
    permission: 'self',
    takesFile: true,
    open: async () => form,
    values: () =>
      z.object({ note: z.string({ error: 'Fill this in.' }), backup: z.string().optional(), audio: z.unknown() }),
    submit: async (_deps, _asker, { note, backup, audio }, { id }) => {
      await wait(sample.slowMilliseconds);
      if (note === 'field') return formProblems({ note: 'Not this one.' });
      if (note === 'whole') return formProblems({ '': 'Nothing here fits.', note: 'Nor this.' });
      if (audio !== undefined) sample.files.push(audio);
      sample.ran.push(note);
      return { kind: 'say', card: card(`Saved ${note} for ${id}, ${backup ?? 'nobody'}`) };
    },
  }),
];

export const examples = [];
