import type { ViewExample } from '../chat/define-handler.js';
import type { Locale, Reader } from '../chat/phrasing.js';
import { asId } from '../ids.js';
import { fileForm, importCard, runCard, type ShownRun } from './bulk.views.js';
import type { ImportRun } from './import-run.types.js';

const reader = (locale: Locale): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T15:00:00Z'),
});

const run: ImportRun = {
  id: '0198c0de-0000-7000-8000-000000000001',
  tenantId: asId('0198c0de-0000-7000-8000-000000000002'),
  userId: asId('0198c0de-0000-7000-8000-000000000003'),
  via: 'one',
  fileName: 'People & <all>, of the whole company.csv',
  columns: ['username', 'email'],
  note: { en: 'Read as Windows-1252.', fr: 'Lu comme Windows-1252.' },
  status: 'checked',
  applies: false,
  lines: 100_000,
  progress: 0,
  created: 98_000,
  updated: 1_000,
  unchanged: 500,
  skipped: 200,
  refused: 300,
  restored: 0,
  kept: 0,
  attempts: 0,
  createdAt: new Date('2026-11-23T14:00:00Z'),
  appliedAt: null,
  claimedAt: null,
  dueAt: new Date('2026-11-23T14:00:00Z'),
};

const problems = [2, 3, 4, 5, 99_999].map((line) => ({
  line,
  username: `somebody.with.a.long.name.${line}@company.example`,
  outcome: 'refused' as const,
  why: { en: 'extension belongs to ann already. '.repeat(20), fr: 'extension appartient déjà à ann. '.repeat(20) },
  reverted: null,
}));

const shown: ShownRun = {
  run,
  problems,
  mayRevert: false,
  url: 'https://attendant.example/admin/import/0198c0de-0000-7000-8000-000000000001',
};

const applying = { ...shown, run: { ...run, status: 'applying', progress: 40_000 } } as const;
const applied = { ...shown, run: { ...run, status: 'applied', appliedAt: run.createdAt }, mayRevert: true } as const;
const reverted = { ...shown, run: { ...run, status: 'reverted', restored: 98_990, kept: 10 } } as const;

export const importExamples: readonly ViewExample[] = [
  { name: 'import, checked', view: (locale) => runCard(reader(locale), shown) },
  { name: 'import, applying', view: (locale) => runCard(reader(locale), applying) },
  { name: 'import, applied', view: (locale) => runCard(reader(locale), applied) },
  { name: 'import, reverted', view: (locale) => runCard(reader(locale), reverted) },
  { name: 'import, overview', view: (locale) => importCard(reader(locale), run, shown.url) },
  { name: 'import, form', view: (locale) => fileForm(reader(locale)) },
];
