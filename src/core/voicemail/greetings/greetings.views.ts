import { formatDuration, formatLabelled, formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Button, Card, Form } from '../../chat/view.js';
import { type Words, wordsIn } from '../../chat/words.js';
import { type GreetingKind, greetingKinds } from './greeting-kind.js';
import { greetingActions } from './greetings.action-ids.js';
import type { MailboxGreetings } from './greetings.js';

/** The data of the card of greetings. */
export interface ShownGreetings extends MailboxGreetings {
  /** Undefined: the reader's own. */
  readonly mailbox: { readonly id: string; readonly name: string } | undefined;
  /** The page with the recorder. */
  readonly url: string;
  /** The system can ring the reader, to record a greeting by telephone. */
  readonly mayCall: boolean;
}

/** Return the card of a mailbox's greetings: each kind, the one in force and why, with buttons to change them. */
export function greetingsCard(reader: Reader, shown: ShownGreetings): Card {
  const words = wordsIn(reader.locale).greetings;
  const title = shown.mailbox ? words.titleOf(shown.mailbox.name) : words.title;
  const line = inForceLine(words, shown);
  return {
    title,
    summary: formatLabelled(reader.locale, title, line),
    blocks: [
      { kind: 'text', text: line },
      {
        kind: 'facts',
        facts: greetingKinds.map((kind) => ({ label: words.kind[kind], value: stateLine(reader, shown, kind) })),
      },
      { kind: 'buttons', buttons: [...waysToChange(words, shown), ...removeButtons(words, shown)] },
    ],
  };
}

/** Return the line that names the greeting in force, and why. */
export const inForceLine = (words: Words['greetings'], { inForce }: Pick<MailboxGreetings, 'inForce'>): string =>
  inForce === undefined ? words.noneInForce : words.inForce[inForce];

/** Return the line that says whether a greeting is recorded, and when, or spoken. */
export function stateLine(
  reader: Reader,
  { recorded }: Pick<MailboxGreetings, 'recorded'>,
  kind: GreetingKind,
): string {
  const words = wordsIn(reader.locale).greetings;
  const greeting = recorded.get(kind);
  if (greeting)
    return words.recorded(
      formatDuration(Math.max(1, greeting.durationSeconds)),
      formatMoment(reader, greeting.createdAt),
    );
  return kind !== 'name' && recorded.has('name') ? words.spokenWith : words.spoken;
}

const waysToChange = (words: Words['greetings'], { mailbox, url, mayCall }: ShownGreetings): readonly Button[] => [
  { kind: 'link', action: greetingActions.record, label: words.record, tone: 'main', url },
  ...(mayCall ? [callButton(words, undefined, mailbox?.id)] : []),
  { kind: 'form', action: greetingActions.upload, label: words.upload, carries: mailboxIn(mailbox?.id) },
];

const removeButtons = (words: Words['greetings'], { recorded, mailbox }: ShownGreetings): readonly Button[] =>
  greetingKinds
    .filter((kind) => recorded.has(kind))
    // A card of Teams has six buttons; the page has one for each.
    .slice(0, 3)
    .map((kind) => removeButton(words, kind, mailbox?.id));

/** Return the button that removes a recorded greeting; `mailbox` undefined: the reader's own. */
export const removeButton = (words: Words['greetings'], kind: GreetingKind, mailbox: string | undefined): Button => ({
  kind: 'action',
  action: greetingActions.remove,
  label: words.remove(words.kind[kind]),
  carries: { kind, ...mailboxIn(mailbox) },
  tone: 'danger',
  confirm: { title: words.removeTitle, text: words.removeText, yes: words.removeYes, no: words.removeNo },
});

/** Return the button behind which the system rings the reader; `mailbox` undefined: the reader's own. */
export const callButton = (
  words: Words['greetings'],
  kind: GreetingKind | undefined,
  mailbox: string | undefined,
): Button => ({
  kind: 'form',
  action: greetingActions.call,
  label: words.call,
  carries: { ...(kind === undefined ? {} : { kind }), ...mailboxIn(mailbox) },
});

const mailboxIn = (id: string | undefined) => (id === undefined ? {} : { mailbox: id });

/** Return the form behind Upload, for platforms whose forms take files. */
export function uploadForm(reader: Reader, mailbox: string | undefined, kind: GreetingKind = 'unavailable'): Form {
  const words = wordsIn(reader.locale);
  return {
    id: greetingActions.upload,
    title: words.greetings.uploadTitle,
    submit: words.greetings.upload,
    cancel: words.chat.cancel,
    fields: [
      {
        kind: 'choice',
        name: 'kind',
        label: words.greetings.kindField,
        required: true,
        value: kind,
        options: greetingKinds.map((kind) => ({ value: kind, label: words.greetings.kind[kind] })),
      },
      {
        kind: 'file',
        name: 'file',
        label: words.greetings.file,
        hint: words.greetings.fileHint,
        required: true,
        endings: ['wav', 'mp3'],
      },
    ],
    carries: mailboxIn(mailbox),
  };
}
