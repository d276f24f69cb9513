import { outsiderLine } from '../../accounts/linking.js';
import type { Mention } from '../../chat/exchange.js';
import type { Requester } from '../../chat/requester.js';
import { wordsIn } from '../../chat/words.js';
import { remarkLine, unclearLine } from '../../dates/date-lines.js';
import { readWhen } from '../../dates/read-when.js';
import type { Deps } from '../../deps.js';
import { findPerson } from '../../directory/find-person.js';
import { searchOptionsOf } from '../../directory/person-field.js';
import { labelOf, type Person } from '../../people/person.js';
import { truncate } from '../../text.js';
import { readDestination } from '../out-of-office.js';
import { nameChoices } from '../out-of-office.views.js';
import type { PeriodDraft } from '../plan-period.js';
import { splitLine, type TypedName } from './split-line.js';

/** The result of parsing a line after `ooo`. */
export interface ReadLine {
  readonly wish: PeriodDraft;
  /** The parts that were not understood, in words; empty if all were. */
  readonly unclear: readonly string[];
  /** Remarks on a date that was understood. */
  readonly remarks: readonly string[];
}

/** Parse `until Friday 5pm @bo`, `du 3 au 7 janvier`, `tomorrow +1 416 555 0100`; saves and checks nothing. */
export async function readLine(
  deps: Deps,
  requester: Requester,
  typed: { readonly text: string; readonly mentions: readonly Mention[] },
): Promise<ReadLine> {
  const parts = splitLine(typed.text);
  const backup = await readBackup(deps, requester, typed.mentions, parts.name);
  const { from, until, unclear, remarks } = readWhen(backup.when ?? parts.when, requester.reader);
  const destination =
    parts.number === undefined
      ? undefined
      : await readDestination(deps.db, requester.tenant.id, parts.number, requester.tenant.country);

  return {
    wish: {
      from,
      until,
      backup: backup.person ?? destination?.backup,
      number: destination?.number,
      note: '',
      privacy: 'away_until',
    },
    unclear: [...backup.unclear, ...unclear.map((one) => unclearLine(requester.reader, one))],
    remarks: remarks.map((one) => remarkLine(requester.reader, one)),
  };
}

interface ReadBackup {
  readonly person?: Person;
  /** The words about time, without the name among them. */
  readonly when?: string;
  readonly unclear: readonly string[];
}

async function readBackup(
  deps: Deps,
  requester: Requester,
  mentions: readonly Mention[],
  names: readonly TypedName[],
): Promise<ReadBackup> {
  const words = wordsIn(requester.reader.locale).outOfOffice;
  if (mentions.length > 0) {
    const mentioned = await findPerson(deps, requester.tenant, { text: '', mentions });
    if (mentioned.kind === 'person') return { person: mentioned.person, unclear: [] };
    if (mentioned.kind === 'outside')
      return { unclear: [words.mentionUnknown(outsiderLine(requester.reader.locale, mentioned))] };
  }
  const shortest = names.at(-1);
  if (!shortest) return { unclear: [] };

  for (const { name, when } of names) {
    const found = await findPerson(
      deps,
      requester.tenant,
      { text: name },
      // `@104` is an extension: nobody is called that.
      { sees: searchOptionsOf(requester).sees, ...(/^\d+$/.test(name) ? {} : { kind: 'name' }) },
    );
    if (found.kind === 'person') return { person: found.person, when, unclear: [] };
    if (found.kind === 'several') {
      const labels = found.people.map(labelOf);
      return { when, unclear: [words.severalCalled(truncate(name, 40), nameChoices(requester.reader, labels))] };
    }
  }
  return { when: shortest.when, unclear: [words.nobodyCalled(truncate(shortest.name, 40))] };
}
