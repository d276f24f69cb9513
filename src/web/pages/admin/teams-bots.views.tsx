import { formatMoment, type Reader } from '../../../core/chat/phrasing.js';
import type { TypedTeamsBot } from '../../../core/teams-bots/read-teams-bot.js';
import { teamsBotTypes } from '../../../core/teams-bots/teams-bot.types.js';
import type { ListedTeamsBot } from '../../../core/teams-bots/teams-bots.js';
import { Icon } from '../../components/icons.js';
import { type TeamsBotWords, teamsBotWords } from './teams-bots.words.js';

/** The company's bots, each with its app package and its removal. */
export function BotList({ bots, reader }: { bots: readonly ListedTeamsBot[]; reader: Reader }) {
  const words = teamsBotWords(reader.locale);
  if (bots.length === 0) return <p class="empty">{words.none}</p>;
  return (
    <section class="panel" aria-labelledby="bots">
      <h2 id="bots">{words.bots}</h2>
      <ul class="teams-bots">
        {bots.map((bot) => (
          <BotRow bot={bot} reader={reader} />
        ))}
      </ul>
    </section>
  );
}

function BotRow({ bot, reader }: { bot: ListedTeamsBot; reader: Reader }) {
  const words = teamsBotWords(reader.locale);
  const address = `/admin/teams/${bot.appId}`;
  const facts = [
    [words.appId, bot.appId],
    [words.entraTenant, bot.entraTenantId],
    [words.type, words.types[bot.type]],
    [words.setAt, formatMoment(reader, bot.setAt)],
  ];
  return (
    <li>
      <dl class="facts">
        {facts.map(([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!bot.isReadable && (
        <p class="warned" role="alert">
          {words.secretUnreadable}
        </p>
      )}
      <div class="buttons">
        <a class="button" href={`${address}/app.zip`} download>
          <Icon name="download" />
          {words.download}
        </a>
      </div>
      <details>
        <summary>{words.removeOf(bot.appId)}</summary>
        <form method="post" action={`${address}/remove`}>
          <p class="hint">{words.removeHint}</p>
          <button type="submit" class="button danger">
            {words.remove}
          </button>
        </form>
      </details>
    </li>
  );
}

interface BotFormProps {
  readonly words: TeamsBotWords;
  readonly problem: string | undefined;
  readonly typed: Omit<TypedTeamsBot, 'secret'>;
}

/** Takes the credentials of a bot. A secret that was typed never comes back to the page. */
export const BotForm = ({ words, problem, typed }: BotFormProps) => (
  <form class="panel" method="post" action="/admin/teams" autocomplete="off">
    <h2>{words.add}</h2>
    {problem !== undefined && (
      <div class="trouble" role="alert">
        <Icon name="alert" />
        <p dir="auto">{problem}</p>
      </div>
    )}
    <GuidField name="app" label={words.appId} hint={words.appIdHint} value={typed.appId} />
    <GuidField name="tenant" label={words.entraTenant} hint={words.entraTenantHint} value={typed.entraTenantId} />
    <div class="field">
      <label for="type">{words.type}</label>
      <select id="type" name="type" aria-describedby="type-hint">
        {teamsBotTypes.map((type) => (
          <option value={type} selected={type === typed.type}>
            {words.types[type]}
          </option>
        ))}
      </select>
      <p class="hint" id="type-hint">
        {words.typeHint}
      </p>
    </div>
    <div class="field">
      <label for="secret">{words.secret}</label>
      <input
        id="secret"
        type="password"
        name="secret"
        required
        maxlength={500}
        autocomplete="new-password"
        aria-describedby="secret-hint"
      />
      <p class="hint" id="secret-hint">
        {words.secretHint}
      </p>
    </div>
    <div class="buttons">
      <button type="submit" class="button main">
        {words.save}
      </button>
    </div>
  </form>
);

function GuidField({ name, label, hint, value }: { name: string; label: string; hint: string; value: string }) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        type="text"
        name={name}
        value={value}
        required
        maxlength={100}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={`${name}-hint`}
      />
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    </div>
  );
}

/** What an admin does at Microsoft. */
export const BotSteps = ({ words, publicUrl }: { words: TeamsBotWords; publicUrl: string }) => (
  <section class="panel" aria-labelledby="steps">
    <h2 id="steps">{words.steps}</h2>
    <ol class="teams-steps">
      <li>
        {words.stepEndpoint} <code class="typed">{publicUrl}/api/messages</code>
      </li>
      <li>{words.stepChannel}</li>
      <li>{words.stepResource(new URL(publicUrl).host)}</li>
      <li>{words.stepUpload}</li>
    </ol>
  </section>
);
