import { DateTime } from 'luxon';
import { z } from 'zod';
import { defineForm, type FormProblems, formProblems } from '../chat/define-handler.js';
import type { Requester } from '../chat/requester.js';
import type { CarriedData, Form, Option } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import { unclearLine } from '../dates/date-lines.js';
import { readMoment } from '../dates/read-when.js';
import type { Deps } from '../deps.js';
import { labelsOf, readPersonField } from '../directory/person-field.js';
import { asId, type PeriodId } from '../ids.js';
import { formatNumber } from '../phone-number.js';
import { privacyLevels } from '../routing/absence.types.js';
import { truncate } from '../text.js';
import { parseInstant } from './draft-codec.js';
import { outOfOfficeActions } from './out-of-office.action-ids.js';
import {
  findDefaultBackup,
  findOwnPeriod,
  readDestination,
  requireOutOfOffice,
  setOutOfOffice,
} from './out-of-office.js';
import { outOfOfficeForm, problemLine } from './out-of-office.views.js';
import type { PeriodDraft } from './plan-period.js';
import { savedView } from './saved-view.js';
import { suggestBackup } from './suggest-backup.js';

/** A moment may come from a date field, with its time beside it, or as typed text. */
const valuesOf = ({ chat }: Words) => {
  const text = (most: number) => z.string().max(most, chat.tooLong(most)).optional();
  return z.object({
    from: text(200),
    from_time: text(20),
    until: text(200),
    until_time: text(20),
    backup: text(200),
    number: text(40),
    note: text(500),
    privacy: z.enum(privacyLevels).default('away_until'),
  });
};

type Values = z.infer<ReturnType<typeof valuesOf>>;

/** The form of `ooo`: a new absence, or a change of the one whose id it carries. */
export const setForm = defineForm<Values>({
  id: outOfOfficeActions.set,
  permission: 'self',
  open: openSetForm,
  values: valuesOf,
  async submit(deps, requester, values, carries) {
    requireOutOfOffice(requester);
    const wish = await readWish(deps, requester, values);
    if (wish.kind === 'problems') return wish;

    const changing = carries.period === undefined ? undefined : asId<PeriodId>(carries.period);
    const saved = await setOutOfOffice(deps, requester.actor, wish.wish, changing);
    if (saved.kind === 'problems')
      return formProblems(
        Object.fromEntries(saved.problems.map((problem) => [problem.field, problemLine(requester.reader, problem)])),
      );
    return { kind: 'replace', card: await savedView(deps, requester, saved, wish.wish) };
  },
});

/** Return the form, filled with a parsed line, with the requester's own period, or empty. */
export async function openSetForm(deps: Deps, requester: Requester, carries: CarriedData): Promise<Form> {
  requireOutOfOffice(requester);
  const { id: tenantId, country } = requester.tenant;
  const period =
    carries.period === undefined ? undefined : await findOwnPeriod(deps, requester.actor, asId(carries.period));
  const from = period?.startsAt ?? parseInstant(carries.from);
  const until = period ? period.endsAt : parseInstant(carries.until);
  const number = period ? period.number : carries.number;

  const defaultBackup = await findDefaultBackup(deps.db, tenantId, requester.user.id);
  const start = {
    ...{ from: dayOf(requester, from), fromTime: timeOf(requester, from) },
    ...{ until: dayOf(requester, until), untilTime: timeOf(requester, until) },
    backup: await optionOf(deps, requester, period ? period.backupId : carries.backup),
    number: number === undefined ? undefined : formatNumber(number, country),
    note: period?.note || undefined,
    privacy: period?.privacy,
  };
  const suggested = defaultBackup || start.backup || number ? undefined : await suggestedFrom(from, until);
  const helpers = { defaultBackup: defaultBackup?.displayName, suggested: suggested?.name };
  return outOfOfficeForm(requester.reader, start, helpers, period ? { period: period.id } : {});

  function suggestedFrom(startsAt: Date = requester.reader.now, endsAt?: Date) {
    const wish = { from: startsAt, until: endsAt, backup: undefined, number: undefined, note: '' } as const;
    return suggestBackup(deps, requester.actor, { ...wish, privacy: 'away_until' }, { startsAt, endsAt }, period?.id);
  }
}

async function readWish(
  deps: Deps,
  requester: Requester,
  values: Values,
): Promise<{ readonly kind: 'wish'; readonly wish: PeriodDraft } | FormProblems> {
  const { outOfOffice } = wordsIn(requester.reader.locale);
  const found: Record<string, string> = {};

  const from = moment('from', values.from, values.from_time);
  const until = moment('until', values.until, values.until_time);
  const read = values.backup === undefined ? undefined : await readPersonField(deps, requester, values.backup);
  if (read?.kind === 'problem') found.backup = read.line;
  if (Object.keys(found).length > 0) return formProblems(found);
  const chosen = read?.kind === 'person' ? read.person : undefined;

  const { backup, number } =
    values.number === undefined
      ? {}
      : await readDestination(deps.db, requester.tenant.id, values.number, requester.tenant.country);
  // A colleague's number beside a chosen backup: two answers to one question.
  if (chosen && backup) return formProblems({ number: outOfOffice.problems['not-both'] });
  const { note = '', privacy } = values;
  return { kind: 'wish', wish: { from, until, backup: chosen ?? backup, number, note, privacy } };

  function moment(field: 'from' | 'until', typed: string | undefined, time: string | undefined): Date | undefined {
    if (typed === undefined && time === undefined) return undefined;
    const today = dayOf(requester, requester.reader.now) ?? '';
    const read = readMoment(typed ?? today, time, requester.reader, field === 'from' ? 'begin' : 'end');
    const [unclear] = read.unclear;
    if (unclear?.kind === 'words' || unclear?.kind === 'apart')
      found[field] = outOfOffice.problems['not-understood'](truncate(`${typed ?? ''} ${time ?? ''}`.trim(), 80));
    else if (unclear) found[field] = unclearLine(requester.reader, unclear);
    return read.moment;
  }
}

async function optionOf(deps: Deps, requester: Requester, id: string | undefined): Promise<Option | undefined> {
  if (id === undefined) return undefined;
  const label = (await labelsOf(deps.db, requester.tenant.id, [id])).get(id);
  return label === undefined ? undefined : { value: id, label };
}

const local = ({ reader }: Requester, instant: Date) => DateTime.fromJSDate(instant, { zone: reader.timeZone });

const dayOf = (requester: Requester, instant: Date | undefined): string | undefined =>
  instant && (local(requester, instant).toISODate() ?? undefined);

/** Midnight is left empty: the day alone means it. */
function timeOf(requester: Requester, instant: Date | undefined): string | undefined {
  const time = instant && local(requester, instant).toFormat('HH:mm');
  return time === '00:00' ? undefined : time;
}
