import { randomUUID } from 'node:crypto';
import { accessEnds } from '../../src/core/app/access-ends.js';
import { dispatch } from '../../src/core/app/dispatch.js';
import { genesisHash } from '../../src/core/audit-chain/audit-event.js';
import type { AccountKey, Answer, Request, TypedValues } from '../../src/core/chat/exchange.js';
import type { Button, Card, CarriedData, Form } from '../../src/core/chat/view.js';
import type { Db, Deps } from '../../src/core/deps.js';
import { openDirectory } from '../../src/core/directory/live-directory.js';
import { asId, type RequestId, type TenantId, type UserId } from '../../src/core/ids.js';
import type { MailMessage } from '../../src/core/mail/ports.js';
import { noLimit } from '../../src/core/rate-limit.js';
import type { Transcriber } from '../../src/core/voicemail/transcripts/ports.js';
import { copyRowsInto } from '../../src/database/copy-rows.js';
import { openDatabase } from '../../src/database/database.js';
import type { Prisma } from '../../src/generated/prisma/client.js';
import { createLog } from '../../src/log.js';
import { audioTools } from '../../src/media/audio-tools.js';
import { atTheEnd } from './clean-up.js';
import { type TestClock, testClock } from './clock.js';
import { testDatabase } from './database.js';
import { type ListedPeople, listedPeople } from './members.js';
import { type RecordingMessenger, recordingMessenger } from './messenger.js';
import { ownRows } from './own-rows.js';
import { type PersonName, people } from './people.js';
import { buttonsOf } from './read.js';
import { testRecordings } from './recordings.js';
import { type TaskRecorder, taskRecorder } from './tasks.js';

export interface Person {
  readonly id: UserId;
  readonly displayName: string;
  readonly email: string;
  /** On the company's first platform. */
  readonly account: AccountKey;
}

export interface CompanyOptions {
  /** The values that differ from the schema's defaults. */
  readonly tenant?: Partial<Prisma.TenantUncheckedCreateInput>;
  /** Ann is out until Friday 17:00, and Bo covers and has accepted. */
  readonly annIsOut?: boolean;
  /** Everybody has an account on each. */
  readonly platforms?: readonly string[];
  /** Platforms whose members can be listed: everybody with an account is in the list. */
  readonly listed?: readonly string[];
  /** Without numbers of its own, so that the company created before keeps those that the stories dial. */
  readonly numberless?: boolean;
  /**
   * Whether it has its own database: for tests of the whole installation (the sweep, its default company), and tests
   * that stop or break the database. The others of a file share one.
   */
  readonly ownDatabase?: boolean;
  /** Writes messages down; without one they have no transcripts. */
  readonly transcriber?: Transcriber;
  /** Checks the credentials of the company’s own Teams bots; without it Teams is off. */
  readonly teamsLogin?: Deps['teamsLogin'];
}

/** A small company in its own tenant, and how its people use Attendant. */
export interface Company extends Record<PersonName, Person> {
  readonly tenantId: TenantId;
  readonly deps: Deps;
  /** As in `ownRows`; `deps.db` sees all rows. */
  readonly db: Db;
  readonly databaseUrl: string;
  readonly clock: TestClock;
  readonly tasks: TaskRecorder;
  /** All mails, oldest first. */
  readonly mails: readonly MailMessage[];
  /** By platform; `chat` is the default. */
  readonly messengers: Readonly<Record<string, RecordingMessenger>>;
  /** The workspaces' members, by platform. */
  readonly lists: Readonly<Record<string, ListedPeople>>;
  /** The people whose pages were told to reload, in order. */
  readonly touched: readonly UserId[];

  /** `/attendant TEXT`. */
  ask(
    person: Person,
    text: string,
    extra?: { mentions?: readonly Person[]; id?: string; locale?: string },
  ): Promise<Answer>;
  /** Click a button, as a card shows it or by its id. */
  click(person: Person, button: Button | string, carries?: CarriedData, extra?: { id?: string }): Promise<Answer>;
  /** Press the button of that id on a shown card or answer; throws when there is none. */
  press(person: Person, shown: Answer | Card | undefined, action: string): Promise<Answer>;
  /** Submit a form, as it was opened or by its id. */
  submit(
    person: Person,
    form: Form | string,
    values: TypedValues,
    carries?: CarriedData,
    extra?: { id?: string },
  ): Promise<Answer>;
  suggest(person: Person, query: string, toShare?: boolean): Promise<Answer>;
  home(person: Person): Promise<Answer>;
  /** Run the due tasks of the queue. */
  work(options?: { twice?: boolean }): Promise<void>;
  /** The cards in a person's chat in their current state, oldest first. */
  cardsOf(person: Person, platform?: string): Card[];
  /** The events of the audit, oldest first. */
  audit(): Promise<AuditLines>;
}

