import { renderToString } from 'preact-render-to-string';
import { outgoingLine } from '../../core/calls/outgoing/outgoing-calls.views.js';
import { latestGreetingCall } from '../../core/calls/outgoing/request-call.js';
import type { Reader } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import { UserError } from '../../core/errors.js';
import {
  type GreetingKind,
  greetingKinds,
  isGreetingKind,
  longestSeconds,
} from '../../core/voicemail/greetings/greeting-kind.js';
import {
  greetingAudio,
  greetingsOf,
  type MailboxGreetings,
  setGreeting,
} from '../../core/voicemail/greetings/greetings.js';
import { callButton, inForceLine, removeButton, stateLine } from '../../core/voicemail/greetings/greetings.views.js';
import { type ManagedMailbox, requireManagedMailbox } from '../../core/voicemail/mailbox/managed-mailbox.js';
import { Icon } from '../components/icons.js';
import { Recorder, recorderForm } from '../components/recorder.js';
import type { AudioSender } from '../http/audio-sender.js';
import { bodyOf } from '../http/request-body.js';
import { NotFound, type PageRequest, type Routes } from '../http/route-helpers.js';
import { isFromScript } from '../read.js';
import { Buttons, liveTarget, type Place } from '../render.js';
import { webWords } from '../web.words.js';

/** The pages of a mailbox's greetings: the greeting in force; each one can be played, recorded, uploaded and removed. */
export function greetingRoutes({ page, act }: Routes, sendAudio: AudioSender): void {
  page('/greetings', async (asked) => {
    const { deps, request, response, visitor, frame } = asked;
    const { reader, tenant } = visitor.requester;
    const mailbox = await mailboxIn(asked);
    const greetings = await greetingsOf(deps, { tenantId: tenant.id, userId: mailbox.userId });
    const call = await latestGreetingCall(deps, visitor.requester, mailbox.userId);
    const calls = { mayCall: deps.providerCalls !== undefined, line: call && outgoingLine(reader, call) };
    const words = wordsIn(reader.locale).greetings;
    const title = mailbox.isOwn ? words.title : words.titleOf(mailbox.displayName);
    const place = { locale: reader.locale, page: request.originalUrl, target: liveTarget };
    const children = <GreetingsPage {...{ title, mailbox, greetings, reader, place, calls }} />;
    response.send(await frame({ title, children, live: true }));
  });

  page('/greetings/:kind', (asked) => showForm(asked, undefined));

  page('/greetings/:kind/audio', async (asked) => {
    const { deps, request, response, visitor } = asked;
    const { userId } = await mailboxIn(asked);
    const greeting = { tenantId: visitor.requester.tenant.id, userId, kind: kindIn(asked) };
    await sendAudio(request, response, await greetingAudio(deps, greeting));
  });

  act('/greetings/:kind', keep, { takesFile: () => true });

  async function keep(asked: PageRequest) {
    const { deps, request, response, visitor } = asked;
    const kind = kindIn(asked);
    const mailbox = await mailboxIn(asked);
    try {
      const audio = bodyOf(request).files.get('audio')?.content ?? Buffer.alloc(0);
      await setGreeting(deps, visitor.requester.actor, { userId: mailbox.userId, kind, audio });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const line = error.say(wordsIn(visitor.requester.reader.locale));
      if (!isFromScript(request)) return showForm({ ...asked, response: response.status(422) }, line);
      return void response
        .status(422)
        .type('html')
        .send(renderToString(<Problem line={line} />));
    }
    const done = addressOf(mailbox);
    return isFromScript(request) ? response.set('HX-Redirect', done).status(204).end() : response.redirect(303, done);
  }

  async function showForm(asked: PageRequest, problem: string | undefined) {
    const { reader } = asked.visitor.requester;
    const kind = kindIn(asked);
    const mailbox = await mailboxIn(asked);
    const title = wordsIn(reader.locale).greetings.recordKind(wordsIn(reader.locale).greetings.kind[kind]);
    const children = <RecordPage {...{ title, kind, mailbox, reader, problem }} />;
    asked.response.send(await asked.frame({ title, children, scripts: ['leave-message.js'] }));
  }
}

/** Throw UserError (403) without Plus, and for a mailbox that the visitor may not manage. */
function mailboxIn({ deps, request, visitor: { requester } }: PageRequest): Promise<ManagedMailbox> {
  if (requester.tenant.edition !== 'attendant_plus') throw new UserError((words) => words.chat.notThisEdition, 403);
  const { mailbox } = request.query;
  return requireManagedMailbox(deps, requester, typeof mailbox === 'string' ? mailbox : undefined);
}

