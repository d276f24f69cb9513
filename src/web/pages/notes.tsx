import type { Routes } from '../http/route-helpers.js';
import { browserLocale } from '../http/session.js';
import { notes } from './notes.words.js';

/** `/privacy` and `/terms`: open to everybody, because app stores and callers read them without an account. */
export function notePages({ openPage }: Routes): void {
  for (const name of ['privacy', 'terms'] as const)
    openPage(`/${name}`, async ({ request, response, visitor, frame }) => {
      const locale = visitor?.requester.reader.locale ?? browserLocale(request);
      const { title, sections } = notes[locale][name];
      const children = (
        <div class="card note-page">
          <h1 class="card-title">{title}</h1>
          {sections.map(([heading, text]) => (
            <section>
              <h2 class="card-title">{heading}</h2>
              <p class="text">{text}</p>
            </section>
          ))}
        </div>
      );
      response.send(await frame({ title, children, locale }));
    });
}
