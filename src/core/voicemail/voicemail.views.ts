import { DateTime } from 'luxon';
import { signInActions } from '../accounts/sign-in.action-ids.js';
import { blockButtons } from '../blocking/blocking.views.js';
import { formatDuration, formatLabelled, formatMoment, type Locale, type Reader } from '../chat/phrasing.js';
import type { Block, Button, Card, Form, Option } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import { formatNumber } from '../phone-number.js';
import type { WorkStatus } from '../tasks/work-status.js';
import { truncate } from '../text.js';
import { carriedSelection } from './mailbox/carried-selection.js';
import type { ClaimState } from './mailbox/claim-state.js';
import type { Reach } from './mailbox/mailbox-member.js';
import { type MessageState, messageButtons } from './message-buttons.views.js';
import { voicemailActions } from './voicemail.action-ids.js';

/** A message as its card shows it to one reader. */
export interface ShownVoicemail {
  readonly id: string;
  /** Empty: unknown. */
  readonly callerName: string;
  /** E.164 if known; empty: withheld. */
  readonly ani: string;
  readonly receivedAt: Date;
  readonly durationSeconds: number;
  /** The caller marked it as urgent. */
  readonly urgent: boolean;
  readonly transcript: string | undefined;
  /** The people who played it, at most three, each once; newest first. */
  readonly listens: readonly { readonly by: Listener | ByLink; readonly at: Date }[];
  readonly handled: { readonly by: ActingPerson; readonly at: Date } | undefined;
  readonly forwardedBy: ActingPerson | undefined;
  readonly forwardNote: string;
  /** The length of the note that was spoken before the message; undefined: none was. */
  readonly spokenNoteSeconds: number | undefined;
  /** Newest first, as are `exports`. */
  readonly forwards: readonly ShownDelivery[];
  readonly exports: readonly ShownDelivery[];
  /** `purgeAt`: until then it can be restored. */
  readonly deleted: { readonly purgeAt: Date; readonly forGood: boolean } | undefined;
  readonly mayForward: boolean;
  /** The system can ring the reader, and connect them with the caller. */
  readonly mayRing: boolean;
  /** Where and when the reader was first told, as the platforms confirmed; only the player page shows it. */
  readonly reached?: readonly { readonly platform: string; readonly at: Date }[];
  /** The name of the mailbox's owner; undefined: the reader's own mailbox. */
  readonly mailbox: string | undefined;
  /** Undefined: the mailbox has no members. */
  readonly shared: ShownSharing | undefined;
  /** Undefined: there is nothing to play any more. */
  readonly audio:
    | {
        readonly url: string;
        readonly mimeType: string;
        readonly storageKey: string;
        /** The company allows downloads. */
        readonly mayBeKept: boolean;
      }
    | undefined;
}

/** The reader's access to a message of a shared mailbox, and its claim. */
interface ShownSharing {
  readonly reach: Reach;
  /** Undefined: nobody has claimed it. */
  readonly claim:
    | { readonly by: string; readonly isMine: boolean; readonly at: Date; readonly promisedAt: Date | undefined }
    | undefined;
}

/** The person who acted, and the admin who acted for them. */
export interface ActingPerson {
  readonly name: string;
  readonly impersonator: string | undefined;
}

/** A listener who was signed in, perhaps by their PIN in the phone menu. */
interface Listener extends ActingPerson {
  readonly byPhone?: boolean;
}

/** A listener who was not signed in; `linkOf`: an admin whose link it was, undefined: it was the owner's own. */
interface ByLink {
  readonly linkOf: string | undefined;
}

/** A copy or an e-mail: the recipient and the progress. */
export interface ShownDelivery {
  readonly to: string;
  readonly status: WorkStatus;
  readonly at: Date;
}

const transcriptLength = 600;

/** Where a message's card is shown: the player page shows it beside the player. */
export type CardPlace = 'card' | 'player';

