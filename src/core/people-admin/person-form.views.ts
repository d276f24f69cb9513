import type { Reader } from '../chat/phrasing.js';
import type { Field, Form, Option } from '../chat/view.js';
import type { Words } from '../chat/words.js';
import { accessKinds } from '../people/person.js';
import { formatNumber } from '../phone-number.js';
import { peopleWordsIn, userTypesIn } from './edition-words.js';
import { peopleAdminActions } from './people-admin.action-ids.js';
import { type FieldName, personFormFields } from './person-fields.js';

/** What the form of a person shows. */
export interface PersonFormModel {
  /** Undefined: a new person. */
  readonly person:
    | {
        readonly id: string;
        readonly displayName: string;
        readonly username: string;
        readonly hasPin: boolean;
        /** ISO: as the form shows it. */
        readonly updatedAt: string;
      }
    | undefined;
  /** By field, as cells of a CSV file. */
  readonly cells: Partial<Record<FieldName, string>>;
  readonly backup: Option | undefined;
  readonly isPlus: boolean;
  readonly country: string;
  readonly nextExtension: string | undefined;
  readonly nextDid: string | undefined;
}

/** The form of one person: every column of CONTRACT.md §5 that this edition has. */
export function personForm(reader: Reader, model: PersonFormModel): Form {
  const words = peopleWordsIn(reader.locale, model.isPlus);
  const { person } = model;
  const shown = fieldsOf(model.isPlus);
  const before = shown.filter(({ plus }) => !plus).map(({ name }) => fieldView(words, name, model));
  const voicemail = shown.filter(({ plus }) => plus).map(({ name }) => fieldView(words, name, model));
  return {
    id: peopleAdminActions.user,
    title: person ? words.editTitle : words.addTitle,
    submit: words.save,
    cancel: words.cancel,
    ...(person ? { intro: `${person.displayName} · ${person.username}` } : {}),
    carries: person ? { user: person.id, seen: person.updatedAt } : {},
    fields: [
      ...(person ? [] : [usernameField(words)]),
      ...before,
      {
        kind: 'person',
        name: 'defaultBackup',
        label: words.defaultBackup,
        required: false,
        ...(model.backup ? { value: model.backup } : {}),
      },
      ...voicemail,
      ...(model.isPlus ? [pinField(words, person?.hasPin ?? false)] : []),
    ],
  };
}

/** The fields that this edition has. */
export const fieldsOf = (isPlus: boolean) => personFormFields.filter(({ plus }) => isPlus || !plus);

const usernameField = (words: Words['peopleAdmin']): Field => ({
  kind: 'text',
  name: 'username',
  label: words.username,
  hint: words.usernameHint,
  required: true,
  maxLength: 254,
});

const pinField = (words: Words['peopleAdmin'], hasPin: boolean): Field => ({
  kind: 'choice',
  name: 'pin',
  label: words.pin,
  required: false,
  value: 'keep',
  options: [
    { value: 'keep', label: words.pinKeep },
    { value: 'AUTO', label: words.pinReset },
    ...(hasPin ? [{ value: '-', label: words.pinClear }] : []),
  ],
});

const lengths: Partial<Record<FieldName, number>> = {
  firstName: 100,
  lastName: 100,
  email: 254,
  title: 200,
  aliases: 500,
  phoneticName: 200,
};

function fieldView(words: Words['peopleAdmin'], name: FieldName, model: PersonFormModel): Field {
  const cell = model.cells[name] ?? '';
  const base = { name, label: words.fields[name] };
  const text = (hint?: string): Field => ({
    ...base,
    kind: 'text',
    required: name === 'email',
    maxLength: lengths[name] ?? 100,
    ...(cell === '' ? {} : { value: cell }),
    ...(hint === undefined ? {} : { hint }),
  });
  const choice = (options: readonly Option[], required: boolean): Field => ({
    ...base,
    kind: 'choice',
    required,
    options,
    ...(cell === '' ? {} : { value: cell }),
  });
  const own = (labels: Readonly<Record<string, string>>): Field => ({
    ...base,
    kind: 'choice',
    required: true,
    options: [{ value: '-', label: words.asCompany }, ...optionsOf(labels)],
    value: cell === '' ? '-' : cell,
  });
  switch (name) {
    case 'userType':
      return choice(
        userTypesIn(model.isPlus, cell).map((value) => ({ value, label: words.types[value] })),
        true,
      );
    case 'access':
      return choice(
        accessKinds.map((value) => ({ value, label: words.accesses[value] })),
        true,
      );
    case 'role':
      return choice(optionsOf(words.roles), true);
    case 'inDirectory':
    case 'appAccess':
    case 'forwarding':
      return { ...base, kind: 'toggle', required: false, value: cell !== 'no' };
    case 'language':
      return own(words.languages);
    case 'notificationType':
      return own(words.notifications);
    case 'directVoicemailTransfer':
      return own({ yes: words.yes, no: words.no });
    case 'extension':
      return text(words.extensionHint(model.nextExtension));
    case 'did':
      return text(words.didHint(model.nextDid === undefined ? undefined : formatNumber(model.nextDid, model.country)));
    case 'timeZone':
      return text(words.timeZoneHint);
    case 'aliases':
      return text(words.aliasesHint);
    case 'phoneticName':
      return text(words.phoneticHint);
    case 'firstName':
    case 'lastName':
    case 'email':
    case 'title':
    case 'personalNumber':
    case 'agentId':
      return text();
    default:
      return name satisfies never;
  }
}

const optionsOf = (labels: Readonly<Record<string, string>>): readonly Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
