import { formatLabelled, type Reader } from '../chat/phrasing.js';
import type { Block, Button, Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { BackupAnswer, Window } from '../routing/absence.types.js';
import { coverActions } from './cover.action-ids.js';
import { outOfOfficeActions } from './out-of-office.action-ids.js';
import { fromLine, untilLine } from './out-of-office.views.js';

/** An absence as its backup sees it. */
export interface ShownCover extends Window {
  readonly id: string;
  /** The person who is out. */
  readonly name: string;
  readonly note: string;
  readonly answer: BackupAnswer;
}

/** Return the card that asks the backup to cover. Once answered it shows the answer. */
export function coverCard(reader: Reader, cover: ShownCover): Card {
  const words = wordsIn(reader.locale).outOfOffice;
  const times = [fromLine(reader, cover.startsAt), untilLine(reader, cover.endsAt)] as const;
  if (cover.answer === 'declined') {
    const reason: Button = {
      kind: 'form',
      action: coverActions.reason,
      label: wordsIn(reader.locale).milestones.addReason,
      carries: { period: cover.id },
    };
    return textCard(words.declinedTitle(cover.name), words.declinedLine(cover.name), [
      { kind: 'buttons', buttons: [reason] },
    ]);
  }
  if (cover.answer === 'accepted') {
    return textCard(
      words.acceptedTitle(cover.name),
      words.acceptedLine(cover.name, ...times),
      noteBlocks(reader, cover),
    );
  }
  const line = words.askedLine(cover.name, ...times);
  return textCard(words.askedTitle(cover.name), line, [...noteBlocks(reader, cover), answerButtons(reader, cover)]);
}

/** Return the card for a backup who is no longer asked. */
export function noLongerCard(reader: Reader, name: string): Card {
  const words = wordsIn(reader.locale).outOfOffice;
  return textCard(words.noLongerTitle, words.noLongerLine(name));
}

/** To whoever is out: what the backup answered. */
export function answeredCard(
  reader: Reader,
  backup: string,
  cover: Omit<ShownCover, 'name' | 'note'>,
  reason = '',
): Card {
  const words = wordsIn(reader.locale).outOfOffice;
  const times = [fromLine(reader, cover.startsAt), untilLine(reader, cover.endsAt)] as const;
  if (cover.answer === 'accepted')
    return textCard(words.theyAccepted(backup), words.theyAcceptedLine(backup, ...times));
  return textCard(words.theyDeclined(backup), words.theyDeclinedLine(backup, ...times), [
    ...(reason === '' ? [] : [{ kind: 'text', text: wordsIn(reader.locale).milestones.theirReason(reason) } as const]),
    {
      kind: 'buttons',
      buttons: [
        {
          kind: 'form',
          action: outOfOfficeActions.set,
          label: words.chooseAnother,
          tone: 'main',
          carries: { period: cover.id },
        },
      ],
    },
  ]);
}

/** Return the card of `cover`: everybody whom the reader covers, or is asked to cover. */
export function coversCard(reader: Reader, covers: readonly ShownCover[]): Card {
  const words = wordsIn(reader.locale).outOfOffice;
  if (covers.length === 0) return textCard(words.coverTitle, words.coverNobody);
  const left = covers.length - mostCovers;
  return {
    title: words.coverTitle,
    summary: formatLabelled(reader.locale, words.coverTitle, covers.map(({ name }) => name).join(', ')),
    blocks: [
      ...covers.slice(0, mostCovers).flatMap((cover) => coverBlocks(reader, cover)),
      ...(left > 0 ? [{ kind: 'note', text: words.others(left) } as const] : []),
    ],
  };
}

function coverBlocks(reader: Reader, cover: ShownCover): Block[] {
  const words = wordsIn(reader.locale).outOfOffice;
  return [
    {
      kind: 'facts',
      facts: [
        {
          label: cover.name,
          value: words.coverLine(fromLine(reader, cover.startsAt), untilLine(reader, cover.endsAt)),
        },
        { label: words.factAnswer, value: words.yourAnswers[cover.answer] },
      ],
    },
    answerButtons(reader, cover),
  ];
}

/** As many as fit on a card on every platform, while an admin acts as the reader too. */
const mostCovers = 14;

/** The buttons of a backup: accept, decline. What has been answered may be answered otherwise. */
export function answerButtons(reader: Reader, { id, answer }: Pick<ShownCover, 'id' | 'answer'>): Block {
  const words = wordsIn(reader.locale).outOfOffice;
  const carries = { period: id };
  const accept: Button = { kind: 'action', action: coverActions.accept, label: words.accept, tone: 'main', carries };
  const decline: Button = { kind: 'action', action: coverActions.decline, label: words.decline, carries };
  return {
    kind: 'buttons',
    buttons: [...(answer === 'accepted' ? [] : [accept]), ...(answer === 'declined' ? [] : [decline])],
  };
}

function noteBlocks(reader: Reader, { note }: ShownCover): Block[] {
  const words = wordsIn(reader.locale).outOfOffice;
  return note === '' ? [] : [{ kind: 'facts', facts: [{ label: words.factCallersHear, value: note }] }];
}

const textCard = (title: string, line: string, rest: readonly Block[] = []): Card => ({
  title,
  summary: line,
  blocks: [{ kind: 'text', text: line }, ...rest],
});
