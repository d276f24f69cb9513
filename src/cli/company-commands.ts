import '../core/app/register-words.js';
import { mainNumber, seedCompany } from '../../prisma/seed.js';
import { linkAccount } from '../core/accounts/linking.js';
import { installationActor } from '../core/chat/actor.js';
import { findRecordingFaults, type RecordingFaults } from '../core/recordings/recording-sweep.js';
import { findUnreachable, type UnreachablePerson } from '../core/reports/unreachable-people.js';
import { overduePurges } from '../core/voicemail/retention/purge-voicemail.js';
import { migrateDatabase, readConfig } from '../main.js';
import { print, printError, printTable } from './print.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

/** `attendant migrate`. */
export async function runMigrations(): Promise<void> {
  const applied = await migrateDatabase(readConfig());
  for (const name of applied) print(`applied ${name}`);
  if (applied.length === 0) print('The database is up to date.');
}

/** `attendant seed`. */
export async function seedDemoCompany(): Promise<void> {
  await withInstallation(seedCompany);
  print(`The demo company is there. Its main number is ${mainNumber}.`);
}

interface LinkOptions {
  readonly platform: string;
  readonly workspace: string;
  readonly account: string;
  readonly user: string;
  readonly tenant?: string;
}

/** `attendant link`. */
export async function linkAccountCommand({ platform, workspace, account, user, tenant }: LinkOptions): Promise<void> {
  const person = await withInstallation(async (deps) => {
    const tenantId = await companyOrFirst(deps, tenant);
    const key = { platform, externalWorkspaceId: workspace, accountId: account, email: user };
    return linkAccount(deps, installationActor(tenantId, 'cli'), key);
  });
  print(`${account} in ${platform} is ${person.displayName}.`);
}

/** `attendant doctor`. */
export async function printDoctorReport({ tenant, json }: { tenant?: string; json: boolean }): Promise<void> {
  const { unreached, faults, unpurged } = await withInstallation(async (deps) => ({
    unreached: await findUnreachable(deps, await companyOrFirst(deps, tenant)),
    faults: await findRecordingFaults(deps),
    unpurged: await overduePurges(deps),
  }));
  printUnreached(unreached, json);
  const lines = [...recordingLines(faults), ...purgeLines(unpurged)];
  for (const line of lines) printError(line);
  if (!json && lines.length === 0) print(noProblems(faults.rows));
}

function printUnreached(unreached: readonly UnreachablePerson[], json: boolean): void {
  if (unreached.length === 0 && !json) {
    print('Everybody can be reached.');
    return;
  }
  printTable(
    unreached.map((one) => ({ username: one.username, name: one.displayName, why: whyOf(one) })),
    { columns: ['username', 'name', 'why'], json },
  );
  if (json) return;
  printError(`\n${unreached.length === 1 ? '1 person gets' : `${unreached.length} people get`} no notice. What helps:`);
  for (const line of new Set(unreached.flatMap(whatHelps))) printError(`- ${line}`);
}

const noProblems = (rows: number): string =>
  rows === 0 ? 'There are no recordings yet.' : `Recordings: ${rows}, and all their files are there.`;

const purgeLines = (unpurged: number): string[] =>
  unpurged === 0
    ? []
    : [
        `\nDeleted messages whose audio could not be deleted for an hour: ${unpurged}. It is tried again. May this process delete files at RECORDINGS_URL? The log says why it failed.`,
      ];

/** Describe problems of the stored audio and their remedies; no lines when there are none. */
function recordingLines({ orphans, tooMany, setAside, missing, missingKeys, rows }: RecordingFaults): string[] {
  const lines: string[] = [];
  if (missing > 0) {
    lines.push(
      `\n${missing} of ${rows} recordings: the file is missing, so the message cannot be played. Check RECORDINGS_URL, or bring the files back from a backup:`,
      ...missingKeys.map((key) => `- ${key}`),
    );
    if (missing > missingKeys.length) lines.push(`- and ${missing - missingKeys.length} more`);
  }
  const files = orphans === 1 ? '1 stored file belongs' : `${orphans} stored files belong`;
  if (tooMany)
    lines.push(
      `\n${files} to no message. These are too many to be set aside unasked: is the database older than the files? Check DATABASE_URL and RECORDINGS_URL.`,
    );
  else if (orphans > 0) lines.push(`\n${files} to no message. The server sets them aside within the hour.`);
  if (setAside > 0)
    lines.push(
      `\nFiles set aside because they belong to no message: ${setAside}. They are deleted 30 days after. If the database is older than the files, bring back the newer one: its messages find their files again.`,
    );
  return lines;
}

function whyOf({ why, detail, mail }: UnreachablePerson): string {
  const butMail = mail === 'unwanted' ? 'their notices do not go by mail' : 'no mail server is set up';
  switch (why) {
    case 'no-account':
      return `no chat account is linked, and ${butMail}`;
    case 'platforms-off':
      return `linked only in ${detail} (switched off here), and ${butMail}`;
    case 'refused':
      return `the last card was refused (${detail}), and ${butMail}`;
    default:
      return why satisfies never;
  }
}

function whatHelps({ why, detail, mail }: UnreachablePerson): string[] {
  const inChat = {
    'no-account': 'Let them write a word to Attendant in chat, or link their account: “attendant link”.',
    'platforms-off': `Switch ${detail} on: the README says how.`,
    refused: 'Let them write a word to Attendant in chat, and see that they have not blocked it.',
  };
  const server = 'Set up mail: SMTP_URL and MAIL_FROM.';
  const wish = 'Let their notices go by mail: the column notification_type of “attendant import”.';
  const byMail = { off: [server], unwanted: [wish], 'off and unwanted': [server, wish] };
  return [inChat[why], ...byMail[mail]];
}
