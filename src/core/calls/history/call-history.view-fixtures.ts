import type { ViewExample } from '../../chat/define-handler.js';
import type { Reader } from '../../chat/phrasing.js';
import { asId, type UserId } from '../../ids.js';
import type { CallsPage, PastCall } from './call-history.js';
import { callBackCard, callsCard, missedCallCard } from './call-history.views.js';

const reader = (locale: 'en' | 'fr'): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-24T19:05:00Z'),
});
const url = 'https://attendant.example/calls';
const ann = { id: asId<UserId>('00000000-0000-4000-8000-000000000001'), name: 'Ann Baker' };
const marie = {
  id: asId<UserId>('00000000-0000-4000-8000-000000000002'),
  name: 'Marie-Élisabeth de la Fontaine-Beaumarchais',
};

const missed: PastCall = {
  id: '00000000-0000-4000-8000-000000000010',
  startedAt: new Date('2026-11-24T18:02:00Z'),
  ani: '+14165550199',
  callerName: '*Cléo* <Dubois> & Fils, Services-Conseils en Télécommunications du Grand Montréal',
  disposition: 'missed',
  askedFor: ann,
  answeredBy: undefined,
};
const withheld: PastCall = { ...missed, ani: '', callerName: '' };
const taken: PastCall = { ...missed, disposition: 'answered', answeredBy: marie };
const covered: PastCall = { ...missed, disposition: 'answered', askedFor: marie, answeredBy: ann };
const calls = [
  missed,
  withheld,
  taken,
  covered,
  { ...missed, disposition: 'voicemail' as const, startedAt: new Date('2026-11-20T14:00:00Z') },
];
const page: CallsPage = { show: 'mine', calls, before: '2026-11-20T14:00:00.000Z~x', isLater: true };

/** For the contract tests of every platform. */
export const callHistoryExamples: readonly ViewExample[] = [
  { name: 'calls: list', view: (locale) => callsCard(reader(locale), page, ann.id, url) },
  {
    name: 'calls: none',
    view: (locale) =>
      callsCard(reader(locale), { show: 'missed', calls: [], before: undefined, isLater: true }, ann.id, url),
  },
  { name: 'calls: missed', view: (locale) => missedCallCard(reader(locale), missed, ann.id, url) },
  { name: 'calls: missed, withheld', view: (locale) => missedCallCard(reader(locale), withheld, ann.id, url) },
  { name: 'calls: taken by a backup', view: (locale) => missedCallCard(reader(locale), taken, ann.id, url) },
  { name: 'calls: call back', view: (locale) => callBackCard(reader(locale), missed, true) },
];
