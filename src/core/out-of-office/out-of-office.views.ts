import {
  differingZone,
  formatMoment,
  formatPeriodEdge,
  joinWithAnd,
  joinWithOr,
  type Reader,
} from '../chat/phrasing.js';
import type { Block, Button, Card, CarriedData, Fact, Form, Option } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import { countryNames, formatNumber } from '../phone-number.js';
import { type Period, type Privacy, privacyLevels, type Window } from '../routing/absence.types.js';
import type { DeadEnd } from '../routing/path.js';
import { outOfOfficeActions } from './out-of-office.action-ids.js';
import type { PlanProblem } from './plan-period.js';

/** A period as its own person sees it. */
export interface ShownPeriod extends Window {
  readonly id?: string;
  readonly backup?: { readonly name: string; readonly answer: Period['backupAnswer'] } | undefined;
  readonly number?: string | undefined;
  readonly note: string;
  readonly privacy: Privacy;
}

/** The company's settings on which the views depend. */
export interface ViewSettings {
  /** ISO 3166: how numbers are written. */
  readonly country: string;
  readonly hasVoicemail: boolean;
}

/** Hours in which a chain of backups ends with a person who cannot be reached. */
export interface ShownGap extends Window {
  readonly name: string;
  readonly because: DeadEnd['because'];
}

/** A colleague who could cover, where nobody does. */
export interface ShownSuggestion {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly covers: number;
}

/** Return `back Fri, Nov 27, 5:00 pm`, or `open-ended`. */
export function untilLine(reader: Reader, endsAt: Date | undefined): string {
  const words = wordsIn(reader.locale).outOfOffice;
  return endsAt === undefined ? words.openEnded : words.untilLine(formatPeriodEdge(reader, endsAt));
}

/** Return when the period begins; “now” if it has begun, or begins at once. */
export const fromLine = (reader: Reader, startsAt: Date): string =>
  hasBegun(reader, startsAt) ? wordsIn(reader.locale).outOfOffice.now : formatPeriodEdge(reader, startsAt);

/** A request is some moments older than a period that begins with it. */
const hasBegun = (reader: Reader, startsAt: Date): boolean => startsAt.getTime() - reader.now.getTime() < 10_000;

/** Return the card with what was understood of a typed line, before anything is saved. */
export function understoodCard(
  reader: Reader,
  understood: {
    readonly period: ShownPeriod;
    readonly gaps: readonly ShownGap[];
    readonly remarks: readonly string[];
    readonly suggestion?: ShownSuggestion | undefined;
  },
  setting: ViewSettings,
  carries: CarriedData,
): Card {
  const words = wordsIn(reader.locale).outOfOffice;
  const { period, gaps, remarks, suggestion } = understood;
  const confirm = outOfOfficeActions.confirm;
  return {
    title: words.understood,
    summary: words.understoodLine(fromLine(reader, period.startsAt), untilLine(reader, period.endsAt)),
    blocks: [
      { kind: 'facts', facts: periodFacts(reader, period, setting) },
      ...remarks.map((text): Block => ({ kind: 'note', text })),
      ...gapBlocks(reader, gaps),
      ...suggestionBlocks(words, suggestion),
      {
        kind: 'buttons',
        buttons: [
          { kind: 'action', action: confirm, label: words.confirm, tone: 'main', carries },
          ...(suggestion
            ? [
                {
                  kind: 'action',
                  action: confirm,
                  label: words.confirmAndAsk,
                  carries: { ...carries, backup: suggestion.id },
                } as const,
              ]
            : []),
          { kind: 'form', action: outOfOfficeActions.set, label: words.change, carries },
          { kind: 'action', action: outOfOfficeActions.dismiss, label: words.cancel, carries: {} },
        ],
      },
    ],
  };
}

/** Return the card with what was not understood, or may not be saved, and a button to the form. */
export function refusedCard(
  reader: Reader,
  refused: { readonly title: string; readonly lines: readonly string[] },
  understood: { readonly period: ShownPeriod; readonly setting: ViewSettings } | undefined,
  carries: CarriedData,
): Card {
  const words = wordsIn(reader.locale).outOfOffice;
  const blocks: Block[] = refused.lines.map((text) => ({ kind: 'text', text }));
  if (understood) {
    blocks.push({ kind: 'note', text: words.unclearDates });
    blocks.push({ kind: 'facts', facts: periodFacts(reader, understood.period, understood.setting) });
  }
  return {
    title: refused.title,
    summary: refused.lines.join(' '),
    blocks: [
      ...blocks,
      {
        kind: 'buttons',
        buttons: [
          { kind: 'form', action: outOfOfficeActions.set, label: words.change, tone: 'main', carries },
          { kind: 'action', action: outOfOfficeActions.dismiss, label: words.cancel, carries: {} },
        ],
      },
    ],
  };
}

