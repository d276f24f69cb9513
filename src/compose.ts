import { tokenOfWorkspace } from './core/accounts/workspace-credentials.js';
import { accessEnds } from './core/app/access-ends.js';
import './core/app/register-words.js';
import type { Logger } from 'pino';
import type { Adapter } from './adapter.js';
import type { MessageAudio, Messenger } from './core/chat/messenger.js';
import type { Deps } from './core/deps.js';
import { openDirectory } from './core/directory/live-directory.js';
import type { Mail } from './core/mail/ports.js';
import type { MemberList } from './core/members/ports.js';
import { noLimit, rateLimit } from './core/rate-limit.js';
import { RecordingMissing } from './core/recordings/ports.js';
import { ownTeamsBot } from './core/teams-bots/teams-bots.js';
import { openChanges } from './database/change-notifications.js';
import { copyRowsInto } from './database/copy-rows.js';
import { openDatabase } from './database/database.js';
import { openLeaseKeeper } from './database/lease-keeper.js';
import { type Config, isLoopback } from './env.js';
import { logUnreachable } from './jobs/log-unreachable.js';
import { type Backend, openQueue, type TaskQueue } from './jobs/queue.js';
import { audioTools } from './media/audio-tools.js';
import { openRecordings } from './media/open-recordings.js';
import { type EventLoopWatch, watchEventLoop } from './ops/event-loop.js';
import type { ReadinessChecks } from './ops/health.js';
import { secretOf } from './secret.js';
import type { SlackTokens } from './slack/workspaces.js';
import type { TeamsBots } from './teams/bots.js';

/** The composed application: the dependencies of the core, and its adapters. */
export interface Application {
  readonly deps: Deps;
  readonly queue: TaskQueue;
  readonly backend: Backend;
  readonly parts: ReadinessChecks;
  readonly eventLoop: EventLoopWatch;
  /** Every adapter that is configured. In the demo a visitor may sign in as any person, and the page has a phone. */
  adapters(demo: boolean): Promise<Adapter[]>;
  close(): Promise<void>;
}

interface CompositionOptions {
  readonly databaseUrl: string;
  /** The address in links. */
  readonly publicUrl: string;
  /** The address on which this process listens; undefined: it has no adapters. */
  readonly listeningAt: string | undefined;
  readonly log: Logger;
}

/**
 * Compose the application. The only file that imports every folder. Parts that are switched off are not loaded, because
 * the SDKs are large.
 */
export async function compose(
  config: Config,
  { databaseUrl, publicUrl, listeningAt, log }: CompositionOptions,
): Promise<Application> {
  const db = openDatabase(databaseUrl, log);
  const changes = openChanges(databaseUrl, log);
  const backend: Backend = config.redisUrl
    ? { kind: 'redis', url: config.redisUrl }
    : { kind: 'postgres', url: databaseUrl };
  const queue = openQueue(backend, logUnreachable(log));
  const recordings = await openRecordings(config.recordings);
  const audio = audioTools(recordings);
  const mail = config.mail && (await import('./mail/smtp.js')).smtpMail(config.mail);
  const transcriber =
    config.transcription &&
    (await import('./transcription/transcriber.js')).openTranscriber(config.transcription, { log });
  const secret = await secretOf(config);
  const teams = await teamsPartsFor(config, { db, secret });
  const slackTokens = await slackTokensFor(config, { db, secret, clock: systemClock });
  const { messengers, finishSending } = await messengersFor(config, {
    ...{ log, changes, audio, mail, slackTokens, bots: teams?.bots },
  });
  const memberLists = await memberListsFor(config, log, { slackTokens, bots: teams?.bots });

  const eventLoop = watchEventLoop();
  const leases = openLeaseKeeper(databaseUrl, log);
  const directory = openDirectory(db);
  changes.onPeopleChanged((tenantId) => directory.catchUp(tenantId));

  const deps: Deps = {
    accessEnds,
    db,
    clock: systemClock,
    log,
    tasks: queue,
    messengers: { forPlatform: (platform) => messengers.get(platform) },
    memberLists: { platforms: [...memberLists.keys()], forPlatform: (platform) => memberLists.get(platform) },
    recordings,
    ...(await voiceProviderFor(config, publicUrl)),
    audio,
    mail,
    transcriber,
    teamsLogin: teams?.login,
    changes,
    leases,
    copyRows: copyRowsInto(databaseUrl),
    directory,
    publicUrl,
    secret,
    limits: limitsOf(config),
  };

  return {
    deps,
    queue,
    backend,
    parts: {
      database: () => db.$queryRaw`SELECT 1`,
      queue: () => queue.check(),
      recordings: () => recordings.check(),
      'event loop': () => eventLoop.check(),
    },
    eventLoop,
    adapters: (demo) => chatAdaptersFor(config, deps, { slackTokens, bots: teams?.bots, demo, listeningAt }),
    async close() {
      eventLoop.stop();
      await finishSending();
      await audio.close();
      mail?.stop();
      await queue.close();
      await leases.close();
      await changes.close();
      await db.$disconnect();
    },
  };
}

