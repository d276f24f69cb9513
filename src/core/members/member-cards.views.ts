import { formatMoment, type Locale, type Reader } from '../chat/phrasing.js';
import type { Block, Button, Card, Form } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { ActionId } from '../ids.js';
import { truncate } from '../text.js';
import { membersActions } from './members.action-ids.js';
import type { Leaver, UnknownMember } from './members.types.js';
import { backButton, bringButton } from './members.views.js';

/** A page of a list of people; `page` counts from 1. */
export interface PageOf<Person> {
  readonly people: readonly Person[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

/** Returns the name of a platform for people. */
export type NameOf = (platform: string) => string;

/** Return the card of new people, each with a button to bring them in. */
export function newcomersCard(reader: Reader, nameOf: NameOf, listed: PageOf<UnknownMember>): Card {
  const words = wordsIn(reader.locale).members;
  const line = words.newLine(listed.total);
  return {
    title: words.newTitle,
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      ...listed.people.flatMap((one): Block[] => [
        { kind: 'divider' },
        { kind: 'text', text: lineOf(nameOf, one) },
        ...(one.problem === null ? [] : [{ kind: 'note', text: words[one.problem] } as const]),
        one.awaited
          ? { kind: 'note', text: words.awaited }
          : {
              kind: 'buttons',
              buttons: [
                {
                  kind: 'action',
                  action: membersActions.bringOne,
                  label: words.bringOne,
                  carries: { member: one.memberId, page: String(listed.page) },
                },
              ],
            },
      ]),
      ...paging(words, membersActions.new, {}, listed, listed.total > 0 ? [bringButton(words)] : []),
    ],
  };
}

/** Return the card for the admin who asked: bringing in was given up. */
export function bringInFailedCard(locale: Locale, count: number): Card {
  const words = wordsIn(locale).members;
  const line = words.failedLine(count);
  return {
    title: words.failedTitle,
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      { kind: 'note', text: words.failedHow },
      { kind: 'buttons', buttons: [bringButton(words), newButton(words)] },
    ],
  };
}

/** Return the card of people who cannot be brought in, and why. */
export function noEmailCard(reader: Reader, nameOf: NameOf, listed: PageOf<UnknownMember>): Card {
  const words = wordsIn(reader.locale).members;
  const line = words.noEmailLine(listed.total);
  return {
    title: words.noEmailTitle,
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      ...listed.people.map((one): Block => ({ kind: 'text', text: lineOf(nameOf, one) })),
      ...(listed.total > 0 ? [{ kind: 'note', text: words.noEmailHow } as const] : []),
      ...paging(words, membersActions.noEmail, {}, listed, []),
    ],
  };
}

const lineOf = (nameOf: NameOf, { displayName, title, email, platform }: UnknownMember): string =>
  [displayName, title, email ?? '', nameOf(platform)].filter((part) => part !== '').join(' · ');

/** People who left, as a list, or as a report shows them once; each with both answers, or with the one given. */
export interface ShownLeavers extends PageOf<Leaver> {
  readonly reportId: string | undefined;
  /** The number of them that wait for an answer. */
  readonly open: number;
  /** Of a report: the number of its new people who are still unknown. */
  readonly newcomers: number;
  /** Of a report: the number of its returners who are still without access. */
  readonly back: number;
}

/**
 * Return the card that asks admins what is to become of the access of people who left. A report also tells who is new.
 */
export function leaversCard(reader: Reader, nameOf: NameOf, shown: ShownLeavers): Card {
  const words = wordsIn(reader.locale).members;
  const { open } = shown;
  const left = shown.total === 0 && shown.newcomers + shown.back > 0 ? [] : [words.leftLine(open)];
  const summary = [
    ...left,
    ...(shown.back > 0 ? [words.backLine(shown.back)] : []),
    ...(shown.newcomers > 0 ? [words.changedNew(shown.newcomers)] : []),
  ].join(' ');
  return {
    title: shown.reportId === undefined ? words.leftTitle : words.changedTitle,
    summary,
    blocks: [
      { kind: 'text', text: summary },
      ...shown.people.flatMap((leaver) => leaverBlocks(reader, words, nameOf, leaver, shown)),
      ...(open > 0 ? [{ kind: 'note', text: words.leftNote } as const] : []),
      ...paging(words, membersActions.left, shown.reportId === undefined ? {} : { report: shown.reportId }, shown, [
        ...(shown.newcomers > 0 ? [bringButton(words), newButton(words)] : []),
        ...(shown.back > 0 ? [backButton(words)] : []),
      ]),
    ],
  };
}