/** Return the card after saving: out of office now, or from a later moment. */
export function savedCard(
  reader: Reader,
  period: ShownPeriod,
  gaps: readonly ShownGap[],
  setting: ViewSettings,
  suggestion?: ShownSuggestion,
): Card {
  const words = wordsIn(reader.locale).outOfOffice;
  const until = untilLine(reader, period.endsAt);
  const begun = hasBegun(reader, period.startsAt);
  return {
    title: begun ? words.savedTitle : words.plannedTitle,
    summary: begun ? words.savedLine(until) : words.plannedLine(fromLine(reader, period.startsAt), until),
    blocks: [
      { kind: 'facts', facts: periodFacts(reader, period, setting) },
      ...gapBlocks(reader, gaps),
      ...suggestionBlocks(words, suggestion),
      {
        kind: 'buttons',
        buttons: [...askButtons(words, period, suggestion), ...periodButtons(words, period, begun)],
      },
    ],
  };
}

const suggestionBlocks = (words: Words['outOfOffice'], suggestion: ShownSuggestion | undefined): Block[] =>
  suggestion ? [{ kind: 'text', text: words.suggestion(suggestion.name, suggestion.team, suggestion.covers) }] : [];

function askButtons(
  words: Words['outOfOffice'],
  { id: period }: ShownPeriod,
  suggestion: ShownSuggestion | undefined,
): Button[] {
  if (!suggestion || period === undefined) return [];
  const carries = { period, backup: suggestion.id };
  return [{ kind: 'action', action: outOfOfficeActions.ask, label: words.askThem, carries }];
}

/** Return the buttons of the person's own period: come back or cancel, and change. */
export function periodButtons(words: Words['outOfOffice'], period: ShownPeriod, begun: boolean): Button[] {
  const carries = { period: period.id ?? '' };
  const leave: Button = begun
    ? { kind: 'action', action: outOfOfficeActions.back, label: words.comeBack, tone: 'main', carries: {} }
    : {
        kind: 'action',
        action: outOfOfficeActions.cancel,
        label: words.cancelPlanned,
        carries,
        confirm: { title: words.cancelTitle, text: words.cancelText, yes: words.cancelPlanned, no: words.keep },
      };
  return [leave, { kind: 'form', action: outOfOfficeActions.set, label: words.change, carries }];
}

/** Return the facts of a period. */
export function periodFacts(reader: Reader, period: ShownPeriod, setting: ViewSettings): Fact[] {
  const words = wordsIn(reader.locale).outOfOffice;
  const facts = [
    { label: words.factFrom, value: fromLine(reader, period.startsAt) },
    {
      label: words.factUntil,
      value: period.endsAt === undefined ? words.openEnded : formatPeriodEdge(reader, period.endsAt),
    },
    { label: words.factCalls, value: destinationOf(words, period, setting) },
    { label: words.factPrivacy, value: words.privacyLevels[period.privacy] },
  ];
  return period.note === '' ? facts : [...facts, { label: words.factNote, value: period.note }];
}

function destinationOf(words: Words['outOfOffice'], period: ShownPeriod, setting: ViewSettings): string {
  if (period.number !== undefined) return formatNumber(period.number, setting.country);
  if (!period.backup) return setting.hasVoicemail ? words.nobody : words.nobodyWithoutVoicemail;
  const answer = words.answers[period.backup.answer];
  return answer === '' ? period.backup.name : words.withAnswer(period.backup.name, answer);
}

function gapBlocks(reader: Reader, gaps: readonly ShownGap[]): Block[] {
  if (gaps.length === 0) return [];
  const words = wordsIn(reader.locale).outOfOffice;
  const lines = gaps.slice(0, mostGaps).map(({ startsAt, endsAt, name, because }) => {
    const from = fromLine(reader, startsAt);
    const hours = endsAt === undefined ? words.gapFrom(from) : words.gapSpan(from, formatMoment(reader, endsAt));
    return `• ${words.gap[because](hours, name)}`;
  });
  return [{ kind: 'text', text: [words.gaps, ...lines, ...(gaps.length > mostGaps ? ['…'] : [])].join('\n') }];
}

