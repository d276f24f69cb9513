/**
 * Leaves voicemails over the API, claims and forwards some of them, while the web process, workers, PostgreSQL and Redis
 * are killed at random; then counts cards, audio, copies and claims in a local Slack and in the database.
 *
 *   npx tsx scripts/kill-run.ts [VOICEMAILS=1000] [KILLS=100] [SECONDS BETWEEN KILLS=3] [SEED]
 *
 * Every twentieth voicemail lies in a mailbox with fifty readers, who all claim it at once; every tenth is forwarded.
 * Prints one JSON line; exits with 1 when anything was lost, doubled or shown to the wrong person.
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accessEnds } from '../src/core/app/access-ends.js';
import type { Deps } from '../src/core/deps.js';
import { openDirectory } from '../src/core/directory/live-directory.js';
import { asId, type VoicemailId } from '../src/core/ids.js';
import { noLimit } from '../src/core/rate-limit.js';
import { requestForward } from '../src/core/voicemail/sharing/forward-voicemail.js';
import { copyRowsInto } from '../src/database/copy-rows.js';
import { openDatabase } from '../src/database/database.js';
import { openQueue } from '../src/jobs/queue.js';
import { createLog } from '../src/log.js';
import { audioTools } from '../src/media/audio-tools.js';
import { fileRecordings } from '../src/media/file-recordings.js';
import { buttonsOf } from '../test/fakes/slack/windows.js';
import { wav } from '../test/support/audio.js';
import { type KillPerson, requesterOf, writeCompany } from './kill-run/company.js';
import { startInstallation } from './kill-run/installation.js';
import { countOutcome } from './kill-run/outcome.js';
import { randomFrom } from './kill-run/random.js';

const [voicemails = 1000, mostKills = 100, secondsApart = 3, seed = randomInt(2 ** 31)] = process.argv
  .slice(2)
  .map(Number);
const apiKey = 'a-key-of-the-kill-run';
const mostMinutesAfter = 8;

const installation = await startInstallation(apiKey);
const { slack } = installation;
const log = createLog({ level: 'silent', format: 'json' });
const db = openDatabase(installation.databaseUrl, log);
const queue = openQueue({ kind: 'redis', url: installation.redisUrl }, () => {});
const recordings = fileRecordings(join(installation.folder, 'recordings'));
const deps: Deps = {
  accessEnds,
  db,
  copyRows: copyRowsInto(installation.databaseUrl),
  log,
  clock: { now: () => new Date() },
  tasks: queue,
  messengers: { forPlatform: () => undefined },
  memberLists: { platforms: [], forPlatform: () => undefined },
  recordings,
  providerCalls: undefined,
  audio: audioTools(recordings),
  providerRecordings: undefined,
  limits: { commands: noLimit, suggestions: noLimit },
  mail: undefined,
  teamsLogin: undefined,
  changes: { publish: () => {}, subscribe: () => () => {} },
  directory: openDirectory(db),
  publicUrl: 'https://attendant.example',
  secret: installation.secret,
};
const company = await writeCompany(db, slack);
const size = company.people.length;
const at = (place: number): KillPerson => company.people[place % size] as KillPerson;

const isForAll = (n: number) => n % 20 === 0;
const isForwarded = (n: number) => n % 10 === 5;
const mailboxOf = (n: number) => (isForAll(n) ? 0 : (n % (size - 1)) + 1);
const numbers = Array.from({ length: voicemails }, (_, n) => n);
const asked = {
  mailboxes: new Map(numbers.map((n) => [String(n), mailboxOf(n)])),
  forwards: new Map(numbers.filter(isForwarded).map((n) => [String(n), (mailboxOf(n) % (size - 1)) + 1])),
  claims: new Set(numbers.filter(isForAll).map(String)),
};

const began = Date.now();
const killed = installation.killAtRandom(randomFrom(seed), { most: mostKills, secondsApart });
let done = 0;
await Promise.all([
  killed,
  ...numbers.map(async (n) => {
    await untilKills((n * mostKills * 0.9) / voicemails);
    const id = await leave(n);
    if (isForwarded(n)) await forward(n, id);
    if (isForAll(n)) await claimAtOnce(n);
    done += 1;
    if (done % 50 === 0) console.error(JSON.stringify({ done, kills: installation.kills }));
  }),
]);

const isQuiet = async () => {
  const unsent = await db.posting.count({ where: { platform: 'slack', NOT: { status: 'sent', dueAt: null } } });
  const outcome = await countOutcome(db, slack, company, asked);
  const { cardsLost, copiesLost, audioLost, claimsNotShown, transcriptsLost, transcriptsNotShown } = outcome;
  const missing = cardsLost + copiesLost + audioLost + claimsNotShown + transcriptsLost + transcriptsNotShown;
  return unsent === 0 && missing === 0;
};
for (const deadline = Date.now() + mostMinutesAfter * 60_000; Date.now() < deadline; await wait(3000))
  if (await isQuiet().catch(() => false)) break;

const { expectedCards, lookedFor, ...faults } = await countOutcome(db, slack, company, asked);
const seconds = Math.round((Date.now() - began) / 1000);
console.log(
  JSON.stringify({ seed, voicemails, kills: installation.kills, seconds, expectedCards, lookedFor, ...faults }),
);

await queue.close().catch(() => {});
await db.$disconnect();
await installation.stop();
process.exit(Object.values(faults).some((count) => count > 0) ? 1 : 0);

/** Leave a message as a phone system does: again and again until the API says that it has it. */
function leave(n: number): Promise<string> {
  return untilDone(async () => {
    const body = new FormData();
    const mailbox = { extension: at(mailboxOf(n)).extension };
    body.append('metadata', JSON.stringify({ sourceId: `${n}`, mailbox, callerName: `Caller ${n} end` }));
    body.append('audio', new Blob([new Uint8Array(wav(3))]), 'message.wav');
    const response = await fetch(`${installation.webUrl}/api/v1/voicemails`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
      body,
      signal: AbortSignal.timeout(20_000),
    });
    if (!response.ok) throw new Error(`refused with ${response.status}`);
    return ((await response.json()) as { id: string }).id;
  });
}

