import type { ViewExample } from '../../chat/define-handler.js';
import type { Reader } from '../../chat/phrasing.js';
import { formWithProblems } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { phoneAccessCard, pinFormView } from './phone-access.views.js';

const reader = (locale: 'en' | 'fr'): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T19:05:00Z'),
});

/** Every view of access by phone, for the contract tests. */
export const phoneAccessExamples: readonly ViewExample[] = [
  {
    name: 'phone access, with a new PIN',
    view: (locale) =>
      phoneAccessCard(reader(locale), {
        ...{
          accessNumber: '+14165550199',
          extension: '0105',
          hasPin: true,
          greetingKey: true,
          country: 'CA',
          isOwn: true,
        },
        said: wordsIn(locale).phoneAccess.pinChanged,
      }),
  },
  {
    name: 'phone access, nothing set up',
    view: (locale) =>
      phoneAccessCard(reader(locale), {
        ...{ accessNumber: null, extension: null, hasPin: false, greetingKey: false, country: 'CA', isOwn: true },
      }),
  },
  {
    name: 'phone access, of another',
    view: (locale) =>
      phoneAccessCard(reader(locale), {
        ...{
          accessNumber: '+33142685300',
          extension: '1234567890',
          hasPin: true,
          greetingKey: true,
          country: 'CA',
          isOwn: false,
        },
      }),
  },
  { name: 'PIN form', view: (locale) => pinFormView(reader(locale)) },
  {
    name: 'PIN form, refused',
    view: (locale) =>
      formWithProblems(pinFormView(reader(locale)), { pin: '1234' }, { pin: wordsIn(locale).people.pin.refused.run }),
  },
];
