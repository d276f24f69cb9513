import { expect, test } from 'vitest';
import { noticeDefinitions } from '../../src/core/app/notice-definitions.js';
import { definitionOf, type NoticeDefinitions } from '../../src/core/notices/define-notice.js';

test('rows that an older version wrote keep their kinds', () => {
  expect(Object.keys(noticeDefinitions).sort()).toEqual([
    'account.linked',
    'account.unknown',
    'bulk.import',
    'call.missed',
    'call.outgoing',
    'digest',
    'impersonation.ended',
    'impersonation.started',
    'members.bring-in-failed',
    'members.changed',
    'notices.waited',
    'out-of-office.answered',
    'out-of-office.asked',
    'out-of-office.began',
    'out-of-office.cover-began',
    'out-of-office.cover-ended',
    'out-of-office.reminded',
    'out-of-office.returned',
    'out-of-office.unanswered',
    'people.changed',
    'people.pin-reset',
    'phone.locked',
    'sign-in.asked',
    'voicemail.arrived',
    'voicemail.box-full',
    'voicemail.box-nearly-full',
    'voicemail.call-due',
    'voicemail.expiring',
    'voicemail.given-up',
    'voicemail.handed-over',
  ]);
});

test('a kind of notice that the list lacks does not compile', () => {
  const { 'voicemail.arrived': _, ...others } = noticeDefinitions;
  // @ts-expect-error: 'voicemail.arrived' is missing.
  const lacking: NoticeDefinitions = others;
  expect(Object.keys(lacking)).toHaveLength(Object.keys(noticeDefinitions).length - 1);
});

test.each(Object.entries(noticeDefinitions))('%s is listed under its own kind', (key, { kind }) => {
  expect(kind).toBe(key);
});

test('a row of a kind that this version lacks has no definition', () => {
  expect(definitionOf(noticeDefinitions, 'weather.changed')).toBeUndefined();
  expect(definitionOf(noticeDefinitions, 'constructor')).toBeUndefined();
});
