import type { ViewExample } from '../chat/define-handler.js';
import type { Reader } from '../chat/phrasing.js';
import { type DigestLine, digestCard, mostLines, waitedCard } from './digest.views.js';

const reader = (locale: 'en' | 'fr'): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T13:00:00Z'),
});
const publicUrl = 'https://attendant.example';
const line: DigestLine = {
  callerName: 'Zoë-Marguerite <b>D’Aubigné</b> *van* der Straeten محمد',
  ani: '+14165550123',
  at: new Date('2026-11-22T19:05:00Z'),
};
const withheld: DigestLine = { callerName: '', ani: '', at: line.at };
const lines = Array.from({ length: mostLines }, (_, at) => (at === 1 ? withheld : line));

/** The cards of digests, for the contract tests. */
export const digestExamples: readonly ViewExample[] = [
  {
    name: 'a full digest',
    view: (locale) =>
      digestCard(
        reader(locale),
        { fresh: { total: 1234, lines }, open: { total: 9, lines }, missed: { total: 8, lines } },
        publicUrl,
      ),
  },
  {
    name: 'a digest of one missed call',
    view: (locale) =>
      digestCard(
        reader(locale),
        {
          fresh: { total: 0, lines: [] },
          open: { total: 0, lines: [] },
          missed: { total: 1, lines: [{ ...line, callerName: '' }] },
        },
        publicUrl,
      ),
  },
  {
    name: 'what waited for the end of quiet hours',
    view: (locale) =>
      waitedCard(
        reader(locale),
        { total: 40, lines: lines.map(({ callerName }) => `${callerName} · 2:05 pm · 0:12 <https://x.example|y>`) },
        publicUrl,
      ),
  },
];