/** Return the card of one message: caller, time, length, transcript, and its actions and their results. */
export function voicemailCard(reader: Reader, shown: ShownVoicemail, place: CardPlace = 'card'): Card {
  const words = wordsIn(reader.locale).voicemail;
  const from = titleOf(words, shown);
  const title = shown.urgent ? words.urgentTitle(from) : from;
  const buttons = messageButtons(words, stateOf(shown), { place, ...shown });
  if (shown.deleted) return deletedCard(reader, title, shown.deleted, buttons);

  return {
    title,
    summary: summaryOf(words, title, shown),
    blocks: [
      ...forwardedBlocks(words, shown),
      ...claimBlocks(reader, shown),
      { kind: 'facts', facts: [...mailboxFacts(reader, shown), ...factsOf(reader, words, shown)] },
      ...transcriptBlocks(words, shown),
      ...resultLines(reader, words, shown).map((text): Block => ({ kind: 'note', text })),
      // Last before the buttons: on a platform that cannot play audio in place, it becomes the button that leads to it.
      ...audioBlocks(reader, words, shown),
      { kind: 'buttons', buttons: [...buttons, ...blockButton(reader, shown, { place, beside: buttons.length })] },
    ],
  };
}

/** Teams shows at most six actions on a card, Listen included: the page beside the player always has this one. */
const mostActions = 6;

const blockButton = (
  { locale }: Reader,
  shown: ShownVoicemail,
  { place, beside }: { readonly place: CardPlace; readonly beside: number },
): readonly Button[] =>
  // A reader who may only listen has no buttons at all.
  beside > 0 && (place === 'player' || beside + 2 <= mostActions) ? blockButtons(locale, shown) : [];

function deletedCard(
  reader: Reader,
  title: string,
  deleted: NonNullable<ShownVoicemail['deleted']>,
  buttons: readonly Button[],
): Card {
  const words = wordsIn(reader.locale).voicemail;
  const line = deleted.forGood ? words.deletedForGood : words.deletedUntil(formatMoment(reader, deleted.purgeAt));
  return {
    title,
    summary: formatLabelled(reader.locale, title, line),
    blocks: [{ kind: 'text', text: line }, ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } as const])],
  };
}

const summaryOf = (words: Words['voicemail'], title: string, { durationSeconds, transcript }: ShownVoicemail): string =>
  [
    `${title}, ${formatLength(durationSeconds)}`,
    ...(transcript ? [words.quoted(truncate(oneLine(transcript), 120))] : []),
  ].join(' · ');

function forwardedBlocks(
  words: Words['voicemail'],
  { forwardedBy, forwardNote, spokenNoteSeconds }: ShownVoicemail,
): Block[] {
  if (!forwardedBy) return [];
  const lines = [
    words.forwardedBy(actingName(words, forwardedBy)),
    ...(forwardNote === '' ? [] : [words.quoted(forwardNote)]),
    ...(spokenNoteSeconds === undefined ? [] : [words.spokenNoteFirst(formatLength(spokenNoteSeconds))]),
  ];
  return [{ kind: 'text', text: lines.join('\n') }];
}

/** Return who has claimed the message, and the promised time; nothing once it is handled. */
function claimBlocks(reader: Reader, { shared, handled }: ShownVoicemail): Block[] {
  if (!shared?.claim || handled) return [];
  const words = wordsIn(reader.locale).claim;
  const { by, isMine, at, promisedAt } = shared.claim;
  const line = isMine ? words.mine(formatMoment(reader, at)) : words.theirs(by, formatMoment(reader, at));
  return [{ kind: 'text', text: promisedAt ? `${line}\n${words.promised(formatMoment(reader, promisedAt))}` : line }];
}

const mailboxFacts = ({ locale }: Reader, { mailbox }: ShownVoicemail) =>
  mailbox === undefined ? [] : [{ label: wordsIn(locale).claim.mailbox, value: mailbox }];

