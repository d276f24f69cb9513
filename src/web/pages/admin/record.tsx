import { recordTitle } from '../../../core/audit/audit.views.js';
import {
  type AuditFilter,
  auditGroupsIn,
  carriedAuditFilter,
  lineFilterOf,
  readAuditFilter,
  wholeGroup,
} from '../../../core/audit/audit-filter.js';
import { lineNumberIn, type RecordPage, readRecord } from '../../../core/audit/audit-record.js';
import { chainState } from '../../../core/audit/verify-chain.js';
import type { Locale } from '../../../core/chat/phrasing.js';
import { type Words, wordsIn } from '../../../core/chat/words.js';
import { recordPieces } from '../../../core/reports/export-list.js';
import { Icon } from '../../components/icons.js';
import { OlderPages } from '../../components/older-pages.js';
import { PersonFilter, type TypedPeople, typedPeople } from '../../components/person-filter.js';
import { RecordLines } from '../../components/record-lines.js';
import { NotFound, permitted, type Routes } from '../../http/route-helpers.js';
import { webWords } from '../../web.words.js';
import { sendExport } from './send-file.js';

type AuditWords = Words['audit'];

const linesOnPage = 50;
const address = '/admin/record';

/** The record of the company for those who may read it: filtered, paged by key, and as a file. */
export function recordRoutes({ page }: Routes): void {
  page('/admin/record.:format', async (asked) => {
    const { deps, request, response, visitor } = permitted(asked, 'audit.view');
    const { tenant, reader } = visitor.requester;
    const { format } = request.params;
    if (format !== 'csv' && format !== 'json') throw new NotFound();
    const pieces = recordPieces(deps, tenant.id, lineFilterOf(reader, readAuditFilter(request.query)), format);
    await sendExport(response, tenant.id, { name: 'audit', format, pieces });
  });

  page(address, async (asked) => {
    const { deps, request, response, visitor, frame } = permitted(asked, 'audit.view');
    const { requester } = visitor;
    const { reader, tenant } = requester;
    const typed = await typedPeople(asked, ['user', 'actor']);
    const filter = { ...readAuditFilter(request.query), ...typed.people };
    // The fields send a name and an id; the address that is kept and shared has the id alone.
    if (typed.isTyped && Object.keys(typed.problems).length === 0) return response.redirect(303, addressOf(filter));
    const before = lineNumberIn(typeof request.query.before === 'string' ? request.query.before : undefined);
    const found = await readRecord(deps, requester, filter, { before, size: linesOnPage });
    const chain = await chainState(deps, tenant.id);
    const words = wordsIn(reader.locale).audit;
    const children = (
      <div class="admin-page">
        <h1>{words.record}</h1>
        <p class="lead">{words.recordLead}</p>
        <FilterForm page={found} locale={reader.locale} isPlus={tenant.edition === 'attendant_plus'} typed={typed} />
        <section class="panel" aria-labelledby="found">
          <h2 id="found" dir="auto">
            {recordTitle(words, found)}
          </h2>
          {found.lines.length === 0 ? (
            <p class="hint">{words.nothingFound}</p>
          ) : (
            <RecordLines lines={found.lines} reader={reader} label={recordTitle(words, found)} linksSessions />
          )}
          <OlderPages
            page={addressOf(found.filter)}
            locale={reader.locale}
            before={found.before === undefined ? undefined : String(found.before)}
            isLater={found.isLater}
          />
          <Downloads words={words} filter={found.filter} />
        </section>
        <p class={chain.isSigned ? 'note' : 'warned'}>
          <Icon name={chain.isSigned ? 'lock' : 'alert'} />{' '}
          {chain.isSigned ? words.sealed(chain.lines.toLocaleString(`${reader.locale}-CA`)) : words.notSealed}
        </p>
      </div>
    );
    response.send(await frame({ title: words.record, children }));
  });
}

const Downloads = ({ words, filter }: { words: AuditWords; filter: AuditFilter }) => (
  <div class="buttons">
    {(['csv', 'json'] as const).map((format) => (
      <a class="button" href={addressOf(filter, `${address}.${format}`)} download>
        <Icon name="download" />
        {words[format]}
      </a>
    ))}
  </div>
);

function FilterForm(props: {
  page: RecordPage;
  locale: Locale;
  isPlus: boolean;
  typed: TypedPeople<'user' | 'actor'>;
}) {
  const { page, locale, isPlus, typed } = props;
  const words = wordsIn(locale).audit;
  const { filter } = page;
  return (
    <search class="filters">
      <form class="record-filter panel" method="get" action={address}>
        {(['user', 'actor'] as const).map((name) => (
          <PersonFilter
            name={name}
            label={words[name]}
            chosen={{ id: filter[name], name: page.names[name] }}
            typed={typed}
            locale={locale}
          />
        ))}
        <div class="field">
          <label for="event">{words.event}</label>
          <select id="event" name="event">
            <option value="">{words.anyEvent}</option>
            {auditGroupsIn(isPlus).map(([group, events]) => (
              <optgroup label={words.groups[group]}>
                <option value={wholeGroup(group)} selected={filter.event === wholeGroup(group)}>
                  {words.allOf(words.groups[group])}
                </option>
                {events.map((event) => (
                  <option value={event} selected={filter.event === event}>
                    {words.events[event]}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </div>
        {(['from', 'until'] as const).map((name) => (
          <div class="field">
            <label for={name}>{words[name]}</label>
            <input id={name} type="date" name={name} value={filter[name] ?? ''} />
          </div>
        ))}
        {filter.session && <input type="hidden" name="session" value={filter.session} />}
        <div class="buttons">
          <button class="button main" type="submit">
            {words.show}
          </button>
          {addressOf(filter) !== address && (
            <a class="button" href={address}>
              {words.clear}
            </a>
          )}
        </div>
      </form>
      {filter.session && (
        <a class="chip" href={addressOf({ ...filter, session: undefined })}>
          {words.session}
          <Icon name="close" />
          <span class="unseen">{webWords(locale).close}</span>
        </a>
      )}
    </search>
  );
}

/** The page, or a file, of what this filter selects. */
function addressOf(filter: AuditFilter, of: string = address): string {
  const query = new URLSearchParams(carriedAuditFilter(filter));
  return query.size === 0 ? of : `${of}?${query}`;
}
