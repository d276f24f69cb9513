import { formatDuration, formatMoment, type Reader } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import { formatNumber } from '../../core/phone-number.js';
import { truncate } from '../../core/text.js';
import type { Message } from '../../core/voicemail/mailbox/message-list.types.js';
import { listedState, messageButtons } from '../../core/voicemail/message-buttons.views.js';
import { Buttons, type Place } from '../render.js';
import { webWords } from '../web.words.js';
import { Icon } from './icons.js';

/** The actions that the viewer may perform on the messages of a list. */
interface MessageActions {
  readonly mayForward: boolean;
  /** The id of the form of actions on several messages; each row has a box of it. */
  readonly selection: string;
  /** The system can ring the viewer, and connect them with a caller. */
  readonly mayRing: boolean;
}

/** A list of messages, each with its caller, time, length, first words and state. */
export const MessageList = (props: {
  messages: readonly Message[];
  reader: Reader;
  place: Place;
  acts: MessageActions | undefined;
}) => (
  <ul class="messages">
    {props.messages.map((message) => (
      <MessageRow message={message} {...props} />
    ))}
  </ul>
);

function MessageRow(props: { message: Message; reader: Reader; place: Place; acts: MessageActions | undefined }) {
  const { message, reader, place, acts } = props;
  const words = webWords(reader.locale);
  const { claim } = wordsIn(reader.locale);
  const unheard = message.heardAt === undefined && message.deletedAt === undefined;
  const address = `/messages/${message.id}`;
  const number = formatNumber(message.ani);
  return (
    <li class={`message${unheard ? ' unheard' : ''}${acts ? ' selectable' : ''}`}>
      {acts && (
        <label class="message-tick">
          <input
            type="checkbox"
            form={acts.selection}
            name="c.voicemails"
            value={message.id}
            data-key={`tick ${message.id}`}
            autoComplete="off"
          />
          <span class="unseen">{words.select(message.callerName || number || words.unknownCaller)}</span>
        </label>
      )}
      <span class="lamp" aria-hidden="true" />
      <div class="message-who">
        <a class="message-link" href={address}>
          <span dir="auto">{message.callerName || number || words.unknownCaller}</span>
        </a>
        {message.urgent && <span class="tag urgent">{wordsIn(place.locale).voicemail.urgent}</span>}
        {unheard && <span class="tag">{words.newOne}</span>}
        {message.handledAt && <span class="tag quiet">{words.handled}</span>}
        {message.mailbox && (
          <span class="tag quiet" dir="auto">
            {message.mailbox}
          </span>
        )}
        {message.mutedWhy && <span class="tag">{wordsIn(place.locale).voicemail.muted[message.mutedWhy]}</span>}
        {!message.handledAt && message.shared?.claimedBy && (
          <span class="tag" dir="auto">
            {message.shared.claim === 'mine' ? claim.claimedByMe : claim.claimedBy(message.shared.claimedBy)}
          </span>
        )}
      </div>
      <p class="message-what" dir="auto">
        {message.deletedAt && message.purgeAt
          ? words.deletedUntil(formatMoment(reader, message.purgeAt))
          : !message.transcript && message.callerName
            ? number || words.withheld
            : ''}
        {!message.deletedAt && message.transcript && (
          <>
            {truncate(message.transcript.replace(/\s+/g, ' '), 140)}{' '}
            <small>({wordsIn(reader.locale).voicemail.byMachine})</small>
          </>
        )}
      </p>
      {message.forwardedBy && <p class="message-by">{words.forwardedByName(message.forwardedBy)}</p>}
      <p class="message-when">
        <time dateTime={message.receivedAt.toISOString()}>{formatMoment(reader, message.receivedAt)}</time>
        <span class="message-length">{formatDuration(Math.max(1, message.durationSeconds))}</span>
      </p>
      {acts && <RowActions message={message} acts={acts} place={place} />}
    </li>
  );
}

/** The buttons that work without opening a message; the same as on its card. */
function RowActions({ message, acts, place }: { message: Message; acts: MessageActions; place: Place }) {
  const words = wordsIn(place.locale).voicemail;
  const buttons = messageButtons(words, listedState(message), { place: 'row-on-web', ...acts });
  if (message.deletedAt)
    return (
      <div class="message-acts">
        <Buttons buttons={buttons} place={place} />
      </div>
    );
  const id = `acts-${message.id}`;
  return (
    <div class="message-acts">
      <a class="button round" href={`/messages/${message.id}`} aria-label={words.listen}>
        <Icon name="play" />
      </a>
      <button
        class="button round"
        type="button"
        popovertarget={id}
        aria-label={webWords(place.locale).actions}
        data-key={`more ${message.id}`}
      >
        <Icon name="more" />
      </button>
      <div class="menu" id={id} popover="auto">
        <Buttons buttons={buttons} place={place} />
      </div>
    </div>
  );
}
