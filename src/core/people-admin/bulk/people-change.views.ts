import { formatCount, formatLabelled, formatMoment, type Reader } from '../../chat/phrasing.js';
import { progressBar } from '../../chat/progress-bar.js';
import type { Block, Button, Card, Field, Form, Option } from '../../chat/view.js';
import { type Words, wordsIn } from '../../chat/words.js';
import { accessKinds } from '../../people/person.js';
import { userTypesIn } from '../edition-words.js';
import { peopleAdminActions } from '../people-admin.action-ids.js';
import { carriedFilter, filterNames } from '../people-admin.views.js';
import type { PeopleFilter } from '../people-list.types.js';
import type { PeopleChangePreview } from './people-change.js';
import { type BulkField, type BulkValues, bulkFields, type PeopleChangeState } from './people-change.types.js';

/** What many people are to get: each value is left as it is unless one is chosen. */
export function bulkForm(
  reader: Reader,
  filter: PeopleFilter,
  { total, isPlus }: { readonly total: number; readonly isPlus: boolean },
): Form {
  const { peopleAdmin, peopleChange } = wordsIn(reader.locale);
  const fields = bulkFields.filter((field) => isPlus || !plusFields.has(field));
  return {
    id: peopleAdminActions.bulk,
    title: peopleChange.title,
    submit: peopleChange.preview,
    cancel: peopleAdmin.cancel,
    intro: peopleChange.intro(peopleAdmin.peopleCount(total), filterLine(reader, filter).join(', ')),
    carries: carriedFilter(filter),
    fields: [
      ...fields.map((name) => choice(reader, name, isPlus)),
      { kind: 'person', name: 'defaultBackup', label: peopleAdmin.defaultBackup, required: false },
      { kind: 'toggle', name: 'noBackup', label: peopleChange.noBackup, required: false, value: false },
    ],
  };
}

const filterLine = (reader: Reader, filter: PeopleFilter): readonly string[] => {
  const { peopleAdmin, peopleChange } = wordsIn(reader.locale);
  return [...filterNames(peopleAdmin, filter), ...(filter.ids === undefined ? [] : [peopleChange.chosen])];
};

const plusFields: ReadonlySet<BulkField> = new Set(['notificationType', 'directVoicemailTransfer', 'forwarding']);

/** `keep` stands for a value that is left as it is. */
const choice = (reader: Reader, name: BulkField, isPlus: boolean): Field => {
  const { peopleAdmin, peopleChange } = wordsIn(reader.locale);
  return {
    kind: 'choice',
    name,
    label: peopleAdmin.fields[name],
    required: false,
    value: 'keep',
    options: [{ value: 'keep', label: peopleChange.leave }, ...optionsOf(wordsIn(reader.locale), name, isPlus)],
  };
};

function optionsOf({ peopleAdmin: words, peopleChange }: Words, name: BulkField, isPlus: boolean): readonly Option[] {
  const named = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).map(([value, label]) => ({ value, label }));
  const own = { value: '-', label: words.asCompany };
  switch (name) {
    case 'userType':
      return userTypesIn(isPlus).map((value) => ({ value, label: words.types[value] }));
    case 'access':
      return accessKinds.map((value) => ({ value, label: words.accesses[value] }));
    case 'role':
      return named(words.roles);
    case 'language':
      return [own, ...named(words.languages)];
    case 'notificationType':
      return [own, ...named(words.notifications)];
    case 'directVoicemailTransfer':
      return [own, ...named({ yes: words.yes, no: words.no })];
    case 'extension':
      return [{ value: 'AUTO', label: peopleChange.nextExtension }];
    case 'inDirectory':
    case 'appAccess':
    case 'forwarding':
      return named({ yes: words.yes, no: words.no });
    default:
      return name satisfies never;
  }
}