const newButton = (words: Words['members']): Button => ({
  kind: 'action',
  action: membersActions.new,
  label: words.whoIsNew,
  carries: { page: '1' },
});

function leaverBlocks(
  reader: Reader,
  words: Words['members'],
  nameOf: NameOf,
  leaver: Leaver,
  { page, reportId }: ShownLeavers,
): Block[] {
  const { displayName, title, extension, platform, since, state, memberId } = leaver;
  const line = [
    displayName,
    title,
    extension === undefined ? '' : words.extension(extension),
    words.leftSince(nameOf(platform), formatMoment(reader, since)),
  ]
    .filter((part) => part !== '')
    .join(' · ');
  if (state !== 'open') return [{ kind: 'divider' }, { kind: 'text', text: `${line} · ${words[state]}` }];

  const carries = { member: memberId, page: String(page), ...(reportId === undefined ? {} : { report: reportId }) };
  return [
    { kind: 'divider' },
    { kind: 'text', text: line },
    {
      kind: 'buttons',
      buttons: [
        {
          kind: 'action',
          action: membersActions.deactivate,
          label: words.deactivate,
          tone: 'danger',
          carries,
          confirm: {
            title: words.deactivateTitle,
            text: words.deactivateText(truncate(displayName, 120)),
            yes: words.deactivate,
            no: words.goBack,
          },
        },
        { kind: 'action', action: membersActions.keep, label: words.keep, carries },
      ],
    },
  ];
}

/** Return the place in the list, the buttons to the other pages, and the other actions. */
export function paging(
  words: Words['members'],
  action: ActionId,
  carries: Readonly<Record<string, string>>,
  { page, pages }: PageOf<unknown>,
  others: readonly Button[],
): Block[] {
  const leaf = (label: string, to: number): Button => ({
    kind: 'action',
    action,
    label,
    carries: { ...carries, page: String(to) },
  });
  const buttons = [
    ...others,
    ...(page > 1 ? [leaf(words.earlier, page - 1)] : []),
    ...(page < pages ? [leaf(words.later, page + 1)] : []),
  ];
  return [
    ...(pages > 1 ? [{ kind: 'note', text: words.page(page, pages) } as const] : []),
    ...(buttons.length > 0 ? [{ kind: 'divider' } as const, { kind: 'buttons', buttons } as const] : []),
  ];
}

/** Return the form to choose whom to bring in, and with which access. */
export function bringForm(reader: Reader, newcomers: number): Form {
  const { chat, members: words } = wordsIn(reader.locale);
  return {
    id: membersActions.bring,
    title: words.formTitle,
    submit: words.formSubmit,
    cancel: chat.cancel,
    intro: words.formIntro(newcomers),
    carries: {},
    fields: [
      {
        kind: 'choice',
        name: 'whom',
        label: words.whom,
        required: true,
        value: 'all',
        options: [
          { value: 'all', label: words.all(newcomers) },
          { value: 'named', label: words.onlyNamed },
        ],
      },
      {
        kind: 'text',
        name: 'named',
        label: words.named,
        hint: words.namedHint,
        required: false,
        multiline: true,
        maxLength: 3000,
      },
      {
        kind: 'choice',
        name: 'access',
        label: words.access,
        required: true,
        value: 'attendant_only',
        options: [
          { value: 'attendant_only', label: words.accessAttendant },
          { value: 'none', label: words.accessNone },
        ],
      },
      { kind: 'toggle', name: 'in_directory', label: words.inDirectory, required: false, value: true },
    ],
  };
}