/** More than a person can type; a script above it is told to wait. */
const limitsOf = ({ commandsPerMinute }: Config): Deps['limits'] =>
  commandsPerMinute === 0
    ? { commands: noLimit, suggestions: noLimit }
    : {
        commands: rateLimit({ burst: commandsPerMinute * 2.5, perMinute: commandsPerMinute }),
        suggestions: rateLimit({ burst: commandsPerMinute * 10, perMinute: commandsPerMinute * 10 }),
      };

type ExternalParts = Pick<Deps, 'log' | 'changes' | 'audio'> & {
  readonly mail: Mail | undefined;
  readonly bots: TeamsBots | undefined;
  readonly slackTokens: SlackTokens | undefined;
};

/** The messengers by the name of their platform's folder. */
async function messengersFor(
  config: Config,
  { log, changes, audio, mail, bots, slackTokens }: ExternalParts,
): Promise<{ messengers: Map<string, Messenger>; finishSending: () => Promise<void> }> {
  const messengers = new Map<string, Messenger>();
  let finishSending = async () => {};

  messengers.set('web', (await import('./web/messenger.js')).webMessenger(changes));
  if (config.slack) {
    const used = { log, playable: (shown: MessageAudio) => playableFile(audio, shown) };
    const slack = slackTokens
      ? (await import('./slack/installed-workspaces.js')).installedMessenger(config.slack, slackTokens, used)
      : (await import('./slack/messenger.js')).slackMessenger(config.slack, used);
    messengers.set('slack', slack);
    finishSending = () => slack.stop();
  }
  if (bots) messengers.set('teams', (await import('./teams/messenger.js')).teamsMessenger(bots));
  if (mail) messengers.set('mail', (await import('./mail/messenger.js')).mailMessenger(mail, audio));
  return { messengers, finishSending };
}

const systemClock: Deps['clock'] = { now: () => new Date() };

/** The tokens of the workspaces that install the app; undefined: it serves one workspace, or none. */
async function slackTokensFor(
  { slack }: Config,
  deps: Pick<Deps, 'db' | 'clock' | 'secret'>,
): Promise<SlackTokens | undefined> {
  if (!slack?.oauth) return undefined;
  const { rememberedTokens } = await import('./slack/workspaces.js');
  return rememberedTokens((externalWorkspaceId) => tokenOfWorkspace(deps, { platform: 'slack', externalWorkspaceId }));
}

/** The bots of Teams, the environment's and the companies' own, and the check of their credentials. */
async function teamsPartsFor({ teams }: Config, deps: Pick<Deps, 'db' | 'secret'>) {
  if (!teams) return undefined;
  const { teamsBots } = await import('./teams/bots.js');
  const { teamsLogin } = await import('./teams/credentials-check.js');
  return { bots: teamsBots(teams, (key) => ownTeamsBot(deps, key)), login: teamsLogin(teams) };
}

