import { z } from 'zod';
import { defineActions } from '../../../src/core/chat/define-actions.js';
import {
  type ButtonHandler,
  type Command,
  defineButton,
  defineCommand,
  defineForm,
  type FormHandler,
  formProblems,
} from '../../../src/core/chat/define-handler.js';
import type { Card, Form } from '../../../src/core/chat/view.js';

const actions = defineActions({
  set: 'ooo.set',
  back: 'ooo.back',
  tell: 'tell.line',
  delete: 'thing.delete',
  open: 'app.open',
});

/** A small core, to test Teams' handling of replies alone. */
export const done: string[] = [];

export const card: Card = {
  title: 'Where you stand',
  summary: 'You are in the office.',
  blocks: [
    { kind: 'text', text: 'You are *in* the office.\n[not a link](https://example.com)' },
    { kind: 'facts', facts: [{ label: 'Extension', value: '0102' }] },
    {
      kind: 'buttons',
      buttons: [
        { kind: 'form', label: 'Set out of office', tone: 'main', action: actions.set, carries: { from: 'card' } },
        { kind: 'action', label: 'I’m back', action: actions.back, carries: { period: '7' } },
        { kind: 'action', label: 'Tell me', action: actions.tell, carries: {} },
        {
          kind: 'action',
          label: 'Delete',
          tone: 'danger',
          action: actions.delete,
          carries: { thing: '9' },
          confirm: { title: 'Delete?', text: 'It is gone for good.', yes: 'Delete it', no: 'Keep' },
        },
        { kind: 'link', label: 'Open the app', action: actions.open, url: 'https://attendant.example/' },
      ],
    },
  ],
};

export const form: Form = {
  id: actions.set,
  title: 'Out of office',
  submit: 'Save',
  cancel: 'Cancel',
  carries: { from: 'card' },
  fields: [
    { kind: 'person', name: 'backup', label: 'Backup', required: false },
    { kind: 'date', name: 'until', label: 'Until', required: true },
    {
      kind: 'text',
      name: 'note',
      label: 'Note',
      required: false,
      maxLength: 200,
      multiline: true,
      hint: 'Callers hear it',
    },
    { kind: 'toggle', name: 'tell', label: 'Tell my team', required: false, value: true },
  ],
};

export const commands: readonly Command[] = [
  defineCommand({
    word: 'status',
    also: [],
    french: [],
    permission: 'self',
    help: () => ({ what: 'Where I stand', example: 'status' }),
    run: async (_deps, _asker, { text }) => {
      done.push(`status ${text}`.trim());
      return { kind: 'say', card };
    },
  }),
  defineCommand({
    word: 'ooo',
    also: [],
    french: [],
    permission: 'self',
    help: () => ({ what: 'Out of office', example: 'ooo' }),
    run: async (_deps, _asker, { mentions }) => {
      done.push(`ooo ${mentions.map(({ accountId }) => accountId)}`.trim());
      return { kind: 'open', form };
    },
  }),
];

export const buttons: readonly ButtonHandler[] = [
  defineButton({
    id: actions.back,
    permission: 'self',
    run: async (_deps, _asker, carries) => {
      done.push(`back ${carries.period}`);
      return {
        kind: 'replace',
        card: { title: 'You are back', summary: 'You are back', blocks: [{ kind: 'text', text: 'Welcome.' }] },
      };
    },
  }),
  defineButton({
    id: actions.tell,
    permission: 'self',
    run: async () => ({ kind: 'done', line: 'As you were.' }),
  }),
  defineButton({
    id: actions.delete,
    permission: 'self',
    run: async (_deps, _asker, { thing }) => {
      done.push(`delete ${thing}`);
      return { kind: 'done' };
    },
  }),
];

const Values = z.object({
  backup: z.string().optional(),
  until: z.string(),
  note: z.string().optional(),
  tell: z.boolean().optional(),
});

export const forms: readonly FormHandler<unknown>[] = [
  defineForm({
    id: actions.set,
    permission: 'self',
    open: async () => form,
    values: () => Values,
    submit: async (_deps, _asker, values, carries) => {
      if (values.until < '2030') return formProblems({ until: 'That day is over.' });
      done.push(`set ${JSON.stringify([values, carries])}`);
      return {
        kind: 'replace',
        card: {
          title: 'You are out',
          summary: 'You are out',
          blocks: [{ kind: 'text', text: `until ${values.until}` }],
        },
      };
    },
  }),
];

export const examples = [];
