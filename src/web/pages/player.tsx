import type { Request, Response } from 'express';
import { renderToString } from 'preact-render-to-string';
import { formatDuration, formatMoment, type Locale, type Reader } from '../../core/chat/phrasing.js';
import type { Block, Card } from '../../core/chat/view.js';
import { wordsIn } from '../../core/chat/words.js';
import type { Deps } from '../../core/deps.js';
import { UserError } from '../../core/errors.js';
import { formatNumber, telLink } from '../../core/phone-number.js';
import { firstCharacters } from '../../core/text.js';
import { maySeeListens } from '../../core/voicemail/mailbox/listens.js';
import { cardForRequester } from '../../core/voicemail/mailbox/load-voicemail-card.js';
import { markHeard } from '../../core/voicemail/mailbox/mark-heard.js';
import {
  LinkClosed,
  MessageGone,
  openPlayer,
  type Player,
  requestSignIn,
  SignInFirst,
} from '../../core/voicemail/sharing/player-link.js';
import { audioFileName, titleOf } from '../../core/voicemail/voicemail.views.js';
import { Icon } from '../components/icons.js';
import type { AudioSender } from '../http/audio-sender.js';
import type { GuessLimits } from '../http/guess-limits.js';
import type { Routes } from '../http/route-helpers.js';
import { browserLocale } from '../http/session.js';
import type { Visitor } from '../http/visitor.js';
import { isFromScript } from '../read.js';
import { BlockView, CardView, liveTarget, type Place } from '../render.js';
import { webWords } from '../web.words.js';
import { SorryPage } from './sign-in.pages.js';

/** The page behind a message's personal link: its waveform, its transcript and its actions. */
export function playerRoutes({ openPage, openAct }: Routes, sendAudio: AudioSender, guesses: GuessLimits): void {
  /** A HEAD request is not recorded as opening. */
  const open = (asked: { deps: Deps; request: Request; visitor: Visitor | undefined }): Promise<Player> =>
    guesses.openingLink(asked.request, () =>
      openPlayer(asked.deps, tokenIn(asked.request), asked.visitor?.requester.actor, {
        silently: asked.request.method === 'HEAD',
      }),
    );

  openPage('/v/:token', async ({ deps, request, response, visitor, frame }) => {
    const token = tokenIn(request);
    const player = await open({ deps, request, visitor }).catch((error) => insteadOfPlayer(error));
    if (typeof player === 'string') return void response.send(player);
    if (request.method === 'HEAD') return void response.type('html').end();
    const reader = visitor?.requester.reader ?? player.reader;
    const card = visitor && (await cardForRequester(deps, visitor.requester, player.voicemail.id, 'player'));
    const { voicemail: words } = wordsIn(reader.locale);
    const title = card?.title ?? titleOf(words, player.voicemail);
    const children = (
      <PlayerPage
        {...{ player, reader, token, title, card }}
        page={request.path}
        seesListens={visitor !== undefined && (await maySeeListens(deps, visitor.requester.actor, player.voicemail.id))}
      />
    );
    const scripts = ['player.js'];
    response.send(await frame({ title, children, scripts, live: visitor !== undefined, locale: reader.locale }));

    /** The person who deleted the message can restore it here; an open page has replaced its buttons already. */
    async function insteadOfPlayer(error: unknown): Promise<string> {
      if (error instanceof MessageGone && visitor) {
        const card = await cardForRequester(deps, visitor.requester, error.id, 'player');
        const place = { locale: visitor.requester.reader.locale, page: request.path };
        const children = isFromScript(request) ? (
          <DeletedMessage card={card} place={place} />
        ) : (
          <GonePage card={card} place={place} />
        );
        return frame({ title: card.title, children });
      }
      if (isFromScript(request) && error instanceof UserError) {
        const locale = error instanceof LinkClosed ? error.locale : browserLocale(request);
        return renderToString(<Ended line={error.say(wordsIn(locale))} />);
      }
      if (!(error instanceof SignInFirst)) throw error;
      const { locale } = error;
      response.status(403);
      return frame({ title: webWords(locale).listen, children: <SignInFirstPage {...{ locale, token }} />, locale });
    }
  });

  openAct('/v/:token/sign-in', async ({ deps, request, response, frame }) => {
    guesses.signInCard(request);
    const locale = await guesses.openingLink(request, () => requestSignIn(deps, tokenIn(request)));
    const children = (
      <SorryPage title={webWords(locale).signInSent} line={webWords(locale).signInSentHow} locale={locale} />
    );
    response.send(await frame({ title: webWords(locale).signInSent, children, locale }));
  });

  openPage('/v/:token/audio', async ({ deps, request, response, visitor }) => {
    const { actor, voicemail } = await open({ deps, request, visitor });
    // Without our script the only sign that the player was started is the request for audio.
    const heard = request.query.play !== undefined && bytesWentOut(request, response);
    await sendAudio(request, response, voicemail.recording);
    if (await heard) await markHeard(deps, actor, voicemail.id);
  });

  openPage('/v/:token/download', async ({ deps, request, response, visitor }) => {
    const player = await open({ deps, request, visitor });
    if (!player.downloadsAllowed) throw new UserError((words) => words.chat.notAllowed, 403);
    const { recording, receivedAt, id } = player.voicemail;
    const heard = bytesWentOut(request, response);
    await sendAudio(
      request,
      response,
      recording,
      audioFileName(receivedAt, player.reader.timeZone, recording.mimeType),
    );
    if (await heard) await markHeard(deps, player.actor, id);
  });

  openAct('/v/:token/heard', async ({ deps, request, response, visitor }) => {
    const { actor, voicemail } = await open({ deps, request, visitor });
    await markHeard(deps, actor, voicemail.id);
    response.status(204).end();
  });
}