/** What the change would come to, and the button that asks for it. */
export function previewCard(
  reader: Reader,
  filter: PeopleFilter,
  values: BulkValues,
  backup: string | undefined,
  preview: PeopleChangePreview,
): Card {
  const { peopleAdmin, peopleChange } = wordsIn(reader.locale);
  const { willChange, unchanged, refused, examples } = preview;
  const line = [peopleAdmin.peopleCount(preview.total), ...filterLine(reader, filter)].join(' · ');
  const buttons: readonly Button[] =
    willChange === 0
      ? []
      : [
          {
            kind: 'action',
            action: peopleAdminActions.bulkStart,
            label: peopleChange.apply(willChange),
            tone: 'main',
            carries: { filter: JSON.stringify(filter), values: JSON.stringify(values) },
          },
        ];
  return {
    title: peopleChange.previewTitle,
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      { kind: 'facts', facts: valueFacts(reader, values, backup) },
      {
        kind: 'facts',
        facts: [
          { label: peopleChange.willChange, value: shownCount(reader, willChange) },
          { label: peopleChange.unchanged, value: shownCount(reader, unchanged) },
          { label: peopleChange.refused, value: shownCount(reader, refused) },
        ],
      },
      ...examples.map(({ name, why }): Block => ({ kind: 'note', text: peopleChange.refusedLine(name, why) })),
      willChange === 0 ? { kind: 'text', text: peopleChange.nothingToDo } : { kind: 'buttons', buttons },
    ],
  };
}

/** The new values with their labels. */
function valueFacts(reader: Reader, values: BulkValues, backup: string | undefined) {
  const { peopleAdmin, peopleChange } = wordsIn(reader.locale);
  const facts = bulkFields.flatMap((name) => {
    const value = values[name];
    if (value === undefined) return [];
    const label =
      optionsOf(wordsIn(reader.locale), name, true).find((option) => option.value === value)?.label ?? value;
    return [{ label: peopleAdmin.fields[name], value: label }];
  });
  if (values.defaultBackup === undefined) return facts;
  return [...facts, { label: peopleAdmin.defaultBackup, value: backup ?? peopleChange.removeBackup }];
}

const shownCount = (reader: Reader, count: number): string => formatCount(reader.locale, count);

/** How far a change is, or what came of it. */
export function changeCard(
  reader: Reader,
  state: PeopleChangeState,
  { revertible, resultUrl }: { readonly revertible: Date | undefined; readonly resultUrl: string },
): Card {
  const words = wordsIn(reader.locale).peopleChange;
  const { status, revertsId, counts, total } = state;
  const isRevert = revertsId !== null;
  const done = counts.updated + counts.unchanged + counts.refused + counts.kept;
  const running = isRevert ? words.reverting : words.running;
  const ended = isRevert ? words.reverted : words.done;
  const title = status === 'waiting' ? running : status === 'done' ? ended : words.failed;
  const progress = words.progress(shownCount(reader, done), shownCount(reader, Math.max(total, done)));
  return {
    title,
    summary: formatLabelled(reader.locale, title, progress),
    blocks: [
      { kind: 'text', text: status === 'waiting' ? `${progressBar(done, total)} ${progress}` : progress },
      {
        kind: 'facts',
        facts: [
          { label: words.updated, value: shownCount(reader, counts.updated) },
          { label: words.unchanged, value: shownCount(reader, counts.unchanged) },
          { label: words.refused, value: shownCount(reader, counts.refused) },
          ...(counts.kept > 0 ? [{ label: words.kept, value: shownCount(reader, counts.kept) }] : []),
        ],
      },
      ...(revertible ? [{ kind: 'note', text: words.revertUntil(formatMoment(reader, revertible)) } as const] : []),
      { kind: 'buttons', buttons: changeButtons(words, state, revertible !== undefined, resultUrl) },
    ],
  };
}

function changeButtons(
  words: Words['peopleChange'],
  { id, status, counts }: PeopleChangeState,
  revertible: boolean,
  url: string,
): readonly Button[] {
  const carries = { change: id };
  if (status === 'waiting')
    return [
      { kind: 'action', action: peopleAdminActions.bulkShow, label: words.refresh, carries },
      { kind: 'link', action: peopleAdminActions.bulkResult, label: words.watch, url },
    ];
  const result: Button = { kind: 'link', action: peopleAdminActions.bulkResult, label: words.result, url };
  if (!revertible) return [result];
  return [
    result,
    {
      kind: 'action',
      action: peopleAdminActions.bulkRevert,
      label: words.revert,
      tone: 'danger',
      carries,
      confirm: {
        title: words.revertTitle,
        text: words.revertText(counts.updated),
        yes: words.revert,
        no: words.goBack,
      },
    },
  ];
}
