import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Card } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { formatNumber } from '../../phone-number.js';
import { callerOf } from '../../voicemail/voicemail.views.js';

/** A message that the voice provider did not deliver, as one reader sees it. */
export interface ShownGivenUp {
  /** Empty: unknown, as is `ani`. */
  readonly callerName: string;
  readonly ani: string;
  readonly leftAt: Date;
  /** The provider's own ids. */
  readonly callId: string;
  readonly recordingSid: string | undefined;
  readonly ownerName: string;
  /** The reader owns the mailbox. */
  readonly isOwner: boolean;
}

/** Return the card about a message that could not be fetched: caller, time, where it is, and what to do. */
export function givenUpCard(reader: Reader, shown: ShownGivenUp): Card {
  const { awaited } = wordsIn(reader.locale).calls;
  const { voicemail } = wordsIn(reader.locale);
  const caller = callerOf(voicemail, shown);
  const line = shown.recordingSid === undefined ? awaited.perhaps(caller) : awaited.left(caller);
  return {
    title: awaited.title,
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      {
        kind: 'facts',
        facts: [
          ...(shown.isOwner ? [] : [{ label: awaited.mailbox, value: shown.ownerName }]),
          { label: voicemail.caller, value: caller },
          { label: voicemail.callBack, value: shown.ani === '' ? voicemail.withheld : formatNumber(shown.ani) },
          { label: voicemail.received, value: formatMoment(reader, shown.leftAt) },
          { label: awaited.call, value: shown.callId },
          ...(shown.recordingSid === undefined ? [] : [{ label: awaited.recording, value: shown.recordingSid }]),
        ],
      },
      { kind: 'note', text: shown.ani === '' ? awaited.toDoUnknown : awaited.toDo },
    ],
  };
}