/** The member lists of the platforms that have one. */
async function memberListsFor(
  config: Config,
  log: Logger,
  { bots, slackTokens }: Pick<ExternalParts, 'bots' | 'slackTokens'>,
): Promise<Map<string, MemberList>> {
  const lists = new Map<string, MemberList>();
  if (config.slack && slackTokens) {
    const { installedMembers } = await import('./slack/installed-workspaces.js');
    lists.set('slack', installedMembers(config.slack, slackTokens, log));
  } else if (config.slack) lists.set('slack', (await import('./slack/members.js')).slackMembers(config.slack, log));
  const teams = bots && (await import('./teams/members.js')).teamsMembers(bots, log);
  if (teams) lists.set('teams', teams);
  return lists;
}

async function chatAdaptersFor(
  config: Config,
  deps: Deps,
  {
    bots,
    slackTokens,
    demo,
    listeningAt,
  }: Pick<ExternalParts, 'bots' | 'slackTokens'> & { demo: boolean; listeningAt: string | undefined },
): Promise<Adapter[]> {
  const adapters: Adapter[] = [];
  if (config.slack) adapters.push((await import('./slack/listen.js')).slackAdapter(deps, config.slack, slackTokens));
  if (bots) adapters.push((await import('./teams/listen.js')).teamsAdapter(deps, bots));
  if (config.voice) adapters.push((await import('./phone/listen.js')).listen(deps, config.voice));
  const local = config.voice ? undefined : await localPhoneFor(config, deps, listeningAt);
  if (local) adapters.push(local.adapter);

  adapters.push(
    (await import('./api/listen.js')).apiAdapter(deps, {
      apiKey: config.apiKey,
      requestsPerMinute: config.apiRequestsPerMinute,
    }),
  );

  if (config.inboundMail) adapters.push((await import('./ingest/listen.js')).mailAdapter(deps, config.inboundMail));

  const { webAdapter } = await import('./web/listen.js');
  const frame = bots && (await import('./teams/tab-host.js')).teamsTabHost(bots, deps.publicUrl);
  adapters.push(webAdapter(deps, { demo, ...(demo && local ? { phone: local.phone } : {}), ...(frame && { frame }) }));
  return adapters;
}

/**
 * The recordings and the calls of the voice provider, or of the simulated one that runs on this data folder, in any
 * process.
 */
async function voiceProviderFor(
  { voice, http, dataFolder }: Config,
  publicUrl: string,
): Promise<Pick<Deps, 'providerRecordings' | 'providerCalls'>> {
  if (!voice && !isLoopback(http.host)) return { providerRecordings: undefined, providerCalls: undefined };
  const { providerRecordings } = await import('./phone/provider-recordings.js');
  const { providerCalls } = await import('./phone/provider-calls.js');
  const { readAccountFile } = await import('./phone/simulator/account-file.js');
  const voiceNow = voice ? async () => voice : () => readAccountFile(dataFolder);
  return { providerRecordings: providerRecordings(voiceNow), providerCalls: providerCalls(voiceNow, publicUrl) };
}

/** Without a voice provider, and only on a loopback address, a simulated one: for the demo and `attendant call`. */
async function localPhoneFor({ http, dataFolder }: Config, deps: Deps, listeningAt: string | undefined) {
  if (!isLoopback(http.host)) return undefined;
  return (await import('./phone/simulator/local-phone.js')).localPhone(deps, dataFolder, listeningAt);
}

/** A recording as a file that plays in place; undefined when it is gone. */
async function playableFile(tools: Deps['audio'], { fileName, ...recording }: MessageAudio) {
  try {
    return { fileName, content: (await tools.playable(recording)).content };
  } catch (error) {
    if (error instanceof RecordingMissing) return undefined;
    throw error;
  }
}
