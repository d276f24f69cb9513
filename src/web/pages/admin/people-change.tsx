import { wordsIn } from '../../../core/chat/words.js';
import { UserError } from '../../../core/errors.js';
import { changeResult } from '../../../core/people-admin/bulk/change-result.js';
import { findChange } from '../../../core/people-admin/bulk/people-change.js';
import { changeCardOf } from '../../../core/people-admin/bulk/people-change-card.js';
import { Icon } from '../../components/icons.js';
import { type PageRequest, permitted, type Routes } from '../../http/route-helpers.js';
import { CardView } from '../../render.js';
import { webWords } from '../../web.words.js';
import { sendExport } from './send-file.js';

/** A change of many people: how far it is, what came of it, and that as a file. */
export function peopleChangePages({ page }: Routes): void {
  page('/admin/people/changes/:id', async (asked) => {
    const { deps, request, response, visitor, frame } = asked;
    const id = changeId(asked);
    const { reader, tenant } = visitor.requester;
    const words = wordsIn(reader.locale);
    const [card, state] = await Promise.all([
      changeCardOf(deps, tenant.id, id, reader),
      findChange(deps.db, tenant.id, id),
    ]);
    if (!card || !state) throw new UserError(({ peopleChange }) => peopleChange.gone, 404);
    const { updated, unchanged, refused, kept } = state.counts;
    const children = (
      <div class="narrow">
        <p>
          <a class="back" href="/admin/people">
            <Icon name="back" />
            {words.peopleAdmin.people}
          </a>
        </p>
        <div id="live" class="narrow">
          {state.status === 'waiting' && (
            <progress
              class="change-progress"
              value={updated + unchanged + refused + kept}
              max={Math.max(1, state.total)}
              aria-label={card.title}
            />
          )}
          <CardView card={card} place={{ locale: reader.locale, page: request.path }} level={1} />
          {state.status !== 'waiting' && (
            <p>
              <a class="button" href={`/admin/people/changes/${id}/result.csv`} download>
                <Icon name="download" />
                {webWords(reader.locale).download}
              </a>
            </p>
          )}
        </div>
      </div>
    );
    response.send(await frame({ title: card.title, children, live: true }));
  });

  page('/admin/people/changes/:id/result.csv', async (asked) => {
    const id = changeId(asked);
    const { tenant } = asked.visitor.requester;
    const pieces = await changeResult(asked.deps, tenant.id, id);
    if (!pieces) throw new UserError(({ peopleChange }) => peopleChange.gone, 404);
    await sendExport(asked.response, tenant.id, { name: `people-${id.slice(0, 8)}`, format: 'csv', pieces });
  });
}

const changeId = (asked: PageRequest): string => String(permitted(asked, 'bulk').request.params.id);
