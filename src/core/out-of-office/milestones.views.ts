import type { AbsenceCalls } from '../calls/count-calls.js';
import type { Reader } from '../chat/phrasing.js';
import type { Block, Button, Card, Form } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { BackupAnswer, Window } from '../routing/absence.types.js';
import { coverActions } from './cover.action-ids.js';
import { answerButtons } from './cover.views.js';
import { outOfOfficeActions } from './out-of-office.action-ids.js';
import { fromLine, untilLine } from './out-of-office.views.js';

/** An absence as its notices show it; `name` is the other person of it. */
export interface NoticedAbsence extends Window {
  readonly id: string;
  readonly name: string;
  readonly answer: BackupAnswer;
}

/** What came during an absence. */
export interface ReturnDigest {
  readonly id: string;
  readonly calls: Pick<AbsenceCalls, 'answered' | 'missed'>;
  /** Who took most of the calls. */
  readonly takers: readonly { readonly name: string; readonly calls: number }[];
  /** Messages that nobody has handled; undefined: the edition has no voicemail. */
  readonly openMessages: number | undefined;
}

/** To the backup who has not answered. */
export function remindedCard(reader: Reader, absence: NoticedAbsence): Card {
  const words = wordsIn(reader.locale).milestones;
  const { name } = absence;
  const line = words.remindedLine(name, fromLine(reader, absence.startsAt), untilLine(reader, absence.endsAt));
  return card(words.remindedTitle(name), line, [answerButtons(reader, absence)]);
}

/** To the person who is out: their backup `name` has not answered; `counts`: calls ring that backup all the same. */
export function unansweredCard(reader: Reader, absence: NoticedAbsence, counts: boolean): Card {
  const words = wordsIn(reader.locale).milestones;
  return card(words.unansweredTitle(absence.name), words.unansweredLine(absence.name, counts), [
    { kind: 'buttons', buttons: [chooseAnother(reader, absence.id)] },
  ]);
}

/** To the person: the absence they planned has begun. */
export function beganCard(reader: Reader, absence: Pick<NoticedAbsence, 'endsAt'>): Card {
  const words = wordsIn(reader.locale).milestones;
  const back: Button = {
    kind: 'action',
    action: outOfOfficeActions.back,
    label: wordsIn(reader.locale).outOfOffice.comeBack,
    carries: {},
  };
  return card(words.beganTitle, words.beganLine(untilLine(reader, absence.endsAt)), [
    { kind: 'buttons', buttons: [back] },
  ]);
}

/** To the backup: the calls of `name` ring them from now on, or would if they agreed. */
export function coverBeganCard(reader: Reader, absence: NoticedAbsence): Card {
  const words = wordsIn(reader.locale).milestones;
  const until = untilLine(reader, absence.endsAt);
  const line =
    absence.answer === 'accepted'
      ? words.coverBeganLine(absence.name, until)
      : words.coverBeganAsked(absence.name, until);
  return card(words.coverBeganTitle(absence.name), line, [answerButtons(reader, absence)]);
}

/** To the backup: `name` is back. */
export function coverEndedCard(reader: Reader, name: string): Card {
  const words = wordsIn(reader.locale).milestones;
  return card(words.coverEndedTitle(name), words.coverEndedLine(name));
}

/** To the person who is back: what came meanwhile. */
export function returnedCard(reader: Reader, { id, calls, takers, openMessages }: ReturnDigest): Card {
  const words = wordsIn(reader.locale).milestones;
  const takenBy = takers.map((taker) => `${taker.name} ${taker.calls}`).join(', ');
  const facts = [
    { label: words.factAnswered, value: takenBy === '' ? String(calls.answered) : `${calls.answered} (${takenBy})` },
    { label: words.factMissed, value: String(calls.missed) },
    ...(openMessages === undefined ? [] : [{ label: words.factVoicemails, value: String(openMessages) }]),
  ];
  const isQuiet = calls.answered + calls.missed + (openMessages ?? 0) === 0;
  if (isQuiet) return card(words.returnedTitle, words.nothingHappened);
  const handleAll: Button = {
    kind: 'action',
    action: outOfOfficeActions.handleAll,
    label: words.handleAll,
    carries: { period: id },
  };
  return card(words.returnedTitle, words.returnedLine, [
    { kind: 'facts', facts },
    ...((openMessages ?? 0) > 0 ? [{ kind: 'buttons', buttons: [handleAll] } as const] : []),
  ]);
}

/** Why the backup cannot cover, asked after they declined. */
export function reasonForm(reader: Reader, period: string): Form {
  const words = wordsIn(reader.locale).milestones;
  return {
    id: coverActions.reason,
    title: words.reasonTitle,
    submit: words.addReason,
    cancel: wordsIn(reader.locale).chat.cancel,
    carries: { period },
    fields: [
      {
        kind: 'text',
        name: 'reason',
        label: words.reasonField,
        hint: words.reasonHint,
        multiline: true,
        maxLength: 500,
        required: true,
      },
    ],
  };
}

const chooseAnother = (reader: Reader, period: string): Button => ({
  kind: 'form',
  action: outOfOfficeActions.set,
  label: wordsIn(reader.locale).outOfOffice.chooseAnother,
  tone: 'main',
  carries: { period },
});

const card = (title: string, line: string, rest: readonly Block[] = []): Card => ({
  title,
  summary: line,
  blocks: [{ kind: 'text', text: line }, ...rest],
});
