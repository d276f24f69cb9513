import type { Reader } from '../chat/phrasing.js';
import type { Block, Button, Card, CarriedData, Fact, Form } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import { displayNameOf, hasAccess } from '../people/person.js';
import { formatNumber } from '../phone-number.js';
import { phoneAccessActions } from '../voicemail/phone-access/phone-access.action-ids.js';
import { conditionsIn, peopleWordsIn, userTypesIn } from './edition-words.js';
import { peopleAdminActions } from './people-admin.action-ids.js';
import type { ListedPerson, PeopleFilter, PeoplePage } from './people-list.types.js';
import type { KnownValues } from './person-fields.js';

/** What a reader of lists of people may do. */
export interface PeopleRights {
  readonly mayEdit: boolean;
  readonly isPlus: boolean;
}

/** People on one card of a chat: a platform allows six actions, and two are the search and the next page. */
export const peopleOnCard = 4;

/** A page of people, each with a way to them. */
export function peopleCard(
  reader: Reader,
  { country, isPlus }: { readonly country: string; readonly isPlus: boolean },
  filter: PeopleFilter,
  { people, total, hasLater }: PeoplePage,
): Card {
  const words = peopleWordsIn(reader.locale, isPlus);
  const line = [words.peopleCount(total), ...filterNames(words, filter)].join(' · ');
  const last = people.at(-1);
  const carries = carriedFilter(filter);
  const more: readonly Button[] =
    hasLater && last
      ? [
          {
            kind: 'action',
            action: peopleAdminActions.list,
            label: words.next,
            carries: { ...carries, after: last.id },
          },
        ]
      : [];
  return {
    title: words.people,
    summary: line,
    blocks: [
      { kind: 'text', text: total === 0 ? words.nobody : line },
      ...people.map((person): Block => ({ kind: 'text', text: listedLine(words, country, person) })),
      {
        kind: 'buttons',
        buttons: [
          ...people.map(
            ({ id, displayName }): Button => ({
              kind: 'action',
              action: peopleAdminActions.show,
              label: displayName,
              carries: { user: id },
            }),
          ),
          ...more,
          { kind: 'form', action: peopleAdminActions.find, label: words.findAnew, carries },
        ],
      },
    ],
  };
}