const tokenIn = (request: Request): string => String(request.params.token);

/** More than the headers of any answer of ours. */
const headAtMost = 4096;

/**
 * Resolve to true once bytes of the body were sent for a person, to false when the answer ends without. HEAD and
 * conditional requests and prefetches are not a person playing.
 */
function bytesWentOut(request: Request, response: Response): Promise<boolean> {
  if (request.method !== 'GET' || conditionalHeaders.some((header) => request.get(header) !== undefined))
    return neverHeard;
  const { socket } = request;
  const before = socket.bytesWritten;
  const isAudio = () => response.statusCode === 200 || response.statusCode === 206;
  return new Promise((resolve) => {
    response.on('drain', () => {
      if (isAudio() && socket.bytesWritten - before > headAtMost) resolve(true);
    });
    response.once('close', () =>
      resolve(isAudio() && (response.writableFinished || socket.bytesWritten - before > headAtMost)),
    );
  });
}

const neverHeard = Promise.resolve(false);

/** The headers of conditional requests, prefetches and previews, by the names that old and new browsers use. */
const conditionalHeaders = [
  'if-none-match',
  'if-modified-since',
  'if-match',
  'if-unmodified-since',
  'purpose',
  'sec-purpose',
  'x-purpose',
  'x-moz',
];

/** The page for companies that require sign-in: it explains how, and a button sends the person a link in chat. */
function SignInFirstPage({ locale, token }: { locale: Locale; token: string }) {
  const words = webWords(locale);
  return (
    <div class="sign-in-page">
      <form class="card" method="post" action={`/v/${token}/sign-in`}>
        <h1 class="card-title">{wordsIn(locale).voicemail.signInToListen}</h1>
        <p class="text">{words.signInHow}</p>
        <p>
          <code class="typed">/attendant app</code>
        </p>
        <div class="buttons">
          <button class="button main wide" type="submit">
            {words.sendSignIn}
          </button>
        </div>
        <p class="note">{words.sendSignInHow}</p>
      </form>
    </div>
  );
}

function PlayerPage(props: {
  player: Player;
  reader: Reader;
  token: string;
  title: string;
  card: Card | undefined;
  page: string;
  seesListens: boolean;
}) {
  const { player, reader, token, title, card, page, seesListens } = props;
  const { voicemail } = player;
  const words = webWords(reader.locale);
  const place = { locale: reader.locale, page, target: liveTarget };
  return (
    <div class="narrow player-page">
      {card && <ToMessages locale={reader.locale} />}
      <h1 dir="auto">{title}</h1>
      <p class="lead">
        <time dateTime={voicemail.receivedAt.toISOString()}>{formatMoment(reader, voicemail.receivedAt)}</time>
        {voicemail.ani === '' && <span>{words.withheld}</span>}
        {voicemail.ani && <CallBack number={voicemail.ani} />}
      </p>
      <Waveform token={token} player={player} words={words} />
      {voicemail.transcript && (
        <section class="said-there" aria-labelledby="transcript">
          <h2 id="transcript">{words.transcript}</h2>
          <p class="transcript" dir="auto">
            {voicemail.transcript}
          </p>
          <p class="by-machine">{wordsIn(reader.locale).voicemail.byMachine}</p>
        </section>
      )}
      <div id={liveTarget} class="card plain">
        {card ? (
          blocksBesidePlayer(card, voicemail, reader).map((block) => <BlockView block={block} place={place} />)
        ) : (
          <p class="note">{words.signInToAct}</p>
        )}
      </div>
      {seesListens && (
        <p>
          <a href={`/messages/${voicemail.id}/listens`}>{wordsIn(reader.locale).messageList.listensTitle}</a>
        </p>
      )}
    </div>
  );
}