const mostGaps = 8;

/** Return a problem in words; the caller decides where to show it. */
export function problemLine(reader: Reader, problem: PlanProblem): string {
  const { problems } = wordsIn(reader.locale).outOfOffice;
  switch (problem.kind) {
    case 'overlap':
      return problem.period.startsAt <= reader.now
        ? problems.overlapping(untilLine(reader, problem.period.endsAt))
        : problems.overlap(fromLine(reader, problem.period.startsAt), untilLine(reader, problem.period.endsAt));
    case 'takes-no-calls':
      return problems['takes-no-calls'](problem.name);
    case 'circle':
      return problems.circle(problem.names.join(' → '));
    case 'abroad':
      return problems.abroad(countryNames(reader.locale, problem.allowed));
    default:
      return problems[problem.kind];
  }
}

/** The form's initial values; days as `2026-11-27`, times as `17:00`, in the reader's zone. */
export interface FormStart {
  readonly from?: string | undefined;
  readonly fromTime?: string | undefined;
  readonly until?: string | undefined;
  readonly untilTime?: string | undefined;
  readonly backup?: Option | undefined;
  readonly number?: string | undefined;
  readonly note?: string | undefined;
  readonly privacy?: Privacy | undefined;
}

/** Return the form: every field is optional, because an empty form means from now on, with the default backup. */
export function outOfOfficeForm(
  reader: Reader,
  start: FormStart,
  {
    defaultBackup,
    suggested,
  }: { readonly defaultBackup?: string | undefined; readonly suggested?: string | undefined },
  carries: CarriedData,
): Form {
  const words = wordsIn(reader.locale).outOfOffice;
  const { cancel } = wordsIn(reader.locale).chat;
  const zone = differingZone(reader);
  const optional = { required: false } as const;
  return {
    id: outOfOfficeActions.set,
    title: words.formTitle,
    submit: wordsIn(reader.locale).chat.save,
    cancel,
    intro: zone === undefined ? words.formIntro : `${words.formIntro} ${words.formZone(zone)}`,
    carries,
    fields: [
      { kind: 'date', name: 'from', label: words.from, hint: words.fromHint, ...optional, ...value(start.from) },
      { kind: 'time', name: 'from_time', label: words.fromTime, ...optional, ...value(start.fromTime) },
      { kind: 'date', name: 'until', label: words.until, hint: words.untilHint, ...optional, ...value(start.until) },
      { kind: 'time', name: 'until_time', label: words.untilTime, ...optional, ...value(start.untilTime) },
      {
        kind: 'person',
        name: 'backup',
        label: words.backup,
        hint: backupHint(),
        ...optional,
        ...value(start.backup),
      },
      {
        kind: 'text',
        name: 'number',
        label: words.number,
        hint: words.numberHint,
        maxLength: 40,
        ...optional,
        ...value(start.number),
      },
      {
        kind: 'text',
        name: 'note',
        label: words.note,
        multiline: true,
        maxLength: 500,
        ...optional,
        ...value(start.note),
      },
      {
        kind: 'choice',
        name: 'privacy',
        label: words.privacy,
        ...optional,
        value: start.privacy ?? 'away_until',
        options: privacyLevels.map((level) => ({ value: level, label: words.privacyLevels[level] })),
      },
    ],
  };

  function backupHint(): string {
    if (defaultBackup !== undefined) return words.backupHint(defaultBackup);
    return suggested === undefined
      ? words.backupHintNone
      : `${words.backupHintNone}. ${words.suggestionNow(suggested)}`;
  }
}

const value = <Value>(start: Value | undefined): { value: Value } | Record<never, never> =>
  start === undefined ? {} : { value: start };

/** Return names in a list; of many the first ones, and the number of the rest. */
export function nameList({ locale }: Reader, names: readonly string[]): string {
  const { others } = wordsIn(locale).outOfOffice;
  return joinWithAnd(locale, names.length > 6 ? [...names.slice(0, 5), others(names.length - 5)] : names);
}

/** Return the people who may be meant; of many the likeliest. */
export function nameChoices({ locale }: Reader, names: readonly string[]): string {
  const { somebodyElse } = wordsIn(locale).outOfOffice;
  return joinWithOr(locale, names.length > 4 ? [...names.slice(0, 3), somebodyElse] : names);
}