type AuditLines = Awaited<ReturnType<Db['auditLine']['findMany']>>;

/** The database that the companies of this file share. */
let fileDatabase: Promise<OpenDatabase> | undefined;

interface OpenDatabase {
  readonly url: string;
  readonly db: Db;
}

function databaseFor({ ownDatabase }: CompanyOptions, log: Deps['log']): Promise<OpenDatabase> {
  if (ownDatabase) return openTestDatabase(log);
  if (!fileDatabase) {
    fileDatabase = openTestDatabase(log);
    atTheEnd(async () => {
      fileDatabase = undefined;
    });
  }
  return fileDatabase;
}

async function openTestDatabase(log: Deps['log']): Promise<OpenDatabase> {
  const url = await testDatabase();
  const db = openDatabase(url, log, { connections: 4 });
  atTheEnd(() => db.$disconnect());
  return { url, db };
}

/** Create the company, beside those that the file has created before; removed at the end of the file. */
export async function testCompany(options: CompanyOptions = {}): Promise<Company> {
  const platforms = options.platforms ?? ['chat'];
  const log = createLog({ level: process.env.LOG_LEVEL ?? 'error', format: 'json' });
  const { url: databaseUrl, db } = await databaseFor(options, log);
  const clock = testClock();
  const tasks = taskRecorder(clock);
  const mails: MailMessage[] = [];
  const touched: UserId[] = [];
  const messengers = Object.fromEntries(platforms.map((platform) => [platform, recordingMessenger()]));
  const lists = Object.fromEntries((options.listed ?? []).map((platform) => [platform, listedPeople(platform)]));
  const recordings = await testRecordings();
  const audio = audioTools(recordings);
  atTheEnd(() => audio.close());
  const deps: Deps = {
    accessEnds,
    db,
    clock,
    log,
    tasks,
    messengers: { forPlatform: (platform) => messengers[platform] },
    memberLists: { platforms: Object.keys(lists), forPlatform: (platform) => lists[platform] },
    recordings,
    transcriber: options.transcriber,
    teamsLogin: options.teamsLogin,
    providerRecordings: undefined,
    providerCalls: undefined,
    audio,
    mail: {
      async send(mail) {
        mails.push(mail);
        return { kind: 'sent' };
      },
    },
    changes: { publish: (userId) => touched.push(userId), subscribe: () => () => {} },
    copyRows: copyRowsInto(databaseUrl),
    directory: openDirectory(db),
    publicUrl: 'https://attendant.example',
    secret: 'a secret for tests, long enough for signing links',
    limits: { commands: noLimit, suggestions: noLimit },
  };
  const { tenantId, staff } = await found(deps, platforms, options);
  for (const list of Object.values(lists)) {
    for (const [name, { account, displayName, email }] of Object.entries(staff))
      if (name !== 'box') list.add(account.accountId, { displayName, email });
  }

  const send = (person: Person, asked: Asked, extra: { id?: string; locale?: string } = {}) =>
    dispatch(deps, {
      ...asked,
      id: asId<RequestId>(extra.id ?? randomUUID()),
      from: { ...person.account, ...(extra.locale === undefined ? {} : { locale: extra.locale }) },
    } as Request);

  return {
    ...staff,
    tenantId,
    deps,
    db: ownRows(db, tenantId),
    databaseUrl,
    clock,
    tasks,
    mails,
    messengers,
    lists,
    touched,
    ask: (person, text, { mentions = [], ...extra } = {}) =>
      send(person, { kind: 'command', text, mentions: mentions.map(({ account }) => account) }, extra),
    click: (person, button, carries = {}, extra) =>
      send(person, { kind: 'click', ...clicked(button), ...(typeof button === 'string' ? { carries } : {}) }, extra),
    press(person, shown, action) {
      const button = buttonsOf(shown).find((one) => one.action === action);
      if (!button) throw new Error(`no button ${action} on ${JSON.stringify(shown)}`);
      return send(person, { kind: 'click', ...clicked(button) });
    },
    submit: (person, form, values, carries = {}, extra) =>
      typeof form === 'string'
        ? send(person, { kind: 'submit', form, values, carries }, extra)
        : send(person, { kind: 'submit', form: form.id, values, carries: form.carries }, extra),
    suggest: (person, query, toShare = false) => send(person, { kind: 'suggest', query, toShare }),
    home: (person) => send(person, { kind: 'home' }),
    work: (how) => tasks.work(deps, how),
    cardsOf: (person, platform = platforms[0] ?? '') =>
      (messengers[platform]?.posted ?? [])
        .filter(({ to }) => to.accountId === person.account.accountId)
        .flatMap(({ states }) => states.slice(-1)),
    audit: () => db.auditLine.findMany({ where: { tenantId }, orderBy: { seq: 'asc' } }),
  };
}

