import { formatCount, formatMoment, type Reader } from '../chat/phrasing.js';
import type { Block, Button, Card, Fact } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { ActionId } from '../ids.js';
import { membersActions } from './members.action-ids.js';
import type { WorkspaceFacts } from './members.types.js';

/** A workspace with its platform's name; undefined `source`: it cannot be read here. */
export interface ShownWorkspace extends WorkspaceFacts {
  readonly name: string;
  readonly source: { readonly grantedBy: 'installation' | 'consent' } | undefined;
}

const mostWorkspaces = 6;

/** Return the card of every workspace: the facts of its list, what is wrong with it, and the actions. */
export function membersCard(
  reader: Reader,
  workspaces: readonly ShownWorkspace[],
  open: { readonly leavers: number; readonly back: number },
): Card {
  const words = wordsIn(reader.locale).members;
  const shown = workspaces.slice(0, mostWorkspaces);
  const more = workspaces.length - shown.length;
  const sum = (count: (one: ShownWorkspace) => number) => workspaces.reduce((all, one) => all + count(one), 0);
  const totals = { newcomers: sum((one) => one.newcomers), withoutEmail: sum((one) => one.withoutEmail), ...open };
  const buttons = totalsButtons(words, totals);
  return {
    title: words.title,
    summary: workspaces.length === 0 ? words.none : words.summary(workspaces.length),
    blocks: [
      ...(workspaces.length === 0 ? [{ kind: 'text', text: words.none } as const] : []),
      ...shown.flatMap((workspace) => workspaceBlocks(reader, words, workspace, workspaces)),
      ...(more > 0 ? [{ kind: 'note', text: words.more(more) } as const] : []),
      ...(buttons.length > 0 ? [{ kind: 'divider' } as const, { kind: 'buttons', buttons } as const] : []),
    ],
  };
}

function workspaceBlocks(
  reader: Reader,
  words: Words['members'],
  workspace: ShownWorkspace,
  all: readonly ShownWorkspace[],
): Block[] {
  const alike = all.filter(({ platform }) => platform === workspace.platform).length > 1;
  const counted = (count: number) => formatCount(reader.locale, count);
  const facts: Fact[] = [
    { label: words.members, value: counted(workspace.present) },
    { label: words.linked, value: counted(workspace.linked) },
    { label: words.newcomers, value: counted(workspace.newcomers) },
    { label: words.withoutEmail, value: counted(workspace.withoutEmail) },
    { label: words.left, value: counted(workspace.left) },
    { label: words.readAt, value: workspace.readAt ? formatMoment(reader, workspace.readAt) : words.never },
  ];
  const wrong = workspace.reading && workspace.source ? words.reading : listTrouble(reader, workspace);
  return [
    { kind: 'divider' },
    { kind: 'text', text: alike ? `${workspace.name} · ${workspace.externalWorkspaceId}` : workspace.name },
    { kind: 'facts', facts },
    ...(wrong === undefined ? [] : [{ kind: 'note', text: wrong } as const]),
    ...(workspace.source ? [{ kind: 'buttons', buttons: workspaceButtons(words, workspace) } as const] : []),
  ];
}

/** Return what is wrong with the list, and what to do about it. */
export function listTrouble(reader: Reader, workspace: ShownWorkspace): string | undefined {
  const words = wordsIn(reader.locale).members;
  const { name, source, failure, permission, failed, whole, dueAt, lost, known } = workspace;
  if (!source) return words.off;
  switch (failure) {
    case null:
      return undefined;
    case 'permission': {
      const missing = permission ?? '';
      const say = failed ? words.permission : whole ? words.hidden : words.part;
      return `${say(name, missing)} ${source.grantedBy === 'consent' ? words.consent(missing) : words.installation}`;
    }
    case 'credentials':
      return words.credentials(name);
    case 'away':
      return words.away(name, formatMoment(reader, dueAt ?? reader.now));
    case 'empty':
      return words.empty(name);
    case 'doubted':
      return words.doubted(lost, known);
    default:
      return failure satisfies never;
  }
}

function workspaceButtons(words: Words['members'], { id, reading, failure, lost }: ShownWorkspace): Button[] {
  const carries = { list: id };
  if (reading) return [{ kind: 'action', action: membersActions.show, label: words.show, carries: {} }];
  return [
    { kind: 'action', action: membersActions.refresh, label: words.refresh, carries },
    ...(failure === 'doubted'
      ? [
          {
            kind: 'action',
            action: membersActions.believe,
            label: words.believe,
            carries,
            confirm: {
              title: words.believeTitle,
              text: words.believeText(lost),
              yes: words.believe,
              no: words.goBack,
            },
          } as const,
        ]
      : []),
  ];
}

function totalsButtons(
  words: Words['members'],
  totals: {
    readonly newcomers: number;
    readonly withoutEmail: number;
    readonly leavers: number;
    readonly back: number;
  },
): Button[] {
  const list = (action: ActionId, label: string): Button => ({ kind: 'action', action, label, carries: { page: '1' } });
  return [
    ...(totals.newcomers > 0 ? [bringButton(words), list(membersActions.new, words.whoIsNew)] : []),
    ...(totals.leavers > 0 ? [list(membersActions.left, words.whoLeft)] : []),
    ...(totals.back > 0 ? [backButton(words)] : []),
    ...(totals.withoutEmail > 0 ? [list(membersActions.noEmail, words.whoHasNoEmail)] : []),
  ];
}

/** Opens the form in which an admin chooses whom to bring in. */
export const bringButton = (words: Words['members']): Button => ({
  kind: 'form',
  action: membersActions.bring,
  label: words.bring,
  tone: 'main',
  carries: {},
});

/** Opens the list of people who are back without access. */
export const backButton = (words: Words['members']): Button => ({
  kind: 'action',
  action: membersActions.back,
  label: words.whoIsBack,
  carries: { page: '1' },
});
