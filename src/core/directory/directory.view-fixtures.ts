import type { ViewExample } from '../chat/define-handler.js';
import type { Reader } from '../chat/phrasing.js';
import { asId, type E164, type Extension, type UserId } from '../ids.js';
import { callCard, type FoundPerson, findForm, foundCard, nobodyCard, sharedCard } from './directory.views.js';

const reader = (locale: Reader['locale']): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T14:45:00Z'),
});

const found: FoundPerson = {
  person: {
    id: asId<UserId>('0198c0de-0000-7000-8000-000000000003'),
    displayName: 'Zoë-Marguerite <b>D’Aubigné</b> *van* der Straeten محمد 👩🏽‍💻',
    firstName: 'Zoë-Marguerite <b>',
    title: 'Head of <i>everything</i> & more_or_less_all of it',
    team: 'Montréal ~ Québec',
    extension: asId<Extension>('0123'),
    did: asId<E164>('+14165550100'),
  },
  isAsker: false,
  hasMailbox: true,
  takesCalls: true,
  absence: { until: new Date('2026-11-27T22:00:00Z'), coveredBy: 'Bo <Chen> *& Cie*' },
  reason: 'nickname',
};
const bare: FoundPerson = {
  ...found,
  person: { ...found.person, title: '', team: '', extension: undefined, did: undefined },
  hasMailbox: false,
  takesCalls: false,
  absence: undefined,
  reason: 'part',
};
const odd = `<!channel> *bold* ${'مرحبا 😀 '.repeat(5)}`;

/** Every view of the directory, with awkward words. */
export const directoryExamples: readonly ViewExample[] = [
  { name: 'directory: one person', view: (locale) => foundCard(reader(locale), 'CA', [found]) },
  { name: 'directory: one person of whom little is known', view: (locale) => foundCard(reader(locale), 'CA', [bare]) },
  {
    name: 'directory: several people',
    view: (locale) =>
      foundCard(
        reader(locale),
        'CA',
        Array.from({ length: 10 }, () => found),
        odd.slice(0, 100),
      ),
  },
  { name: 'directory: call', view: (locale) => callCard(reader(locale), 'CA', found, '+14165550199') },
  {
    name: 'directory: call inside only',
    view: (locale) =>
      callCard(reader(locale), 'CA', { ...found, person: { ...found.person, did: undefined } }, '+14165550199'),
  },
  { name: 'directory: call nobody', view: (locale) => callCard(reader(locale), 'CA', bare, undefined) },
  {
    name: 'directory: shared with others',
    view: (locale) => sharedCard(reader(locale), 'CA', found, 'https://attendant.example/people/0198c0de'),
  },
  { name: 'directory: nobody', view: (locale) => nobodyCard(reader(locale), odd) },
  { name: 'directory: form', view: (locale) => findForm(reader(locale)) },
];