const factsOf = (
  reader: Reader,
  words: Words['voicemail'],
  shown: Pick<ShownVoicemail, 'callerName' | 'ani' | 'receivedAt' | 'durationSeconds'>,
) => [
  { label: words.caller, value: callerOf(words, shown) },
  { label: words.callBack, value: shown.ani === '' ? words.withheld : formatNumber(shown.ani) },
  { label: words.received, value: formatMoment(reader, shown.receivedAt) },
  { label: words.length, value: formatLength(shown.durationSeconds) },
];

function transcriptBlocks(words: Words['voicemail'], { transcript }: ShownVoicemail): Block[] {
  if (!transcript) return [];
  const whole = transcript.length <= transcriptLength;
  return [
    { kind: 'text', text: words.quoted(truncate(transcript, transcriptLength)) },
    { kind: 'note', text: whole ? words.byMachine : `${words.byMachine}. ${words.restOnPage}` },
  ];
}

function audioBlocks(reader: Reader, words: Words['voicemail'], { audio, ...shown }: ShownVoicemail): Block[] {
  if (!audio) return [];
  return [
    {
      kind: 'audio',
      audio: {
        ...audio,
        label: words.listen,
        action: voicemailActions.listen,
        carries: { voicemail: shown.id },
        durationSeconds: shown.durationSeconds,
        fileName: audioFileName(shown.receivedAt, reader.timeZone, audio.mimeType),
      },
    },
  ];
}

function resultLines(reader: Reader, words: Words['voicemail'], shown: ShownVoicemail): string[] {
  const { listens, handled, reached = [] } = shown;
  return [
    ...reached.map(({ platform, at }) => words.reachedYou(placeName(words, platform), formatMoment(reader, at))),
    ...listens.map(({ by, at }) => heardLine(words, by, formatMoment(reader, at))),
    ...(handled ? [words.handled(actingName(words, handled.by), formatMoment(reader, handled.at))] : []),
    ...shown.forwards.slice(0, 3).map(({ to, status, at }) => {
      if (status === 'waiting') return words.forwardingTo(to);
      return status === 'done' ? words.forwardedTo(to, formatMoment(reader, at)) : words.forwardFailed(to);
    }),
    ...shown.exports.slice(0, 1).map(({ to, status, at }) => {
      if (status === 'waiting') return words.exportingTo(to);
      return status === 'done' ? words.exportedTo(to, formatMoment(reader, at)) : words.exportFailed(to);
    }),
  ];
}

/** Return the name of a platform: that of its folder, as people write it. */
function placeName(words: Words['voicemail'], platform: string): string {
  if (platform === 'mail') return words.byMail;
  return platform === 'web' ? words.inApp : platform.charAt(0).toUpperCase() + platform.slice(1);
}

function heardLine(words: Words['voicemail'], by: Listener | ByLink, when: string): string {
  if ('name' in by) return (by.byPhone ? words.heardByPhone : words.heardBy)(actingName(words, by), when);
  return by.linkOf === undefined ? words.heardByLink(when) : words.heardByLinkOf(by.linkOf, when);
}

const stateOf = (shown: ShownVoicemail): MessageState => ({
  id: shown.id,
  ani: shown.ani,
  isHandled: shown.handled !== undefined,
  deleted: shown.deleted,
  // A failed e-mail may be requested again.
  isMailed: shown.exports[0] !== undefined && shown.exports[0].status !== 'failed',
  ...(shown.shared ? { shared: { reach: shown.shared.reach, claim: claimStateOf(shown.shared) } } : {}),
});

const claimStateOf = ({ claim }: ShownSharing): ClaimState =>
  claim === undefined ? 'nobody' : claim.isMine ? 'mine' : 'somebody';

/** Return the card that replaces a message's card for a former member of the mailbox. */
export function noLongerSharedCard({ locale }: Reader): Card {
  const { title, line } = wordsIn(locale).claim.noLonger;
  return { title, summary: line, blocks: [{ kind: 'text', text: line }] };
}

