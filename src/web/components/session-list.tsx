import { formatMoment, type Reader } from '../../core/chat/phrasing.js';
import type { Button } from '../../core/chat/view.js';
import { wordsIn } from '../../core/chat/words.js';
import type { ShownSession } from '../../core/impersonation/session-list.js';
import { outcomeText } from '../../core/impersonation/session-list.views.js';
import { Buttons, liveTarget, type Place } from '../render.js';

/** Impersonations, each with who, why, when, how it ended, and a button to end it while it runs. */
export const SessionList = (props: {
  sessions: readonly ShownSession[];
  reader: Reader;
  place: Place;
  addressOf: (session: ShownSession) => string;
  /** The button that ends a running session; undefined: the reader may not. */
  endButton: ((session: ShownSession) => Button) | undefined;
}) => (
  <ul class="sessions">
    {props.sessions.map((session) => (
      <SessionRow {...props} session={session} />
    ))}
  </ul>
);

function SessionRow({
  session,
  reader,
  place,
  addressOf,
  endButton,
}: Omit<Parameters<typeof SessionList>[0], 'sessions'> & { session: ShownSession }) {
  const words = wordsIn(reader.locale).impersonation;
  const isRunning = session.endedAt === undefined;
  return (
    <li class={`session${isRunning ? ' running' : ''}`}>
      <div class="session-who">
        <a href={addressOf(session)} dir="auto">
          {words.actsAs(session.admin, session.person)}
        </a>
        <p class="session-reason" dir="auto">
          {session.reason}
        </p>
      </div>
      <p class="session-when">
        <time dateTime={session.startedAt.toISOString()}>{formatMoment(reader, session.startedAt)}</time>
        <span dir="auto">{outcomeText(reader, session)}</span>
      </p>
      <p class="session-acts">{words.actCount(session.acts)}</p>
      {isRunning && endButton && <Buttons buttons={[endButton(session)]} place={{ ...place, target: liveTarget }} />}
    </li>
  );
}
