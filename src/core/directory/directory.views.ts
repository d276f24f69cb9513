import { edge, type Reader } from '../chat/phrasing.js';
import type { Block, Card, Fact, Form } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { showNumber } from '../phone-number.js';
import { type Person, roleOf } from '../users/person.js';

/** Somebody who was found, with what this reader may know of their absence. */
export interface FoundPerson {
  readonly person: Pick<Person, 'id' | 'displayName' | 'title' | 'team' | 'extension' | 'did'>;
  readonly isAsker: boolean;
  /** Undefined: nothing to tell. */
  readonly absence: { readonly until: Date | undefined; readonly coveredBy: string | undefined } | undefined;
}

/** One person in full, or several in short. */
export function foundCard(reader: Reader, country: string, found: readonly FoundPerson[], more: boolean): Card {
  const words = wordsIn(reader.locale).directory;
  const [first, second] = found;
  if (first && !second) return personCard(reader, country, first);
  return {
    title: words.foundTitle(found.length),
    summary: words.foundLine(found.map(({ person }) => person.displayName).join(', ')),
    blocks: [
      ...found.flatMap((one) => shortBlocks(reader, country, one)),
      ...(more ? [{ kind: 'note', text: words.more } as const] : []),
    ],
  };
}

function personCard(reader: Reader, country: string, found: FoundPerson): Card {
  const words = wordsIn(reader.locale);
  const { person, absence } = found;
  const facts: (Fact | undefined)[] = [
    fact(words.directory.title, roleOf(person)),
    fact(words.directory.extension, person.extension),
    fact(words.directory.did, person.did && showNumber(person.did, country)),
    { label: words.outOfOffice.factState, value: stateLine(reader, found) },
    fact(words.outOfOffice.factCoveredBy, absence?.coveredBy),
  ];
  return {
    title: person.displayName,
    summary: `${person.displayName}: ${stateLine(reader, found)}`,
    blocks: [{ kind: 'facts', facts: facts.filter((one) => one !== undefined) }, ...buttonBlocks(reader, found)],
  };
}

function shortBlocks(reader: Reader, country: string, found: FoundPerson): Block[] {
  const words = wordsIn(reader.locale).directory;
  const { person } = found;
  const parts = [
    roleOf(person),
    person.extension && words.extensionShort(person.extension),
    person.did && showNumber(person.did, country),
    stateLine(reader, found),
  ];
  const value = parts.filter(Boolean).join(' · ');
  return [{ kind: 'facts', facts: [{ label: person.displayName, value }] }, ...buttonBlocks(reader, found)];
}

/** Nobody was found: what else to try. */
export function nobodyCard(reader: Reader, query: string): Card {
  const words = wordsIn(reader.locale).directory;
  const line = words.nobody(query.slice(0, 60));
  return {
    title: '',
    summary: line,
    blocks: [
      { kind: 'text', text: `${line} ${words.nobodyTry}` },
      { kind: 'buttons', buttons: [{ kind: 'form', action: 'directory.find', label: words.again, carries: {} }] },
    ],
  };
}

export function findForm(reader: Reader): Form {
  const words = wordsIn(reader.locale);
  return {
    id: 'directory.find',
    title: words.directory.formTitle,
    submit: words.directory.find,
    cancel: words.chat.cancel,
    carries: {},
    fields: [
      {
        kind: 'text',
        name: 'query',
        label: words.directory.formField,
        hint: words.directory.formHint,
        required: true,
        maxLength: 100,
      },
    ],
  };
}

function stateLine(reader: Reader, { absence }: FoundPerson): string {
  const words = wordsIn(reader.locale).outOfOffice;
  if (!absence) return words.noAbsence;
  return absence.until === undefined ? words.away : words.awayUntil(words.untilLine(edge(reader, absence.until)));
}

/** Nobody is their own backup. */
function buttonBlocks(reader: Reader, { person, isAsker }: FoundPerson): Block[] {
  if (isAsker) return [];
  const label = wordsIn(reader.locale).directory.setBackup;
  return [
    { kind: 'buttons', buttons: [{ kind: 'action', action: 'directory.backup', label, carries: { user: person.id } }] },
  ];
}

const fact = (label: string, value: string | undefined): Fact | undefined =>
  value === undefined || value === '' ? undefined : { label, value };