/** Return the form behind Forward, for one message or several. */
export function forwardForm(reader: Reader, about: string | readonly string[], recipient?: Option): Form {
  const words = wordsIn(reader.locale);
  const carries = typeof about === 'string' ? { voicemail: about } : carriedSelection(about);
  return {
    id: voicemailActions.forward,
    title: words.voicemail.forwardTitle,
    submit: words.voicemail.forward,
    cancel: words.chat.cancel,
    ...(typeof about === 'string' ? {} : { intro: words.messageList.forwardMany(about.length) }),
    fields: [
      {
        kind: 'person',
        name: 'recipient',
        label: words.voicemail.recipient,
        hint: words.voicemail.recipientHint,
        required: true,
        ...(recipient ? { value: recipient } : {}),
      },
      {
        kind: 'text',
        name: 'note',
        label: words.voicemail.note,
        hint: words.voicemail.noteHint,
        required: false,
        multiline: true,
        maxLength: 500,
      },
    ],
    carries,
  };
}

/** Return the e-mail that carries a message as an attachment. */
export function exportMail(
  reader: Reader,
  shown: Pick<ShownVoicemail, 'callerName' | 'ani' | 'receivedAt' | 'durationSeconds' | 'transcript'>,
): { subject: string; text: string } {
  const words = wordsIn(reader.locale).voicemail;
  const lines = [
    ...factsOf(reader, words, shown).map(({ label, value }) => formatLabelled(reader.locale, label, value)),
    '',
    words.mailAttached,
    ...(shown.transcript ? ['', words.mailTranscript, shown.transcript] : []),
  ];
  return { subject: `${titleOf(words, shown)}, ${formatMoment(reader, shown.receivedAt)}`, text: lines.join('\n') };
}

const endings: Readonly<Record<string, string>> = {
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
};

/**
 * Return a file name such as `voicemail-2026-11-23-1405.wav`: always with an ending, since phones choose their player
 * by it.
 */
export const audioFileName = (receivedAt: Date, timeZone: string, mimeType: string): string =>
  `voicemail-${DateTime.fromJSDate(receivedAt, { zone: timeZone }).toFormat('yyyy-MM-dd-HHmm')}.${endings[mimeType] ?? 'wav'}`;

/** Return the caller's name, otherwise their number, otherwise that the caller is unknown. */
export const callerOf = (words: Words['voicemail'], caller: Caller): string =>
  knownCaller(caller) ?? words.unknownCaller;

/** Return who left the message, as its title. */
export const titleOf = (words: Words['voicemail'], caller: Caller): string => words.from(knownCaller(caller));

type Caller = Pick<ShownVoicemail, 'callerName' | 'ani'>;

const knownCaller = ({ callerName, ani }: Caller): string | undefined =>
  truncate(callerName || formatNumber(ani), 80) || undefined;

/** Format the length of a message; one of less than a second still has a length. */
export const formatLength = (seconds: number): string => formatDuration(Math.max(1, seconds));

const actingName = (words: Words['voicemail'], { name, impersonator }: ActingPerson): string =>
  impersonator === undefined ? name : words.actingFor(impersonator, name);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * Return the card for the person whose link was opened without signing in; `url` undefined: it was used, or has
 * expired.
 */
export function signInToListenCard(locale: Locale, url: string | undefined, minutes: number): Card {
  const { voicemail: words, signIn } = wordsIn(locale);
  if (url === undefined) {
    return {
      title: words.signInTitle,
      summary: words.signInUsed,
      blocks: [{ kind: 'text', text: words.signInUsed }],
    };
  }
  return {
    title: words.signInTitle,
    summary: signIn.line(minutes),
    blocks: [
      { kind: 'text', text: signIn.line(minutes) },
      {
        kind: 'buttons',
        buttons: [{ kind: 'link', action: signInActions.open, label: words.signInOpen, tone: 'main', url }],
      },
      { kind: 'note', text: words.signInAsked },
    ],
  };
}