function forward(n: number, id: string): Promise<unknown> {
  const to = at(asked.forwards.get(String(n)) ?? 0);
  return untilDone(() =>
    requestForward(deps, requesterOf(company.tenantId, at(mailboxOf(n))), {
      id: asId<VoicemailId>(id),
      recipient: to.id,
      note: 'for you',
    }),
  );
}

/** All readers press “I take this” at the same moment, once all of them have the card; who gets no answer presses again. */
async function claimAtOnce(n: number): Promise<void> {
  const cards = await untilDone(async () => {
    const found = slack.workspace.messages.filter(
      ({ text, threadTs }) => threadTs === undefined && text.includes(`Caller ${n} end`),
    );
    if (new Set(found.map(({ channel }) => channel)).size < size) throw new Error('not all have it');
    return found;
  });
  await Promise.all(
    cards.map((card) =>
      untilDone(async () => {
        // Otherwise somebody has it, and the card shows it.
        if (!buttonsOf(card).some(({ action_id }) => action_id === 'voicemail.claim')) return;
        const { status } = await slack.click(card.channel.replace('D-', ''), card, 'voicemail.claim');
        if (status !== 200) throw new Error(`refused with ${status}`);
      }),
    ),
  );
}

/** The messages come as the kills do, so that no kill meets an idle installation. */
async function untilKills(wanted: number): Promise<void> {
  while (Object.values(installation.kills).reduce((a, b) => a + b, 0) < Math.floor(wanted)) await wait(100);
  await wait((wanted % 1) * secondsApart * 1000);
}

async function untilDone<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch {
      await wait(500);
    }
  }
}
