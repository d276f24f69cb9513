import type { PastCall } from '../../core/calls/history/call-history.js';
import { callerOf, callState, connectMeButton } from '../../core/calls/history/call-history.views.js';
import { formatMoment, type Reader } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import type { UserId } from '../../core/ids.js';
import { formatNumber, telLink } from '../../core/phone-number.js';
import { Buttons, type Place } from '../render.js';
import { Icon } from './icons.js';

interface Shown {
  readonly reader: Reader;
  readonly viewer: UserId;
  readonly place: Place;
  /** The system can ring the viewer, and connect them with a caller. */
  readonly mayRing: boolean;
}

/** Calls, each with who, when, what came of it, and the way to call back. */
export const CallList = ({ calls, ...shown }: Shown & { readonly calls: readonly PastCall[] }) => (
  <ul class="calls">
    {calls.map((call) => (
      <CallRow call={call} {...shown} />
    ))}
  </ul>
);

function CallRow({ call, reader, viewer, place, mayRing }: Shown & { readonly call: PastCall }) {
  const words = wordsIn(reader.locale).calls.history;
  const link = telLink(call.ani);
  const isRung = mayRing && link !== undefined;
  const caller = callerOf(reader, call);
  return (
    <li class={`call ${call.disposition}`}>
      <span class="lamp" aria-hidden="true" />
      <p class="call-who" dir="auto">
        {isRung && call.callerName === '' ? <a href={link}>{caller}</a> : caller}
      </p>
      <p class="call-what" dir="auto">
        {callState(reader, call, viewer)}
      </p>
      <p class="call-when">
        <time dateTime={call.startedAt.toISOString()}>{formatMoment(reader, call.startedAt)}</time>
        {call.callerName !== '' && call.ani !== '' && <NumberView number={call.ani} link={isRung ? link : undefined} />}
      </p>
      {isRung ? (
        <div class="call-back">
          <Buttons buttons={[{ ...connectMeButton(reader, call), label: words.callBack }]} place={place} />
        </div>
      ) : (
        link && (
          <a class="button call-back" href={link} aria-label={words.callBackTitle(caller)}>
            <Icon name="phone" />
            <span>{words.callBack}</span>
          </a>
        )
      )}
    </li>
  );
}

/** A number; `link`: it can be dialled here too, though a button has the system ring the viewer. */
const NumberView = ({ number, link }: { number: string; link: string | undefined }) =>
  link === undefined ? (
    <span class="digits">{formatNumber(number)}</span>
  ) : (
    <a class="digits" href={link}>
      {formatNumber(number)}
    </a>
  );
