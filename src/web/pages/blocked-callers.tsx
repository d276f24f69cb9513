import { z } from 'zod';
import { blockedPage } from '../../core/blocking/blocking.js';
import { blockedLine, nameOf, unblockButton } from '../../core/blocking/blocking.views.js';
import { hasPermission } from '../../core/chat/actor.js';
import { wordsIn } from '../../core/chat/words.js';
import { isUuid } from '../../core/ids.js';
import { Icon } from '../components/icons.js';
import type { Routes } from '../http/route-helpers.js';
import { Buttons, liveTarget } from '../render.js';
import { webWords } from '../web.words.js';

const Blocked = z.object({ after: z.string().refine(isUuid).optional().catch(undefined) });

/** The callers whom a person and their company have blocked, each with Unblock where they may. */
export function blockedCallerPages({ page }: Routes): void {
  page('/settings/blocked', async ({ deps, request, response, visitor, frame }) => {
    const { reader, actor } = visitor.requester;
    const words = wordsIn(reader.locale);
    const { callers, next } = await blockedPage(deps, actor, Blocked.parse(request.query).after);
    const mayEditCompany = hasPermission(actor, 'tenant.edit');
    const place = { locale: reader.locale, page: request.originalUrl, target: liveTarget };
    const children = (
      <div class="narrow">
        <a class="back" href="/settings">
          <Icon name="back" />
          {words.settings.title}
        </a>
        <h1>{words.blocking.title}</h1>
        <p class="hint">{words.blocking.hint}</p>
        <div id="live">
          {callers.length === 0 ? (
            <p class="empty">{words.blocking.none}</p>
          ) : (
            <ul class="log">
              {callers.map((caller) => (
                <li class="log-line">
                  <div>
                    <p class="log-who" dir="auto">
                      {nameOf(caller)}
                    </p>
                    <p class="hint">{blockedLine(reader, caller)}</p>
                  </div>
                  {(caller.userId !== undefined || mayEditCompany) && (
                    <Buttons buttons={[unblockButton(reader.locale, caller)]} place={place} />
                  )}
                </li>
              ))}
            </ul>
          )}
          {next !== undefined && (
            <nav class="pages" aria-label={webWords(reader.locale).pages}>
              <span />
              <a class="button" rel="next" href={`${request.path}?after=${next}`}>
                {webWords(reader.locale).older}
              </a>
            </nav>
          )}
        </div>
      </div>
    );
    response.send(await frame({ title: words.blocking.title, children, live: true }));
  });
}