/** `Bo Chen · 102 · Business user · out of office`. */
const listedLine = (words: Words['peopleAdmin'], country: string, person: ListedPerson): string =>
  [
    person.displayName,
    person.extension ?? (person.did === null ? undefined : formatNumber(person.did, country)),
    words.types[person.userType],
    hasAccess(person) ? undefined : words.accesses.none,
    person.role === 'member' ? undefined : words.roles[person.role],
    person.isOut ? words.out : undefined,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');

/** What a filter says, for people. */
export const filterNames = (words: Words['peopleAdmin'], filter: PeopleFilter): readonly string[] => [
  ...(filter.search ? [`“${filter.search}”`] : []),
  ...(filter.type ? [words.types[filter.type]] : []),
  ...(filter.access ? [words.accesses[filter.access]] : []),
  ...(filter.condition ? [words.conditions[filter.condition]] : []),
  ...(filter.team ? [filter.team] : []),
];

/** A filter as buttons carry it. */
export const carriedFilter = (filter: PeopleFilter): CarriedData =>
  Object.fromEntries(
    Object.entries(filter).filter(([name, value]) => value !== undefined && (value !== '' || name === 'ids')),
  );

/** The search of people in a chat: words, and what is to be looked after. */
export function findPeopleForm(reader: Reader, filter: PeopleFilter, isPlus: boolean): Form {
  const words = peopleWordsIn(reader.locale, isPlus);
  return {
    id: peopleAdminActions.find,
    title: words.findTitle,
    submit: words.find,
    cancel: words.cancel,
    carries: {},
    fields: [
      {
        kind: 'text',
        name: 'search',
        label: words.search,
        hint: words.searchHint,
        required: false,
        maxLength: 200,
        ...(filter.search ? { value: filter.search } : {}),
      },
      {
        kind: 'choice',
        name: 'condition',
        label: words.filter,
        required: true,
        value: filter.condition ?? 'any',
        options: [
          { value: 'any', label: words.any },
          ...conditionsIn(isPlus).map((value) => ({ value, label: words.conditions[value] })),
        ],
      },
      {
        kind: 'choice',
        name: 'type',
        label: words.fields.userType,
        required: true,
        value: filter.type ?? 'any',
        options: [
          { value: 'any', label: words.any },
          ...userTypesIn(isPlus).map((value) => ({ value, label: words.types[value] })),
        ],
      },
      {
        kind: 'choice',
        name: 'access',
        label: words.fields.access,
        required: true,
        value: filter.access ?? 'any',
        options: [
          { value: 'any', label: words.any },
          ...Object.entries(words.accesses).map(([value, label]) => ({ value, label })),
        ],
      },
    ],
  };
}

/** Somebody as those see them who look after people. */
export interface AdminPerson {
  readonly person: KnownValues;
  readonly team: string;
  readonly backup: string | undefined;
  readonly isOut: boolean;
}

/** One person: what is known of them, and what can be done. `said`: what has just become of them. */
export function personAdminCard(
  reader: Reader,
  country: string,
  shown: AdminPerson,
  rights: PeopleRights,
  said?: readonly string[],
): Card {
  const name = displayNameOf(shown.person);
  const lines = said ?? [];
  return {
    title: name,
    summary: lines[0] ?? name,
    blocks: [
      ...lines.map((text): Block => ({ kind: 'text', text })),
      { kind: 'facts', facts: personFacts(peopleWordsIn(reader.locale, rights.isPlus), country, shown) },
      { kind: 'buttons', buttons: personButtons(reader, shown.person, rights) },
    ],
  };
}

/** What is known of somebody; what is not set is left out. */
function personFacts(
  words: Words['peopleAdmin'],
  country: string,
  { person, team, backup, isOut }: AdminPerson,
): Fact[] {
  const number = (value: string | null) => (value === null ? '' : formatNumber(value, country));
  const facts: [string, string][] = [
    [words.username, person.username],
    [words.fields.email, person.email],
    [words.fields.title, [person.title, team].filter((part) => part !== '').join(', ')],
    [words.fields.userType, words.types[person.userType]],
    [words.fields.access, words.accesses[person.access] + (isOut ? ` · ${words.out}` : '')],
    [words.fields.role, words.roles[person.role] ?? person.role],
    [words.fields.extension, person.extension ?? ''],
    [words.fields.did, number(person.did)],
    [words.fields.personalNumber, number(person.personalNumber)],
    [words.fields.agentId, person.agentId ?? ''],
    [words.defaultBackup, backup ?? words.none],
  ];
  return facts.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value }));
}

/** What an admin can do with somebody. */
function personButtons(reader: Reader, person: KnownValues, { mayEdit, isPlus }: PeopleRights): Button[] {
  const words = wordsIn(reader.locale).peopleAdmin;
  const carries = { user: person.id };
  const history: Button = { kind: 'action', action: peopleAdminActions.history, label: words.history, carries };
  if (!mayEdit) return [history];
  const name = displayNameOf(person);
  return [
    { kind: 'form', action: peopleAdminActions.user, label: words.edit, tone: 'main', carries },
    ...(isPlus && hasAccess(person)
      ? [
          {
            kind: 'action',
            action: peopleAdminActions.resetPin,
            label: words.resetPin,
            carries,
            confirm: {
              title: words.resetPinTitle,
              text: words.resetPinText(name),
              yes: words.resetPin,
              no: words.goBack,
            },
          } as const,
        ]
      : []),
    history,
    !hasAccess(person)
      ? { kind: 'action', action: peopleAdminActions.restore, label: words.restore, carries }
      : { kind: 'form', action: peopleAdminActions.deactivate, label: words.deactivate, tone: 'danger', carries },
  ];
}

/** To somebody whose PIN an admin reset. */
export function pinResetCard(reader: Reader): Card {
  const words = wordsIn(reader.locale).peopleAdmin;
  return {
    title: words.pinResetTitle,
    summary: words.pinResetText,
    blocks: [
      { kind: 'text', text: words.pinResetText },
      {
        kind: 'buttons',
        buttons: [{ kind: 'form', action: phoneAccessActions.pin, label: words.pinChoose, tone: 'main', carries: {} }],
      },
    ],
  };
}
