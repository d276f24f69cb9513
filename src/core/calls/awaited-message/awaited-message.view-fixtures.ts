import type { ViewExample } from '../../chat/define-handler.js';
import type { Reader } from '../../chat/phrasing.js';
import { givenUpCard, type ShownGivenUp } from './awaited-message.views.js';

const reader = (locale: 'en' | 'fr'): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-24T19:05:00Z'),
});

const plain: ShownGivenUp = {
  callerName: 'Cléo Dubois',
  ani: '+14165550199',
  leftAt: new Date('2026-11-23T19:02:00Z'),
  callId: 'CA0123456789abcdef0123456789abcdef',
  recordingSid: 'RE0123456789abcdef0123456789abcdef',
  ownerName: 'Ann Baker',
  isOwner: true,
};

/** The view of this feature, plain and with text that breaks markup. */
export const awaitedMessageExamples: readonly ViewExample[] = [
  { name: 'voicemail not fetched, for the owner', view: (locale) => givenUpCard(reader(locale), plain) },
  {
    name: 'voicemail not fetched, for an admin, with awkward content',
    view: (locale) =>
      givenUpCard(reader(locale), {
        ...plain,
        callerName: '<script>*Ann* _O’Neil_ & `co`'.repeat(6),
        ani: '',
        callId: 'x'.repeat(128),
        recordingSid: undefined,
        ownerName: '*Zoé* <!channel> & 李安',
        isOwner: false,
      }),
  },
];