/** A request without the fields that every request has. */
type Asked =
  | { kind: 'command'; text: string; mentions: readonly AccountKey[] }
  | { kind: 'click'; action: string; carries: CarriedData }
  | { kind: 'submit'; form: string; values: TypedValues; carries: CarriedData }
  | { kind: 'suggest'; query: string; toShare: boolean }
  | { kind: 'home' };

function clicked(button: Button | string): { action: string; carries: CarriedData } {
  if (typeof button === 'string') return { action: button, carries: {} };
  if (button.kind === 'link') throw new Error(`the button ${button.action} leads to a page`);
  return { action: button.action, carries: button.carries };
}

async function found(
  { db, clock }: Deps,
  platforms: readonly string[],
  options: CompanyOptions,
): Promise<{ tenantId: TenantId; staff: Record<PersonName, Person> }> {
  if (!options.numberless) await giveUpNumbers(db);
  const mainNumbers = options.numberless ? [] : ['+14165550100'];
  const tenantId = asId<TenantId>(randomUUID());
  await db.tenant.create({ data: { id: tenantId, name: 'Maple & Co', mainNumbers, ...options.tenant } });
  // In production the line that creates a company starts its chain; here two first lines at one moment would conflict.
  await db.auditHead.create({ data: { tenantId, seq: 0, hash: genesisHash } });
  const externalWorkspaceId = `workspace-${tenantId.slice(0, 8)}`;
  await db.workspace.createMany({
    data: platforms.map((platform) => ({ tenantId, platform, externalId: externalWorkspaceId })),
  });

  const hired = Object.entries(people).map(([name, facts]) => {
    const person: Person = {
      id: asId<UserId>(randomUUID()),
      displayName: `${facts.firstName} ${facts.lastName}`,
      email: `${name}@maple.example`,
      account: { platform: platforms[0] ?? '', externalWorkspaceId, accountId: `account-${name}` },
    };
    return { name: name as PersonName, facts, person };
  });
  await db.user.createMany({
    data: hired.map(({ name, facts, person }) => ({
      ...facts,
      ...(options.numberless ? { did: null } : {}),
      id: person.id,
      tenantId,
      username: name,
      email: person.email,
    })),
  });
  const staff = Object.fromEntries(hired.map(({ name, person }) => [name, person])) as Record<PersonName, Person>;
  await db.account.createMany({
    data: hired
      .filter(({ name }) => name !== 'box')
      .flatMap(({ person }) =>
        platforms.map((platform) => ({
          ...person.account,
          platform,
          tenantId,
          userId: person.id,
          linkedBy: 'demo',
        })),
      ),
  });
  await db.tenant.update({
    where: { id: tenantId },
    data: { operatorId: staff.ada.id, generalMailboxId: staff.box.id },
  });
  if (options.annIsOut) {
    await db.outOfOfficePeriod.create({
      data: {
        tenantId,
        userId: staff.ann.id,
        startsAt: new Date(clock.now().getTime() - 60 * 60 * 1000),
        // Friday, 17:00 in Toronto.
        endsAt: new Date('2030-01-18T22:00:00Z'),
        backupId: staff.bo.id,
        backupAnswer: 'accepted',
      },
    });
  }
  return { tenantId, staff };
}

/** A number leads to one company: the one created last has those that the stories dial. */
async function giveUpNumbers(db: Db): Promise<void> {
  await db.tenant.updateMany({ where: { mainNumbers: { isEmpty: false } }, data: { mainNumbers: [] } });
  await db.tenant.updateMany({ where: { accessNumber: { not: null } }, data: { accessNumber: null } });
  await db.user.updateMany({ where: { did: { not: null } }, data: { did: null } });
  await db.restingNumber.deleteMany({ where: { kind: 'did' } });
}