function kindIn({ request }: PageRequest): GreetingKind {
  const kind = String(request.params.kind);
  if (!isGreetingKind(kind)) throw new NotFound();
  return kind;
}

const addressOf = ({ userId, isOwn }: ManagedMailbox, path = ''): string =>
  `/greetings${path}${isOwn ? '' : `?mailbox=${userId}`}`;

/** Whether the system can ring the visitor, and how its latest call stands. */
interface ShownCalls {
  readonly mayCall: boolean;
  readonly line: string | undefined;
}

function GreetingsPage(props: {
  title: string;
  mailbox: ManagedMailbox;
  greetings: MailboxGreetings;
  reader: Reader;
  place: Place;
  calls: ShownCalls;
}) {
  const { title, greetings, reader, calls } = props;
  const words = wordsIn(reader.locale).greetings;
  return (
    <div class="narrow">
      <div class="page-head">
        <h1 dir="auto">{title}</h1>
      </div>
      <div id={liveTarget}>
        <p class="lead">{inForceLine(words, greetings)}</p>
        {calls.line !== undefined && (
          <p class="note" role="status">
            {calls.line}
          </p>
        )}
        {greetingKinds.map((kind) => (
          <GreetingCard {...props} kind={kind} />
        ))}
      </div>
    </div>
  );
}

function GreetingCard(props: {
  kind: GreetingKind;
  mailbox: ManagedMailbox;
  greetings: MailboxGreetings;
  reader: Reader;
  place: Place;
  calls: ShownCalls;
}) {
  const { kind, mailbox, greetings, reader, place, calls } = props;
  const other = mailbox.isOwn ? undefined : mailbox.userId;
  const words = wordsIn(reader.locale).greetings;
  const recorded = greetings.recorded.get(kind);
  const id = `greeting-${kind}`;
  return (
    <section class="card greeting" aria-labelledby={id}>
      <header class="greeting-head">
        <h2 id={id}>{words.kind[kind]}</h2>
        {greetings.inForce === kind && <span class="tag">{words.inForceNow}</span>}
      </header>
      <p class="note">{words.when[kind]}</p>
      <p>{stateLine(reader, greetings, kind)}</p>
      {recorded && (
        // biome-ignore lint/a11y/useMediaCaption: what the person has said themselves
        <audio
          controls
          preload="none"
          aria-labelledby={id}
          src={`${addressOf(mailbox, `/${kind}/audio`)}${mailbox.isOwn ? '?' : '&'}r=${recorded.recordingId}`}
        />
      )}
      <div class="greeting-acts">
        <a class="button" href={addressOf(mailbox, `/${kind}`)}>
          <Icon name="microphone" />
          <span>{recorded ? words.recordAgain : words.record}</span>
        </a>
        <Buttons
          buttons={[
            ...(calls.mayCall ? [callButton(words, kind, other)] : []),
            ...(recorded ? [removeButton(words, kind, other)] : []),
          ]}
          place={place}
        />
      </div>
    </section>
  );
}

function RecordPage(props: {
  title: string;
  kind: GreetingKind;
  mailbox: ManagedMailbox;
  reader: Reader;
  problem: string | undefined;
}) {
  const { title, kind, mailbox, reader, problem } = props;
  const own = webWords(reader.locale);
  const { greetings: words, chat } = wordsIn(reader.locale);
  const action = addressOf(mailbox, `/${kind}`);
  return (
    <div class="narrow">
      <a class="back" href={addressOf(mailbox)}>
        <Icon name="back" />
        <span dir="auto">{mailbox.isOwn ? words.title : words.titleOf(mailbox.displayName)}</span>
      </a>
      <div class="page-head">
        <h1>{title}</h1>
      </div>
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
        {...recorderForm(own)}
        data-to-wav
        data-longest={longestSeconds(kind)}
      >
        <Problem line={problem} />
        <p class="note">
          {words.when[kind]} {words.up(longestSeconds(kind))}
        </p>
        <Recorder words={own} hint={words.anyFile} />
        <div class="buttons end">
          <a class="button" href={addressOf(mailbox)}>
            {chat.cancel}
          </a>
          <button class="button main" type="submit" data-leave>
            <Icon name="check" />
            <span>{words.save}</span>
          </button>
        </div>
      </form>
    </div>
  );
}

/** The reason of a refusal; empty if there is none. */
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
