import { formatLabelled, type Reader } from '../../chat/phrasing.js';
import type { Card, Form } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { formatNumber } from '../../phone-number.js';
import { type GreetingKind, greetingKinds } from '../../voicemail/greetings/greeting-kind.js';
import { greetingActions } from '../../voicemail/greetings/greetings.action-ids.js';
import type { OutgoingCall } from './outgoing-call.types.js';

/** A call as its card shows it. */
export type ShownOutgoing = Pick<OutgoingCall, 'subject' | 'number' | 'status' | 'failure'> & {
  /** The owner of the greeting that it records; undefined: the reader's own, or none. */
  readonly mailbox: { readonly id: string; readonly name: string } | undefined;
};

/** Return the card of a call that the system makes to the reader: how it stands, and another try where it failed. */
export function outgoingCallCard(reader: Reader, shown: ShownOutgoing): Card {
  const { calls, greetings } = wordsIn(reader.locale);
  const words = calls.outgoing;
  const { subject, mailbox, status } = shown;
  const line = outgoingLine(reader, shown);
  const isGreeting = subject.purpose === 'greeting';
  const isOver = status === 'not-kept' || status === 'busy' || status === 'no-answer' || status === 'failed';
  const again = { kind: 'form', action: greetingActions.call, label: words.callAgain } as const;
  return {
    title: words.title,
    summary: formatLabelled(reader.locale, words.title, line),
    blocks: [
      { kind: 'text', text: line },
      {
        kind: 'facts',
        facts: [
          ...(isGreeting ? [{ label: greetings.kindField, value: greetings.kind[subject.greeting] }] : []),
          ...(mailbox ? [{ label: words.mailbox, value: mailbox.name }] : []),
          ...(isGreeting ? [] : [{ label: words.with, value: formatNumber(subject.connectsTo) }]),
          { label: words.yourPhone, value: formatNumber(shown.number) },
        ],
      },
      ...(isGreeting && isOver
        ? [
            {
              kind: 'buttons' as const,
              buttons: [{ ...again, carries: { kind: subject.greeting, ...(mailbox ? { mailbox: mailbox.id } : {}) } }],
            },
          ]
        : []),
    ],
  };
}

/** Return the line that says how a call stands. */
export function outgoingLine(
  { locale }: Pick<Reader, 'locale'>,
  { status, failure, subject }: Pick<ShownOutgoing, 'status' | 'failure' | 'subject'>,
): string {
  const words = wordsIn(locale).calls.outgoing;
  if (status === 'failed') return words.failure[failure ?? 'provider'];
  return subject.purpose === 'call-back' && status === 'done' ? words.connected : words.status[status];
}

/** Return the form that asks at which number to ring, and for which greeting. */
export function callMeForm(
  { locale }: Pick<Reader, 'locale'>,
  {
    kind,
    number,
    mailbox,
  }: { readonly kind: GreetingKind; readonly number: string; readonly mailbox: string | undefined },
): Form {
  const { calls, chat, greetings } = wordsIn(locale);
  const words = calls.outgoing;
  return {
    id: greetingActions.call,
    title: words.formTitle,
    submit: words.callMe,
    cancel: chat.cancel,
    fields: [
      {
        kind: 'choice',
        name: 'kind',
        label: greetings.kindField,
        required: true,
        value: kind,
        options: greetingKinds.map((kind) => ({ value: kind, label: greetings.kind[kind] })),
      },
      {
        kind: 'text',
        name: 'number',
        label: words.numberField,
        hint: words.numberHint,
        required: true,
        value: number,
        maxLength: 60,
      },
    ],
    carries: mailbox === undefined ? {} : { mailbox },
  };
}
