import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Block, Button, Card, Form, Option } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import { callerOf, type ShownVoicemail } from '../voicemail.views.js';

import { type MailboxMember, memberLevels } from './mailbox-member.js';

/** Return a card that tells the holder something about a message, with a button that opens it. */
export function claimToldCard(
  reader: Reader,
  shown: Pick<ShownVoicemail, 'id' | 'callerName' | 'ani' | 'shared'>,
  title: (caller: string) => string,
): Card {
  const { voicemail, claim: words } = wordsIn(reader.locale);
  const line = title(callerOf(voicemail, shown));
  const promised = shown.shared?.claim?.promisedAt;
  const blocks: Block[] = promised ? [{ kind: 'text', text: words.promised(formatMoment(reader, promised)) }] : [];
  const open: Button = {
    kind: 'action',
    action: voicemailActions.open,
    label: words.openIt,
    carries: { voicemail: shown.id },
    tone: 'main',
  };
  return { title: line, summary: line, blocks: [...blocks, { kind: 'buttons', buttons: [open] }] };
}

/** Return the form behind Hand over. */
export function handOverView(reader: Reader, voicemailId: string): Form {
  const { claim: words, chat, voicemail } = wordsIn(reader.locale);
  return {
    id: voicemailActions.handOver,
    title: words.handOverTitle,
    submit: voicemail.handOver,
    cancel: chat.cancel,
    fields: [{ kind: 'person', name: 'user', label: words.to, hint: words.toHint, required: true }],
    carries: { voicemail: voicemailId },
  };
}

/** Return the form behind Promise a time. */
export function promiseView(reader: Reader, voicemailId: string): Form {
  const { claim: words, chat } = wordsIn(reader.locale);
  return {
    id: voicemailActions.promise,
    title: words.promiseTitle,
    submit: words.promiseSave,
    cancel: chat.cancel,
    fields: [
      {
        kind: 'text',
        name: 'until',
        label: words.promiseAt,
        hint: words.promiseHint,
        required: true,
        maxLength: 100,
      },
    ],
    carries: { voicemail: voicemailId },
  };
}

/** The data of a mailbox's card. */
export interface ShownMailbox {
  /** Undefined: the reader's own. */
  readonly mailbox: { readonly id: string; readonly name: string } | undefined;
  readonly members: readonly Pick<MailboxMember, 'name' | 'level' | 'endsAt'>[];
}

const mostShown = 30;

/** Return the card of a mailbox: its members, with buttons to add and remove them. */
export function mailboxCard(reader: Reader, { mailbox, members }: ShownMailbox): Card {
  const words = wordsIn(reader.locale).claim;
  const title = mailbox ? words.titleOf(mailbox.name) : words.title;
  const carries = mailboxIn(mailbox?.id);
  const rows = members
    .slice(0, mostShown)
    .map(({ name, level, endsAt }) => [
      name,
      words.levels[level],
      endsAt ? formatMoment(reader, endsAt) : words.always,
    ]);
  const list: Block =
    members.length === 0 ? { kind: 'text', text: words.nobody } : { kind: 'table', columns: words.columns, rows };
  const add: Button = { kind: 'form', action: voicemailActions.addMember, label: words.add, tone: 'main', carries };
  const remove: Button = { kind: 'form', action: voicemailActions.removeMember, label: words.remove, carries };
  return {
    title,
    summary:
      members.length === 0 ? words.nobody : `${title}: ${members.map(({ name }) => name).join(', ')}`.slice(0, 150),
    blocks: [
      list,
      { kind: 'note', text: words.explain },
      { kind: 'buttons', buttons: members.length === 0 ? [add] : [add, remove] },
    ],
  };
}

/** Return the form that adds or changes a member. */
export function memberView(reader: Reader, mailbox: string | undefined): Form {
  const { claim: words, chat } = wordsIn(reader.locale);
  return {
    id: voicemailActions.addMember,
    title: words.addTitle,
    submit: words.save,
    cancel: chat.cancel,
    fields: [
      { kind: 'person', name: 'user', label: words.member, hint: words.memberHint, required: true },
      {
        kind: 'choice',
        name: 'level',
        label: words.level,
        required: true,
        value: 'handle',
        options: memberLevels.map((level) => ({
          value: level,
          label: words.levels[level],
          detail: words.levelHints[level],
        })),
      },
      { kind: 'text', name: 'until', label: words.until, hint: words.untilHint, required: false, maxLength: 100 },
    ],
    carries: mailboxIn(mailbox),
  };
}

/** Return the form that removes a member. */
export function removeMemberView(reader: Reader, mailbox: string | undefined, members: readonly Option[]): Form {
  const { claim: words, chat } = wordsIn(reader.locale);
  return {
    id: voicemailActions.removeMember,
    title: words.removeTitle,
    submit: words.remove,
    cancel: chat.cancel,
    fields: [{ kind: 'choice', name: 'user', label: words.removeWho, required: true, options: members }],
    carries: mailboxIn(mailbox),
  };
}

const mailboxIn = (id: string | undefined) => (id === undefined ? {} : { mailbox: id });
