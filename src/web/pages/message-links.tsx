import { z } from 'zod';
import { formatMoment, type Reader } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import { asId, isUuid, type UserId, type VoicemailId } from '../../core/ids.js';
import { effective } from '../../core/settings/why.js';
import { listListens } from '../../core/voicemail/mailbox/listens.js';
import type { LoggedListen } from '../../core/voicemail/mailbox/listens.types.js';
import { linkHolders, linkHoldersOf } from '../../core/voicemail/sharing/live-links.js';
import type { LinkHolder } from '../../core/voicemail/sharing/live-links.types.js';
import { endLinksButton, linkLine, listenerLine } from '../../core/voicemail/sharing/live-links.views.js';
import { Icon } from '../components/icons.js';
import { NotFound, type Routes } from '../http/route-helpers.js';
import { Buttons, type Place } from '../render.js';
import { webWords } from '../web.words.js';

const Listens = z.object({ after: z.string().refine(isUuid).optional().catch(undefined) });

/** Who has a live link to one's messages, and who played a message. */
export function messageLinkPages({ page }: Routes): void {
  page('/messages/links', async ({ deps, request, response, visitor, frame }) => {
    const { reader, actor } = visitor.requester;
    const words = wordsIn(reader.locale).messageList;
    const [holders, days] = await Promise.all([
      linkHolders(deps, actor),
      effective(deps, { tenantId: actor.tenantId, userId: undefined }, 'linkDays'),
    ]);
    const place = { locale: reader.locale, page: request.path };
    const children = (
      <div class="narrow">
        <BackTo href="/messages" label={webWords(reader.locale).allYourMessages} />
        <h1>{words.linksTitle}</h1>
        <p class="hint">
          {words.linksHint} {words.linkLife(days)}
        </p>
        <div id="live">
          {holders.length === 0 ? (
            <p class="empty">{words.noLinks}</p>
          ) : (
            <Holders holders={holders} reader={reader} place={place} self={undefined} voicemailId={undefined} />
          )}
        </div>
      </div>
    );
    response.send(await frame({ title: words.linksTitle, children, live: true }));
  });

  page('/messages/:id/listens', async ({ deps, request, response, visitor, frame }) => {
    const { reader, actor, user } = visitor.requester;
    const words = wordsIn(reader.locale).messageList;
    if (!isUuid(String(request.params.id))) throw new NotFound();
    const id = asId<VoicemailId>(String(request.params.id));
    const { after } = Listens.parse(request.query);
    const [{ listens, next }, holders] = await Promise.all([
      listListens(deps, actor, id, after),
      linkHoldersOf(deps, actor, id),
    ]);
    const place = { locale: reader.locale, page: request.originalUrl };
    const children = (
      <div class="narrow">
        <BackTo href={`/messages/${id}`} label={webWords(reader.locale).back} />
        <h1>{words.listensTitle}</h1>
        <div id="live">
          <section class="log-section" aria-labelledby="listens">
            <h2 id="listens">{words.listens}</h2>
            {listens.length === 0 ? (
              <p class="empty">{words.noListens}</p>
            ) : (
              <ListenLog listens={listens} reader={reader} />
            )}
            {next !== undefined && (
              <nav class="pages" aria-label={webWords(reader.locale).pages}>
                <span />
                <a class="button" rel="next" href={`${request.path}?after=${next}`}>
                  {webWords(reader.locale).older}
                </a>
              </nav>
            )}
          </section>
          {holders.length > 0 && (
            <section class="log-section" aria-labelledby="links">
              <h2 id="links">{words.linksOf}</h2>
              <Holders holders={holders} reader={reader} place={place} self={user.id} voicemailId={id} />
            </section>
          )}
        </div>
      </div>
    );
    response.send(await frame({ title: words.listensTitle, children, live: true }));
  });
}

const BackTo = ({ href, label }: { href: string; label: string }) => (
  <a class="back" href={href}>
    <Icon name="back" />
    {label}
  </a>
);

/** `self`: the viewer, whose own link is ended on the player page. */
const Holders = (props: {
  holders: readonly LinkHolder[];
  reader: Reader;
  place: Place;
  self: UserId | undefined;
  voicemailId: VoicemailId | undefined;
}) => (
  <ul class="log">
    {props.holders.map((holder) => (
      <li class="log-line">
        <div>
          <p class="log-who" dir="auto">
            {holder.userId === props.self ? wordsIn(props.reader.locale).messageList.linkYours : holder.name}
          </p>
          <p class="hint">{linkLine(props.reader, holder)}</p>
        </div>
        {holder.userId !== props.self && (
          <Buttons buttons={[endLinksButton(props.reader, holder.userId, props.voicemailId)]} place={props.place} />
        )}
      </li>
    ))}
  </ul>
);

const ListenLog = ({ listens, reader }: { listens: readonly LoggedListen[]; reader: Reader }) => (
  <ol class="log">
    {listens.map((listen) => (
      <li class="log-line">
        <p class="log-who" dir="auto">
          {listenerLine(reader, listen)}
        </p>
        <time class="hint" dateTime={listen.at.toISOString()}>
          {formatMoment(reader, listen.at)}
        </time>
      </li>
    ))}
  </ol>
);
