import type { ViewExample } from '../chat/define.js';
import type { Reader } from '../chat/phrasing.js';
import { as, type E164, type Extension, type UserId } from '../ids.js';
import { type FoundPerson, findForm, foundCard, nobodyCard } from './directory.views.js';

const reader = (locale: Reader['locale']): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T14:45:00Z'),
});

const found: FoundPerson = {
  person: {
    id: as<UserId>('0198c0de-0000-7000-8000-000000000003'),
    displayName: 'Zoë-Marguerite <b>D’Aubigné</b> *van* der Straeten محمد 👩🏽‍💻',
    title: 'Head of <i>everything</i> & more_or_less_all of it',
    team: 'Montréal ~ Québec',
    extension: as<Extension>('0123'),
    did: as<E164>('+14165550100'),
  },
  isAsker: false,
  absence: { until: new Date('2026-11-27T22:00:00Z'), coveredBy: 'Bo <Chen> *& Cie*' },
};
const odd = `<!channel> *bold* ${'مرحبا 😀 '.repeat(5)}`;

/** Every view of the directory, awkward words included. */
export const directoryExamples: readonly ViewExample[] = [
  { name: 'directory: one person', view: (locale) => foundCard(reader(locale), 'CA', [found], false) },
  {
    name: 'directory: several people',
    view: (locale) =>
      foundCard(
        reader(locale),
        'CA',
        Array.from({ length: 10 }, () => found),
        true,
      ),
  },
  { name: 'directory: nobody', view: (locale) => nobodyCard(reader(locale), odd) },
  { name: 'directory: form', view: (locale) => findForm(reader(locale)) },
];
