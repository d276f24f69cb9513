import { actorText, changeText, eventLine } from '../../core/audit/audit.views.js';
import type { ShownChange, TellableLine } from '../../core/audit/audit-record.js';
import { formatMoment, type Reader } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import { sessionAddress } from '../page-links.js';

/** Lines of the record, newest first. `linksSessions`: a line of an impersonation leads to all of that session. */
export const RecordLines = (props: {
  lines: readonly TellableLine[];
  reader: Reader;
  label: string;
  linksSessions?: boolean;
}) => (
  <ol class="record" aria-label={props.label}>
    {props.lines.map((line) => (
      <RecordLine line={line} reader={props.reader} linksSession={props.linksSessions === true} />
    ))}
  </ol>
);

/** More changes than these are folded away. */
const mostShown = 4;

const Changes = ({ changes, reader }: { changes: readonly ShownChange[]; reader: Reader }) =>
  changes.map((change) => (
    <p class="record-change" dir="auto">
      {changeText(reader, change)}
    </p>
  ));

function RecordLine({ line, reader, linksSession }: { line: TellableLine; reader: Reader; linksSession: boolean }) {
  const words = wordsIn(reader.locale).audit;
  return (
    <li class={`record-line${line.impersonator === undefined ? '' : ' acted-as'}`}>
      <time class="record-when" dateTime={line.at.toISOString()}>
        {formatMoment(reader, line.at)}
      </time>
      <div class="record-what">
        <p class="record-event" dir="auto">
          {eventLine(reader, line)}
        </p>
        <Changes changes={line.changes.slice(0, mostShown)} reader={reader} />
        {line.changes.length > mostShown && (
          <details class="record-more">
            <summary>{words.more(line.changes.length - mostShown)}</summary>
            <Changes changes={line.changes.slice(mostShown)} reader={reader} />
          </details>
        )}
      </div>
      <div class="record-who">
        <p dir="auto">
          {line.session && linksSession ? (
            <a href={sessionAddress(line.session)}>{actorText(words, line)}</a>
          ) : (
            actorText(words, line)
          )}
        </p>
        {line.reason !== undefined && (
          <p class="record-reason" dir="auto">
            {line.reason}
          </p>
        )}
      </div>
    </li>
  );
}
