import { randomUUID } from 'node:crypto';
import { renderToString } from 'preact-render-to-string';
import type { Reader } from '../../core/chat/phrasing.js';
import type { Button } from '../../core/chat/view.js';
import { type Words, wordsIn } from '../../core/chat/words.js';
import type { Deps } from '../../core/deps.js';
import { directoryActions } from '../../core/directory/directory.action-ids.js';
import { type FoundPerson, personCard, stateLine } from '../../core/directory/directory.views.js';
import { type ReachablePerson, reachPerson } from '../../core/directory/find-people.js';
import { UserError } from '../../core/errors.js';
import { titleAndTeam } from '../../core/people/person.js';
import { telLink } from '../../core/phone-number.js';
import { mayExplain } from '../../core/routing/explain/explain-for.js';
import { leaveMessage, recipientOf } from '../../core/voicemail/arrival/leave-from-app.js';
import { Icon } from '../components/icons.js';
import { Face } from '../components/people-list.js';
import { Recorder, recorderForm } from '../components/recorder.js';
import { bodyOf } from '../http/request-body.js';
import type { PageRequest, Routes } from '../http/route-helpers.js';
import { personAddress, routeAddress } from '../page-links.js';
import { isFromScript } from '../read.js';
import { Buttons, type Place } from '../render.js';
import { webWords } from '../web.words.js';

/** A person's page: role, presence, ways to reach them; and the page on which to leave them a message. */
export function personRoutes({ page, act }: Routes): void {
  page('/people/:id', async ({ deps, request, response, visitor, frame }) => {
    const { reader, tenant } = visitor.requester;
    const reached = await personAt(deps, { request, visitor });
    const place = { locale: reader.locale, page: request.path };
    const children = (
      <PersonPage
        reached={reached}
        reader={reader}
        country={tenant.country}
        place={place}
        sent={request.query.sent !== undefined}
        seesRoute={mayExplain(visitor.requester, reached.found.person.id)}
      />
    );
    response.send(await frame({ title: reached.found.person.displayName, children }));
  });

  page('/people/:id/message', (asked) => showForm(asked, randomUUID(), undefined));

  act('/people/:id/message', leave, { takesFile: () => true });

  async function leave(asked: PageRequest) {
    const { deps, request, response, visitor } = asked;
    const { fields, files } = bodyOf(request);
    const recipientId = String(request.params.id);
    const once = /^[\w-]{8,64}$/.exec(fields.get('_once') ?? '')?.[0] ?? randomUUID();
    try {
      const audio = files.get('audio')?.content ?? Buffer.alloc(0);
      await leaveMessage(deps, visitor.requester, { recipientId, audio, once });
    } catch (error) {
      if (!(error instanceof UserError) || error.status === 404) throw error;
      const line = error.say(wordsIn(visitor.requester.reader.locale));
      // The recording stays in the form, to be played, replaced and sent again.
      if (isFromScript(request))
        return void response
          .status(422)
          .type('html')
          .send(renderToString(<Problem line={line} />));
      return showForm({ ...asked, response: response.status(422) }, once, line);
    }
    const done = `${personAddress(recipientId)}?sent`;
    return isFromScript(request) ? response.set('HX-Redirect', done).status(204).end() : response.redirect(303, done);
  }

  async function showForm(
    { deps, request, response, visitor, frame }: PageRequest,
    once: string,
    problem: string | undefined,
  ) {
    const { requester } = visitor;
    const { locale } = requester.reader;
    const person = await recipientOf(deps, requester, String(request.params.id));
    const { found } = await personAt(deps, { request, visitor });
    const title = wordsIn(locale).directory.messageTitle(person.displayName);
    const children = (
      <MessagePage title={title} found={found} reader={requester.reader} once={once} problem={problem} />
    );
    response.send(await frame({ title, children, scripts: ['leave-message.js'] }));
  }
}

async function personAt(
  deps: Deps,
  { request, visitor }: Pick<PageRequest, 'request' | 'visitor'>,
): Promise<ReachablePerson> {
  const reached = await reachPerson(deps, visitor.requester, String(request.params.id));
  if (!reached) throw new UserError((words) => words.directory.gone, 404);
  return reached;
}

