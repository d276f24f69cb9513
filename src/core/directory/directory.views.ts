import { formatPeriodEdge, type Reader } from '../chat/phrasing.js';
import type { Block, Button, Card, CarriedData, Fact, Form, Option } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { labelOf, type Person, titleAndTeam } from '../people/person.js';
import { formatNumber } from '../phone-number.js';
import { truncate } from '../text.js';
import { directoryActions } from './directory.action-ids.js';
import type { Reason } from './matching/ranking.js';

/** A person who was found, with what this reader may know of their absence. */
export interface FoundPerson {
  readonly person: Pick<Person, 'id' | 'displayName' | 'firstName' | 'title' | 'team' | 'extension' | 'did'>;
  readonly isAsker: boolean;
  readonly hasMailbox: boolean;
  /** Whether they may be a backup. */
  readonly takesCalls: boolean;
  /** Undefined: nothing to tell. */
  readonly absence: { readonly until: Date | undefined; readonly coveredBy: string | undefined } | undefined;
  /** Absent without a search. */
  readonly reason?: Reason;
}

/** What a person's card may offer. */
const longestDetail = 75;

/**
 * Return the card of one person in full, or of several in short. `more`: the query whose other results the browser
 * shows.
 */
export function foundCard(reader: Reader, country: string, found: readonly FoundPerson[], more?: string): Card {
  const words = wordsIn(reader.locale).directory;
  const [first, second] = found;
  if (first && !second && more === undefined) return personCard(reader, country, first);
  return {
    title: more === undefined ? words.foundTitle(found.length) : words.foundFirst(found.length),
    summary: words.foundLine(found.map(({ person }) => person.displayName).join(', ')),
    blocks: [
      ...found.flatMap((one) => shortBlocks(reader, country, one)),
      ...(more === undefined ? [] : moreBlocks(reader, more)),
    ],
  };
}

const moreBlocks = (reader: Reader, query: string): Block[] => {
  const words = wordsIn(reader.locale).directory;
  const carries: CarriedData = { query };
  return [
    { kind: 'note', text: words.more },
    { kind: 'buttons', buttons: [{ kind: 'action', action: directoryActions.browse, label: words.showAll, carries }] },
  ];
};

/** Return the card with everything about one person that this reader may know, and the actions on them. */
export function personCard(reader: Reader, country: string, found: FoundPerson): Card {
  const { person } = found;
  const why = reasonLine(reader, found);
  const buttons = personButtons(reader, found);
  return {
    title: person.displayName,
    summary: `${person.displayName}: ${stateLine(reader, found)}`,
    blocks: [
      { kind: 'facts', facts: personFacts(reader, country, found) },
      ...(why === undefined ? [] : [{ kind: 'note', text: why } as const]),
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
    ],
  };
}

/**
 * Return the card to share with everybody who reads a chat: without buttons that act as their presser, and with a link
 * to a page that requires signing in.
 */
export function sharedCard(reader: Reader, country: string, found: FoundPerson, url: string): Card {
  const label = wordsIn(reader.locale).directory.open;
  const { reason: _, ...one } = found;
  const card = personCard(reader, country, { ...one, isAsker: true });
  const open: Button = { kind: 'link', action: directoryActions.open, label, url };
  return { ...card, blocks: [...card.blocks, { kind: 'buttons', buttons: [open] }] };
}

function personFacts(reader: Reader, country: string, found: FoundPerson): Fact[] {
  const words = wordsIn(reader.locale);
  const { person, absence } = found;
  const facts = [
    fact(words.directory.title, titleAndTeam(person)),
    fact(words.directory.extension, person.extension),
    fact(words.directory.did, person.did && formatNumber(person.did, country)),
    fact(words.outOfOffice.factState, stateLine(reader, found)),
    fact(words.outOfOffice.factCoveredBy, absence?.coveredBy),
  ];
  return facts.filter((one) => one !== undefined);
}

/** Nobody can call, write to or cover for themselves. */
function personButtons(reader: Reader, found: FoundPerson): Button[] {
  const { person, isAsker, hasMailbox, takesCalls } = found;
  if (isAsker) return [];
  const words = wordsIn(reader.locale).directory;
  const carries: CarriedData = { user: person.id };
  const canBeCalled = person.extension !== undefined || person.did !== undefined;
  const all: (Button | undefined)[] = [
    canBeCalled
      ? { kind: 'action', action: directoryActions.call, label: words.call, tone: 'main', carries }
      : undefined,
    hasMailbox ? { kind: 'action', action: directoryActions.message, label: words.message, carries } : undefined,
    takesCalls ? { kind: 'action', action: directoryActions.backup, label: words.setBackup, carries } : undefined,
  ];
  return all.filter((one) => one !== undefined);
}

