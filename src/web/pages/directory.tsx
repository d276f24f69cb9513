import { dispatch } from '../../core/chat/dispatch.js';
import { FormView } from '../form.js';
import { Icon } from '../icons.js';
import { readCommand } from '../read.js';
import { CardView } from '../render.js';
import type { Routes } from '../routes.js';
import { webWords } from '../web.words.js';

/** Find a person: the same search, and the same card, as `/attendant find`. */
export function directoryPage({ deps, page }: Routes): void {
  page('/directory', async ({ request, response, visitor, frame }) => {
    const { locale } = visitor.asker.reader;
    const words = webWords(locale);
    const query = String(request.query.q ?? '').trim();
    const fields = new URLSearchParams({ text: `find ${query}` });
    const answer =
      query === '' ? undefined : await dispatch(deps, readCommand(visitor.from, { fields, files: new Map() }));
    const place = { locale, page: request.originalUrl };

    const children = (
      <div class="narrow">
        <h1>{words.findPerson}</h1>
        <search>
          <form
            class="finder"
            method="get"
            action="/directory"
            hx-get="/directory"
            hx-trigger="submit, input changed delay:250ms from:#who"
            hx-select="#found"
            hx-target="#found"
            hx-swap="outerHTML"
            hx-sync="this:queue last"
          >
            <label class="unseen" for="who">
              {words.findHint}
            </label>
            <Icon name="search" />
            <input
              id="who"
              type="search"
              name="q"
              dir="auto"
              value={query}
              maxLength={200}
              placeholder={words.findHint}
              autoComplete="off"
            />
            <button class="button main" type="submit">
              {words.find}
            </button>
          </form>
        </search>
        <div id="found" aria-live="polite">
          {(answer?.kind === 'say' || answer?.kind === 'replace') && <CardView card={answer.card} place={place} />}
          {(answer?.kind === 'open' || answer?.kind === 'invalid') && (
            <FormView form={answer.form} place={place} sheet={false} />
          )}
        </div>
      </div>
    );
    response.send(await frame({ title: words.directory, children }));
  });
}
