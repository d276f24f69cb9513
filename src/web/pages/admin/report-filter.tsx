import type { Locale } from '../../../core/chat/phrasing.js';
import { wordsIn } from '../../../core/chat/words.js';
import { companyLists } from '../../../core/reports/company-lists.js';
import type { TypedListFilter } from '../../../core/reports/list-filter.js';
import type { ListName } from '../../../core/reports/list-names.js';
import { PersonFilter, type TypedPeople } from '../../components/person-filter.js';

/** The page, or a file, of what a filter selects of a list. */
export function listAddress(
  name: ListName,
  {
    filter = {},
    after,
    format,
  }: { readonly filter?: TypedListFilter; readonly after?: string; readonly format?: 'csv' | 'json' } = {},
): string {
  const query = new URLSearchParams(
    Object.entries({ ...filter, after }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  const page = `/admin/reports/${name}${format === undefined ? '' : `.${format}`}`;
  return query.size === 0 ? page : `${page}?${query}`;
}

/** The form by which a list is narrowed; nothing where it cannot be. */
export function ReportFilter(props: {
  name: ListName;
  filter: TypedListFilter;
  personName: string | undefined;
  typed: TypedPeople<'person'>;
  locale: Locale;
}) {
  const { name, filter, personName, typed, locale } = props;
  const fields = companyLists[name].narrowedBy ?? [];
  if (fields.length === 0) return null;
  const words = wordsIn(locale).reports.filter;
  const isEmpty = Object.values(filter).every((value) => value === undefined);
  return (
    <search class="filters">
      <form class="record-filter panel" method="get" action={listAddress(name)}>
        {fields.includes('person') && (
          <PersonFilter
            name="person"
            label={words.person}
            chosen={{ id: filter.person, name: personName }}
            typed={typed}
            locale={locale}
          />
        )}
        {fields.includes('days') &&
          (['from', 'until'] as const).map((field) => (
            <div class="field">
              <label for={field}>{words[field]}</label>
              <input id={field} type="date" name={field} value={filter[field] ?? ''} />
            </div>
          ))}
        <div class="buttons">
          <button class="button main" type="submit">
            {words.show}
          </button>
          {!isEmpty && (
            <a class="button" href={listAddress(name)}>
              {words.clear}
            </a>
          )}
        </div>
      </form>
    </search>
  );
}