/** A link only where a phone could dial the number: an extension, or an anonymous caller's, is plain text. */
function CallBack({ number }: { number: string }) {
  const link = telLink(number);
  if (link === undefined) return <span class="digits">{formatNumber(number)}</span>;
  return (
    <a class="call-back" href={link}>
      <Icon name="phone" />
      {formatNumber(number)}
    </a>
  );
}

const ToMessages = ({ locale }: { locale: Locale }) => (
  <a class="back" href="/messages">
    <Icon name="back" />
    {webWords(locale).allYourMessages}
  </a>
);

/** Replaces a message's buttons once it is deleted; the script silences the player meanwhile. */
const DeletedMessage = ({ card, place }: { card: Card; place: Place }) => (
  <div id={liveTarget} class="card plain" data-gone>
    {card.blocks.map((block) => (
      <BlockView block={block} place={{ ...place, target: liveTarget }} />
    ))}
  </div>
);

const GonePage = ({ card, place }: { card: Card; place: Place }) => (
  <div class="narrow">
    <ToMessages locale={place.locale} />
    <CardView card={card} place={place} level={1} />
  </div>
);

const Ended = ({ line }: { line: string }) => (
  <div id={liveTarget} class="card plain" data-gone>
    <p class="text">{line}</p>
  </div>
);

/** The player; without the script, the browser's own. */
function Waveform({ token, player, words }: { token: string; player: Player; words: ReturnType<typeof webWords> }) {
  const audio = `/v/${token}/audio`;
  return (
    <section
      class="player"
      aria-label={words.listen}
      data-player
      data-audio={audio}
      data-heard={`/v/${token}/heard`}
      data-seconds={player.voicemail.durationSeconds}
      data-audio-gone={words.audioGone}
      data-audio-unreachable={words.audioUnreachable}
      data-audio-unplayable={words.audioUnplayable}
    >
      <noscript>
        {/* biome-ignore lint/a11y/useMediaCaption: the transcript stands below */}
        <audio controls preload="none" src={`${audio}?play`} />
      </noscript>
      <div class="wave" aria-hidden="true" />
      <div class="player-controls" hidden>
        <button class="play" type="button" data-play aria-label={words.play} data-pause-label={words.pause}>
          <Icon name="play" />
          <Icon name="pause" />
        </button>
        <input class="seek" type="range" min="0" max="1000" value="0" step="1" data-seek aria-label={words.position} />
        <p class="clock">
          <span data-now>0:00</span> / {formatDuration(Math.max(1, player.voicemail.durationSeconds))}
        </p>
        <button class="button small" type="button" data-speed>
          1×
        </button>
        {player.downloadsAllowed && (
          <a class="button round" href={`/v/${token}/download`} aria-label={words.download} title={words.download}>
            <Icon name="download" />
          </a>
        )}
      </div>
      <p class="player-problem" role="status" />
    </section>
  );
}

/**
 * The message's card without the parts that this page shows itself: audio, caller and time, the link to this page, the
 * start of the transcript. Whose mailbox it is in stays.
 */
function blocksBesidePlayer(card: Card, { transcript }: Player['voicemail'], reader: Reader): Block[] {
  const start = transcript && firstCharacters(transcript, 60);
  const { claim, voicemail: words } = wordsIn(reader.locale);
  return card.blocks.flatMap((block): Block[] => {
    if (block.kind === 'audio') return [];
    if (block.kind === 'facts') {
      const facts = block.facts.filter(({ label }) => label === claim.mailbox);
      return facts.length > 0 ? [{ ...block, facts }] : [];
    }
    const isShown =
      (block.kind === 'note' && block.text.startsWith(words.byMachine)) ||
      (block.kind === 'text' && start && block.text.includes(start));
    return isShown ? [] : [block];
  });
}
