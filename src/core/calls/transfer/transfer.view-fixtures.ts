import type { ViewExample } from '../../chat/define-handler.js';
import type { Reader } from '../../chat/phrasing.js';
import type { LiveCall } from './live-call.types.js';
import { liveCallBlocks, transferForm } from './transfer.views.js';

const reader = (locale: 'en' | 'fr'): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-24T19:05:00Z'),
});
const call: LiveCall = {
  id: '00000000-0000-4000-8000-000000000010',
  callId: 'CA1',
  ani: '+14165550199',
  callerName: '*Cléo* <Dubois> & Fils, Services-Conseils en Télécommunications du Grand Montréal',
};

/** For the contract tests of every platform. */
export const transferExamples: readonly ViewExample[] = [
  {
    name: 'calls: with a caller',
    view: (locale) => ({
      title: 'x',
      summary: 'x',
      blocks: liveCallBlocks(reader(locale), { ...call, callerName: '' }),
    }),
  },
  { name: 'calls: send to a mailbox', view: (locale) => transferForm(reader(locale), call) },
];
