import { wordsIn } from '../../../core/chat/words.js';
import { UserError } from '../../../core/errors.js';
import { canonicalId } from '../../../core/ids.js';
import type { TypedTeamsBot } from '../../../core/teams-bots/read-teams-bot.js';
import { listTeamsBots, removeTeamsBot, setTeamsBot } from '../../../core/teams-bots/teams-bots.js';
import { oneLine } from '../../../core/text.js';
import { appPackage } from '../../../manifest/app-package.js';
import { teamsFiles } from '../../../manifest/manifest-files.js';
import { bodyOf } from '../../http/request-body.js';
import { NotFound, type PageRequest, permitted, type Routes } from '../../http/route-helpers.js';
import { BotForm, BotList, BotSteps } from './teams-bots.views.js';
import { teamsBotWords } from './teams-bots.words.js';

const pagePath = '/admin/teams';
const outcomes = ['saved', 'removed'] as const;

/** The fields of the form without the secret, which is never shown again. */
const nothingTyped: Omit<TypedTeamsBot, 'secret'> = { appId: '', entraTenantId: '', type: '' };
/** More than a GUID; the form comes back with no more than this. */
const mostShown = 100;

/** The company's own Teams bots: what there is, setting one, removing one, and its app package. */
export function teamsBotPages({ page, act }: Routes): void {
  page(pagePath, (asked) => show(permitted(asked, 'tenant.edit'), undefined, nothingTyped));

  page(`${pagePath}/:app/app.zip`, async (asked) => {
    const { deps, request, response, visitor } = permitted(asked, 'tenant.edit');
    const appId = canonicalId(String(request.params.app));
    const bots = await listTeamsBots(deps, visitor.requester.tenant.id);
    if (!bots.some((bot) => bot.appId === appId)) throw new NotFound();
    const zipped = await appPackage(teamsFiles({ url: deps.publicUrl, appId }));
    response.attachment('attendant-teams.zip').type('application/zip').send(Buffer.from(zipped));
  });

  act(pagePath, async (asked) => {
    const { deps, request, response, visitor } = permitted(asked, 'tenant.edit');
    const { fields } = bodyOf(request);
    const field = (name: string) => fields.get(name) ?? '';
    const typed = { appId: field('app'), entraTenantId: field('tenant'), type: field('type') };
    try {
      await setTeamsBot(deps, visitor.requester.actor, { ...typed, secret: field('secret') });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const line = error.say(wordsIn(visitor.requester.reader.locale));
      return show({ ...asked, response: response.status(error.status) }, line, typed);
    }
    return response.redirect(303, `${pagePath}?done=saved`);
  });

  act(`${pagePath}/:app/remove`, async (asked) => {
    const { deps, request, response, visitor } = permitted(asked, 'tenant.edit');
    await removeTeamsBot(deps, visitor.requester.actor, String(request.params.app));
    response.redirect(303, `${pagePath}?done=removed`);
  });
}

async function show(
  { deps, request, response, visitor, frame }: PageRequest,
  problem: string | undefined,
  typed: Omit<TypedTeamsBot, 'secret'>,
): Promise<void> {
  const { reader, tenant } = visitor.requester;
  const words = teamsBotWords(reader.locale);
  const bots = await listTeamsBots(deps, tenant.id);
  const done = problem === undefined ? outcomes.find((outcome) => outcome === request.query.done) : undefined;
  const shown = { appId: oneLine(typed.appId, mostShown), entraTenantId: oneLine(typed.entraTenantId, mostShown) };
  const children = (
    <div class="admin-page">
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {done !== undefined && (
        <p class="note" role="status">
          {words[done]}
        </p>
      )}
      <BotList bots={bots} reader={reader} />
      {deps.teamsLogin ? (
        <>
          <BotForm words={words} problem={problem} typed={{ ...shown, type: typed.type }} />
          <BotSteps words={words} publicUrl={deps.publicUrl} />
        </>
      ) : (
        <p class="note">{problem ?? wordsIn(reader.locale).teamsBots.teamsOff}</p>
      )}
    </div>
  );
  response.send(await frame({ title: words.title, children, from: pagePath }));
}
