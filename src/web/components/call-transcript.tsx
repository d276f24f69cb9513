import { formatDuration } from '../../core/chat/phrasing.js';
import { formatNumber } from '../../core/phone-number.js';
import type { CallStep, SimulatedCall } from '../simulated-phone.port.js';
import type { WebWords } from '../web.words.js';
import { Icon } from './icons.js';

/** The transcript of a simulated call, oldest step first. */
export function CallTranscript({ call, words }: { call: SimulatedCall | undefined; words: WebWords }) {
  return (
    <section class="conversation" aria-live="polite" aria-label={words.onTheLine}>
      {call ? (
        <ol>
          {call.heard.map((heard, at) =>
            // Two connected people end their call themselves.
            heard.kind === 'hung-up' && isAnswered(call.heard[at - 1]) ? (
              <li class="event">{words.talked}</li>
            ) : heard.kind === 'outcome' && heard.outcome === 'answer' && at === 1 ? (
              // A call that Attendant makes: the keys come later.
              <li class="event">{words.pickedUp}</li>
            ) : (
              <HeardView heard={heard} words={words} />
            ),
          )}
          {call.expects === 'over' && <li class="event">{words.callOver}</li>}
        </ol>
      ) : (
        <p class="empty">{words.noCall}</p>
      )}
    </section>
  );
}

const isAnswered = (heard: CallStep | undefined) => heard?.kind === 'outcome' && heard.outcome === 'answer';

function HeardView({ heard, words }: { heard: CallStep; words: WebWords }) {
  switch (heard.kind) {
    case 'said':
      return (
        <li class={`speech ${heard.to}`}>
          <p class="speaker">{heard.to === 'caller' ? words.attendantSays : words.calleeHears}</p>
          <p lang={heard.language} dir="auto" data-speech>
            {heard.text}
          </p>
          <button class="button round small" type="button" aria-label={words.readAloud} data-speak hidden>
            <Icon name="speaker" />
          </button>
        </li>
      );
    case 'spoke':
      return (
        <li class="speech own">
          <p class="speaker">{words.you}</p>
          <p dir="auto">{heard.text}</p>
        </li>
      );
    case 'pressed':
      return (
        <li class="speech own">
          <p class="speaker">{words.you}</p>
          <p>{words.pressedKeys(heard.keys)}</p>
        </li>
      );
    case 'recorded':
      return (
        <li class="speech own">
          <p class="speaker">{words.you}</p>
          <p>{words.recorded(formatDuration(heard.durationSeconds))}</p>
        </li>
      );
    case 'rang':
      return <li class="event">{words.rings(formatNumber(heard.whom))}</li>;
    case 'outcome':
      return <li class="event">{words.outcomes[heard.outcome]}</li>;
    case 'tone':
      return <li class="event tone">{words.tone}</li>;
    case 'played':
      return (
        <li class="speech">
          <p class="speaker">{words.played}</p>
          {/* biome-ignore lint/a11y/useMediaCaption: a greeting is only sound */}
          <audio controls preload="none" src={new URL(heard.what, 'http://here').pathname} aria-label={words.played} />
        </li>
      );
    case 'hung-up':
      return <li class="event">{words.hungUp[heard.by]}</li>;
    default:
      return heard satisfies never;
  }
}