function PersonPage(props: {
  reached: ReachablePerson;
  reader: Reader;
  country: string;
  place: Place;
  sent: boolean;
  seesRoute: boolean;
}) {
  const { reached, reader, country, place, sent, seesRoute } = props;
  const { found } = reached;
  const { person } = found;
  const words = wordsIn(reader.locale);
  const own = webWords(reader.locale);
  const card = personCard(reader, country, found);
  const facts = card.blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
  const buttons = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  // These two are shown in the head of the page.
  const headed = [words.directory.title, words.outOfOffice.factState];
  const did = telLink(person.did ?? '');
  return (
    <div class="narrow person-page">
      <BackLink href="/directory" label={own.directory} />
      {sent && (
        <p class="sent" role="status">
          <Icon name="check" />
          <span dir="auto">{own.messageSent(person.displayName)}</span>
        </p>
      )}
      <PersonHead found={found} reader={reader} title={person.displayName} />
      <div class="card">
        <dl class="facts">
          {facts
            .filter(({ label }) => !headed.includes(label))
            .map(({ label, value }) => (
              <div>
                <dt>{label}</dt>
                <dd dir="auto">{label === words.directory.did && did ? <a href={did}>{value}</a> : value}</dd>
              </div>
            ))}
        </dl>
        {buttons.length > 0 && <Buttons buttons={withDialLinks(buttons, reached, words)} place={place} />}
        {found.isAsker && <p class="note">{own.thisIsYou}</p>}
        {seesRoute && (
          <p class="note">
            <a href={routeAddress(person.id)}>{own.route}</a>
          </p>
        )}
      </div>
    </div>
  );
}

/** Turn numbers into links that open a phone: the person's own number, else the company's followed by the extension. */
function withDialLinks(
  buttons: readonly Button[],
  { found: { person }, mainNumber }: ReachablePerson,
  words: Words,
): Button[] {
  const number = person.did ?? (mainNumber && person.extension ? `${mainNumber},${person.extension}` : undefined);
  return buttons.flatMap((button): Button[] => {
    if (button.action !== directoryActions.call) return [button];
    const { action } = button;
    return number ? [{ kind: 'link', action, label: words.directory.call, tone: 'main', url: `tel:${number}` }] : [];
  });
}

function MessagePage(props: {
  title: string;
  found: FoundPerson;
  reader: Reader;
  once: string;
  problem: string | undefined;
}) {
  const { title, found, reader, once, problem } = props;
  const words = webWords(reader.locale);
  const back = personAddress(found.person.id);
  const action = `${back}/message`;
  return (
    <div class="narrow person-page">
      <BackLink href={back} label={found.person.displayName} />
      <PersonHead found={found} reader={reader} title={title} />
      <form
        class="card leave"
        method="post"
        action={action}
        enctype="multipart/form-data"
        hx-post={action}
        hx-encoding="multipart/form-data"
        hx-target="#leave-problem"
        hx-swap="outerHTML"
        hx-disabled-elt="find [data-leave]"
        {...recorderForm(words)}
      >
        <Problem line={problem} />
        <Recorder words={words} />
        <input type="hidden" name="_once" value={once} />
        <p class="note">{words.messageHow}</p>
        <div class="buttons end">
          <a class="button" href={back}>
            {wordsIn(reader.locale).chat.cancel}
          </a>
          <button class="button main" type="submit" data-leave>
            <Icon name="send" />
            <span>{words.sendMessage}</span>
          </button>
        </div>
      </form>
    </div>
  );
}

/** The reason why the message was refused; empty until then. */
const Problem = ({ line }: { line: string | undefined }) => (
  <div id="leave-problem" class={line === undefined ? undefined : 'trouble'} role="alert">
    {line !== undefined && (
      <>
        <Icon name="alert" />
        <p dir="auto">{line}</p>
      </>
    )}
  </div>
);

/** A link back to the page from which this one is reached. */
export const BackLink = ({ href, label }: { href: string; label: string }) => (
  <a class="back" href={href}>
    <Icon name="back" />
    <span dir="auto">{label}</span>
  </a>
);

const PersonHead = ({ found, reader, title }: { found: FoundPerson; reader: Reader; title: string }) => (
  <header class="person-head">
    <Face name={found.person.displayName} away={found.absence !== undefined} />
    <div>
      <h1 dir="auto">{title}</h1>
      {titleAndTeam(found.person) !== '' && (
        <p class="lead" dir="auto">
          {titleAndTeam(found.person)}
        </p>
      )}
      <p class={`person-state${found.absence ? ' away' : ''}`}>{stateLine(reader, found)}</p>
    </div>
  </header>
);