function shortBlocks(reader: Reader, country: string, found: FoundPerson): Block[] {
  const words = wordsIn(reader.locale).directory;
  const { person } = found;
  const why = reasonLine(reader, found);
  const label = truncate(words.show(person.displayName), longestDetail);
  const value = [titleAndTeam(person), ...numbersOf(reader, country, found), stateLine(reader, found)];
  return [
    { kind: 'facts', facts: [{ label: person.displayName, value: value.filter(Boolean).join(' · ') }] },
    ...(why === undefined ? [] : [{ kind: 'note', text: why } as const]),
    {
      kind: 'buttons',
      buttons: [{ kind: 'action', action: directoryActions.show, label, carries: { user: person.id } }],
    },
  ];
}

const numbersOf = (reader: Reader, country: string, { person }: FoundPerson): string[] => [
  ...(person.extension === undefined ? [] : [wordsIn(reader.locale).directory.extensionShort(person.extension)]),
  ...(person.did === undefined ? [] : [formatNumber(person.did, country)]),
];

/** Return a person as an option of a list to choose from. */
export function suggestionOf(reader: Reader, country: string, found: FoundPerson): Option {
  const { person, absence } = found;
  const detail = [...numbersOf(reader, country, found), ...(absence ? [stateLine(reader, found)] : [])].join(' · ');
  return {
    value: person.id,
    label: truncate(labelOf(person), longestDetail),
    ...(detail === '' ? {} : { detail: truncate(detail, longestDetail) }),
  };
}

/** Return why a person was found, if the name itself does not say it. */
export function reasonLine(reader: Reader, { person, reason }: FoundPerson): string | undefined {
  const words = wordsIn(reader.locale).directory;
  switch (reason) {
    case 'nickname':
      return words.nicknameOf(person.firstName);
    case 'alias':
      return words.byAnotherName;
    case 'sounds like':
      return words.soundsLike;
    case 'spelling':
      return words.spelledAlike;
    case 'part':
      return words.inPart;
    default:
      return undefined;
  }
}

/** Return what to dial: a chat cannot place a call, but numbers in its text can be tapped. */
export function callCard(reader: Reader, country: string, found: FoundPerson, mainNumber: string | undefined): Card {
  const words = wordsIn(reader.locale).directory;
  const { person, absence } = found;
  const extension = person.extension && words.callExtension(person.extension);
  const main = mainNumber && formatNumber(mainNumber, country);
  const outside = person.did
    ? formatNumber(person.did, country)
    : main && person.extension && words.callThen(main, person.extension);
  const facts = [fact(words.callInside, extension), fact(words.callOutside, outside)].filter(
    (one) => one !== undefined,
  );
  const away = absence && [stateLine(reader, found), absence.coveredBy && words.callCovered(absence.coveredBy)];
  const buttons = personButtons(reader, found).filter(({ action }) => action === directoryActions.message);
  return {
    title: words.callTitle(person.displayName),
    summary: [words.callTitle(person.displayName), ...facts.map(({ value }) => value)].join(' · '),
    blocks: [
      ...(away ? [{ kind: 'text', text: away.filter(Boolean).join('. ') } as const] : []),
      facts.length > 0 ? { kind: 'facts', facts } : { kind: 'text', text: words.callNoNumber(person.displayName) },
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
    ],
  };
}

/** Return the card for a search without results: what else to try. */
export function nobodyCard(reader: Reader, query: string): Card {
  const words = wordsIn(reader.locale).directory;
  const line = words.nobody(truncate(query, 60));
  return {
    title: '',
    summary: line,
    blocks: [
      { kind: 'text', text: `${line} ${words.nobodyTry}` },
      { kind: 'buttons', buttons: [{ kind: 'form', action: directoryActions.find, label: words.again, carries: {} }] },
    ],
  };
}

/** Return the form of `find`. */
export function findForm(reader: Reader): Form {
  const words = wordsIn(reader.locale);
  return {
    id: directoryActions.find,
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

/** Return “in”, “away”, or “away until …”, as far as the reader may know. */
export function stateLine(reader: Reader, { absence }: FoundPerson): string {
  const words = wordsIn(reader.locale).outOfOffice;
  if (!absence) return words.noAbsence;
  return absence.until === undefined
    ? words.away
    : words.awayUntil(words.untilLine(formatPeriodEdge(reader, absence.until)));
}

const fact = (label: string, value: string | undefined): Fact | undefined =>
  value === undefined || value === '' ? undefined : { label, value };
