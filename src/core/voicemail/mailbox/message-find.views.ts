import { formatDuration, formatPeriodEdge, type Reader } from '../../chat/phrasing.js';
import type { Form } from '../../chat/view.js';
import { type Words, wordsIn } from '../../chat/words.js';
import { instantsOfDays } from '../../time/named-day.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import {
  type ListChoice,
  lengthLimits,
  longestSearch,
  type MessageLength,
  messageLengths,
  messagesShows,
  usualWay,
} from './list-choice.js';
import { messagesSorts } from './message-list.types.js';

/** Return the form that searches, filters and sorts the list. */
export function findForm(reader: Reader, choice: ListChoice): Form {
  const { messageList: words, chat } = wordsIn(reader.locale);
  return {
    id: voicemailActions.find,
    title: words.findTitle,
    submit: words.findSubmit,
    cancel: chat.cancel,
    fields: [
      {
        kind: 'text',
        name: 'search',
        label: words.search,
        hint: words.searchHint,
        required: false,
        maxLength: longestSearch,
        ...filled(choice.search),
      },
      {
        kind: 'choice',
        name: 'show',
        label: words.show,
        required: true,
        value: choice.show,
        options: messagesShows.map((value) => ({ value, label: words.shows[value] })),
      },
      {
        kind: 'text',
        name: 'caller',
        label: words.caller,
        hint: words.callerHint,
        required: false,
        maxLength: longestSearch,
        ...filled(choice.caller),
      },
      { kind: 'date', name: 'since', label: words.since, required: false, ...filled(choice.since) },
      { kind: 'date', name: 'until', label: words.until, required: false, ...filled(choice.until) },
      {
        kind: 'choice',
        name: 'length',
        label: words.length,
        required: true,
        value: choice.length === '' ? anyLength : choice.length,
        options: [
          { value: anyLength, label: words.anyLength },
          ...messageLengths.map((value) => ({ value, label: lengthName(words, value) })),
        ],
      },
      {
        kind: 'choice',
        name: 'sort',
        label: words.sort,
        required: true,
        value: choice.sort,
        options: messagesSorts.map((value) => ({ value, label: words.sorts[value] })),
      },
      {
        kind: 'toggle',
        name: 'reversed',
        label: words.reversed,
        required: false,
        value: choice.way !== usualWay(choice.sort),
      },
    ],
    carries: {},
  };
}

/** The option that filters by no length; a platform's option is never empty. */
const anyLength = 'any';

const filled = (value: string): { value?: string } => (value === '' ? {} : { value });

/** Return the name of a length that can be chosen. */
export function lengthName(words: Words['messageList'], length: MessageLength): string {
  const [short, long] = [formatDuration(lengthLimits.short), formatDuration(lengthLimits.long)];
  switch (length) {
    case 'short':
      return words.lengths.short(short);
    case 'medium':
      return words.lengths.medium(short, long);
    case 'long':
      return words.lengths.long(long);
    default:
      return length satisfies never;
  }
}

/** Return what the list shows and in which order, one line for each part that differs from the default. */
export function chosenLines(reader: Reader, choice: ListChoice): readonly string[] {
  const { messageList: words } = wordsIn(reader.locale);
  const { show, search, caller, since, until, length, sort, way } = choice;
  const isReversed = way !== usualWay(sort);
  return [
    ...(show === 'all' ? [] : [words.shown(words.shows[show])]),
    ...(search === '' ? [] : [words.searchedFor(search)]),
    ...(caller === '' ? [] : [words.ofCaller(caller)]),
    ...dayLine(reader, since, words.sinceDay),
    ...dayLine(reader, until, words.untilDay),
    ...(length === '' ? [] : [lengthName(words, length)]),
    ...(sort !== 'received' || isReversed ? [words.sortedBy(words.sorts[sort], isReversed)] : []),
  ];
}

function dayLine(reader: Reader, day: string, line: (day: string) => string): readonly string[] {
  const { from: begins } = instantsOfDays({ from: day }, reader.timeZone);
  return begins ? [line(formatPeriodEdge(reader, begins))] : [];
}
