import type { Reader } from '../chat/phrasing.js';
import type { Block, Button, Card } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import { truncate } from '../text.js';
import type { ListPage } from './company-list.js';
import type { ListName } from './list-names.js';
import { reportActions } from './reports.action-ids.js';
import { shownCell } from './shown-value.js';

/** The lists that are read in chat: people and the record have cards of their own. */
export const chatLists = [
  'ooo',
  'gaps',
  'unreachable',
  'missed',
  'unheard',
  'storage',
  'storage-days',
  'impersonations',
] as const satisfies readonly ListName[];
export type ChatList = (typeof chatLists)[number];

/** Lines on one card. */
export const linesOnCard = 8;

/** What a card shows of each list; the file has all. */
const shownColumns: Readonly<Record<ChatList, readonly string[]>> = {
  ooo: ['name', 'from', 'until', 'backup_name', 'set_by'],
  gaps: ['name', 'from', 'until', 'breaks_at', 'why'],
  unreachable: ['name', 'why', 'mail'],
  missed: ['at', 'caller', 'asked_for', 'result'],
  unheard: ['name', 'received', 'days', 'caller'],
  storage: ['name', 'voicemails', 'unheard', 'bytes'],
  'storage-days': ['day', 'name', 'bytes'],
  impersonations: ['from', 'admin', 'person', 'reason', 'ended'],
};

/** The lists that there are, each a button. `said`: what was asked for is none of them. */
export function listsCard(reader: Reader, lists: readonly ChatList[], said?: string): Card {
  const words = wordsIn(reader.locale).reports;
  const line = said ?? words.choose;
  return {
    title: words.title,
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      ...rowsOf(lists).map(
        (row): Block => ({
          kind: 'buttons',
          buttons: row.map(
            (list): Button => ({
              kind: 'action',
              action: reportActions.show,
              label: words.lists[list].title,
              carries: { list },
            }),
          ),
        }),
      ),
    ],
  };
}

/** Three names of lists stand beside each other in a chat; of four the last would be cut. */
const rowsOf = (lists: readonly ChatList[]): readonly (readonly ChatList[])[] =>
  Array.from({ length: Math.ceil(lists.length / 3) }, (_, row) => lists.slice(row * 3, row * 3 + 3));

/** A page of a list; `isLater`: others come before it. */
export function listCard(reader: Reader, list: ChatList, { rows, next }: ListPage, isLater: boolean): Card {
  const words = wordsIn(reader.locale).reports;
  const { title, what } = words.lists[list];
  const columns = shownColumns[list];
  const nothing = next === undefined && !isLater ? words.none : words.nothingHere;
  return {
    title,
    summary: rows.length === 0 ? nothing : `${title} · ${words.rows(rows.length)}`,
    blocks: [
      { kind: 'text', text: what },
      rows.length === 0
        ? { kind: 'text', text: nothing }
        : {
            kind: 'table',
            columns: columns.map((column) => words.columns[column] ?? column),
            rows: rows.map((row) =>
              columns.map((column) => truncate(shownCell(reader, words, column, row), 80) || '–'),
            ),
          },
      { kind: 'buttons', buttons: listButtons(words, list, next, isLater) },
    ],
  };
}

function listButtons(words: Words['reports'], list: ChatList, next: string | undefined, isLater: boolean): Button[] {
  const to = (label: string, after?: string): Button => ({
    kind: 'action',
    action: reportActions.show,
    label,
    carries: { list, ...(after === undefined ? {} : { after }) },
  });
  return [
    ...(next === undefined ? [] : [to(words.next, next)]),
    ...(isLater ? [to(words.first)] : []),
    { kind: 'action', action: reportActions.page, label: words.inBrowser, carries: { list } },
    { kind: 'action', action: reportActions.menu, label: words.allLists, carries: {} },
  ];
}
