import { auditCardOf } from '../../../core/audit/load-audit-card.js';
import { hasPermission } from '../../../core/chat/actor.js';
import { wordsIn } from '../../../core/chat/words.js';
import { idIn, personCardOf } from '../../../core/people-admin/person-card.js';
import { Icon } from '../../components/icons.js';
import { permitted, type Routes } from '../../http/route-helpers.js';
import { CardView } from '../../render.js';

/** One person for those who look after people: who they are, what can be done, and what is on record about them. */
export function adminPersonPage({ page }: Routes): void {
  page('/admin/people/:id', async (asked) => {
    const { deps, request, response, visitor, frame } = permitted(asked, 'users.view');
    const { requester } = visitor;
    const id = idIn({ user: String(request.params.id) });
    const card = await personCardOf(deps, requester, id);
    const maySeeRecord = hasPermission(requester.actor, 'audit.view') || id === requester.user.id;
    const history = maySeeRecord ? await auditCardOf(deps, requester, { user: id }) : undefined;
    const { locale } = requester.reader;
    const place = { locale, page: request.path };
    const words = wordsIn(locale).peopleAdmin;
    const children = (
      <div class="narrow admin-person">
        <p>
          <a class="back" href="/admin/people">
            <Icon name="back" />
            {words.people}
          </a>
        </p>
        <CardView card={card} place={place} level={1} />
        {history && (
          <div id="history">
            <CardView card={{ ...history, title: words.history }} place={place} />
          </div>
        )}
      </div>
    );
    response.send(await frame({ title: card.title, children }));
  });
}
