import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkedByWays, linkStatuses } from '../../src/core/accounts/link-status.types.js';
import { keyPurposes } from '../../src/core/api-keys/api-keys.store.js';
import { lineOutcomes as importOutcomes, pinChanges } from '../../src/core/bulk/import-line.js';
import { importStatuses, revertOutcomes } from '../../src/core/bulk/import-run.types.js';
import { awaitedStatuses } from '../../src/core/calls/awaited-message/awaited-message.store.js';
import { callDispositions } from '../../src/core/calls/calls.store.js';
import { legOutcomes } from '../../src/core/calls/decision.js';
import { outgoingPurposes, outgoingStatuses } from '../../src/core/calls/outgoing/outgoing-call.types.js';
import { callFailures } from '../../src/core/calls/outgoing/ports.js';
import { signInOutcomes } from '../../src/core/calls/phone-menu/phone-sign-in.store.js';
import { presences } from '../../src/core/calls/presence.store.js';
import { roles } from '../../src/core/chat/actor.js';
import { locales } from '../../src/core/chat/phrasing.js';
import { digestStatuses } from '../../src/core/digest/digest.store.js';
import { sessionEndings } from '../../src/core/impersonation/impersonation.store.js';
import { listFailures, memberDecisions, memberProblems } from '../../src/core/members/members.types.js';
import { bringInAccesses } from '../../src/core/members/onboarding/bring-in.store.js';
import { memberStatuses } from '../../src/core/members/sync/member-facts.js';
import { deliveryOutcomes, sentKinds } from '../../src/core/notices/delivery-attempt.store.js';
import { postingStatuses } from '../../src/core/notices/posting.store.js';
import { accessKinds, notificationTypes, userTypes } from '../../src/core/people/person.js';
import { restingKinds } from '../../src/core/people/resting-numbers.store.js';
import { lineOutcomes } from '../../src/core/people-admin/bulk/people-change.types.js';
import { backupAnswers, periodStatuses, privacyLevels } from '../../src/core/routing/absence.types.js';
import { type SettingKey, settingNamed } from '../../src/core/settings/settings.js';
import { workStatuses } from '../../src/core/tasks/work-status.js';
import { teamsBotTypes } from '../../src/core/teams-bots/teams-bot.types.js';
import { editions } from '../../src/core/tenants/edition.js';
import { greetingKinds } from '../../src/core/voicemail/greetings/greeting-kind.js';
import { memberLevels } from '../../src/core/voicemail/mailbox/mailbox-member.js';

import { mutedReasons } from '../../src/core/voicemail/mailbox/message-list.types.js';
import { transcriptionStatuses } from '../../src/core/voicemail/transcripts/transcription.store.js';

import { testDatabase } from '../support/database.js';

/** The values of a setting that is a choice. */
function choices(key: SettingKey): readonly string[] {
  const { control } = settingNamed(key).type;
  return control.kind === 'choice' ? control.options.map(({ value }) => value) : [];
}

/** The values of each column, as in the code. */
const values: Readonly<Record<string, readonly string[]>> = {
  'Account.linkedBy': linkedByWays,
  'ApiKey.purpose': keyPurposes,
  'AwaitedMessage.language': locales,
  'AwaitedMessage.status': awaitedStatuses,
  'BringIn.access': bringInAccesses,
  'BringIn.status': workStatuses,
  'Call.disposition': callDispositions,
  'Call.language': locales,
  'Digest.status': digestStatuses,
  'DeliveryAttempt.outcome': deliveryOutcomes,
  'DeliveryAttempt.sent': sentKinds,
  'CallLeg.outcome': legOutcomes,
  'Export.status': workStatuses,
  'Forward.status': workStatuses,
  'Greeting.kind': greetingKinds,
  'PhoneMenuCall.language': locales,
  'PhoneSignIn.outcome': signInOutcomes,
  'ImpersonationSession.endedHow': sessionEndings,
  'ImportLine.outcome': importOutcomes,
  'ImportLine.pinChange': pinChanges,
  'ImportLine.reverted': revertOutcomes,
  'ImportRun.status': importStatuses,
  'LinkRequest.status': linkStatuses,
  'MailboxMember.level': memberLevels,
  'Member.decision': memberDecisions,
  'Member.problem': memberProblems,
  'Member.status': memberStatuses,
  'MemberList.failure': listFailures,
  'OutgoingCall.failure': callFailures,
  'OutgoingCall.greeting': greetingKinds,
  'OutgoingCall.purpose': outgoingPurposes,
  'OutgoingCall.status': outgoingStatuses,
  'OutOfOfficePeriod.backupAnswer': backupAnswers,
  'OutOfOfficePeriod.privacy': privacyLevels,
  'OutOfOfficePeriod.status': periodStatuses,
  'PeopleChange.language': locales,
  'PeopleChange.status': workStatuses,
  'PeopleChangeLine.outcome': lineOutcomes,
  'Posting.status': postingStatuses,
  'Presence.state': presences,
  'RestingNumber.kind': restingKinds,
  'TeamsBot.type': teamsBotTypes,
  'Tenant.digest': choices('digest'),
  'Tenant.edition': editions,
  'Tenant.language': locales,
  'Tenant.missedCallNotification': choices('missedCallNotification'),
  'Tenant.notificationType': notificationTypes,
  'Tenant.releaseOnDeactivation': choices('releaseOnDeactivation'),
  'Transcription.status': transcriptionStatuses,
  'Voicemail.mutedWhy': mutedReasons,
  'User.access': accessKinds,
  'User.accessBefore': accessKinds.filter((access) => access !== 'none'),
  'User.digest': choices('digest'),
  'User.language': locales,
  'User.missedCallNotification': choices('missedCallNotification'),
  'User.notificationType': notificationTypes,
  'User.role': roles,
  'User.userType': userTypes,
};

let client: Client;
beforeAll(async () => {
  client = new Client({ connectionString: await testDatabase() });
  await client.connect();
});
afterAll(() => client?.end());

/** The text columns, each with the values that its CHECK allows; null: any. */
async function textColumns(): Promise<readonly { readonly column: string; readonly allowed: string[] | null }[]> {
  const { rows } = await client.query(`
    SELECT t.relname || '.' || a.attname AS "column", (
      SELECT ARRAY(SELECT (regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''', 'g'))[1]) FROM pg_constraint c
      WHERE c.conrelid = t.oid AND c.contype = 'c' AND c.convalidated AND c.conname = t.relname || '_' || a.attname
    ) AS allowed
    FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace AND a.atttypid = 'text'::regtype
    ORDER BY 1`);
  return rows;
}

test('the database allows each status what the code knows, and nothing else', async () => {
  const checked = (await textColumns()).flatMap(({ column, allowed }) =>
    allowed === null ? [] : [[column, allowed.sort()] as const],
  );
  expect(Object.fromEntries(checked)).toEqual(
    Object.fromEntries(Object.entries(values).map(([column, known]) => [column, [...known].sort()])),
  );
});

test('a column that is called like one of these has its values checked too', async () => {
  const names = new Set(Object.keys(values).map((column) => column.split('.')[1]));
  const unchecked = (await textColumns())
    .filter(({ allowed }) => allowed === null)
    .map(({ column }) => column)
    .filter((column) => names.has(column.split('.')[1]) || /(status|state|kind|type)$/i.test(column));
  // Every feature adds notices, so only the code knows their kinds; audio has more types than a list could hold.
  expect(unchecked).toEqual(['Notice.kind', 'Recording.mimeType']);
});
