import type { Locale } from '../../core/chat/phrasing.js';
import { readPersonField } from '../../core/directory/person-field.js';
import type { UserId } from '../../core/ids.js';
import type { PageRequest } from '../http/route-helpers.js';
import { PersonControl } from './form-field.js';

/** The people of a filter as its fields sent them, what was made of them, and what could not be. */
export interface TypedPeople<Field extends string> {
  /** The fields were sent, with names; otherwise the address has ids. */
  readonly isTyped: boolean;
  readonly people: Readonly<Partial<Record<Field, UserId | undefined>>>;
  readonly names: Readonly<Partial<Record<Field, string>>>;
  readonly problems: Readonly<Partial<Record<Field, string>>>;
}

/** Read the people whom the fields of a filter name, by the suggestion that was chosen or by what was typed. */
export async function typedPeople<Field extends string>(
  { deps, request: { query }, visitor }: PageRequest,
  fields: readonly Field[],
): Promise<TypedPeople<Field>> {
  const people: Partial<Record<Field, UserId | undefined>> = {};
  const names: Partial<Record<Field, string>> = {};
  const problems: Partial<Record<Field, string>> = {};
  const isTyped = fields.some((field) => `${field}~id` in query);
  for (const field of isTyped ? fields : []) {
    const name = String(query[field] ?? '').trim();
    const isChosen = name === String(query[`${field}~name`] ?? '').trim();
    people[field] = undefined;
    if (name === '') continue;
    const chosen = await readPersonField(deps, visitor.requester, isChosen ? String(query[`${field}~id`]) : name);
    if (chosen.kind === 'problem') {
      names[field] = name;
      problems[field] = chosen.line;
    } else people[field] = chosen.person.id;
  }
  return { isTyped, people, names, problems };
}

/** The field of a filter that takes a person. `chosen`: by whom the page is narrowed now. */
export function PersonFilter<Field extends string>(props: {
  name: Field;
  label: string;
  chosen: { readonly id: UserId | undefined; readonly name: string | undefined };
  typed: TypedPeople<Field>;
  locale: Locale;
}) {
  const { name, label, chosen, typed, locale } = props;
  const problem = typed.problems[name];
  const value = { value: chosen.id ?? '', label: typed.names[name] ?? chosen.name ?? '' };
  const field = { kind: 'person', name, label, required: false, value } as const;
  return (
    <div class={`field${problem === undefined ? '' : ' wrong'}`}>
      <label for={name}>{label}</label>
      {problem !== undefined && (
        <p class="problem" id={`${name}-problem`} dir="auto">
          {problem}
        </p>
      )}
      <PersonControl field={problem === undefined ? field : { ...field, problem }} locale={locale} />
    </div>
  );
}
