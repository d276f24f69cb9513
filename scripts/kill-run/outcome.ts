import type { Db } from '../../src/core/deps.js';
import type { LocalSlack } from '../../test/fakes/slack/slack.js';
import type { SlackMessage } from '../../test/fakes/slack/workspace.js';
import type { KillCompany } from './company.js';

/** What was asked for: in whose mailbox each caller left a message, and to whom some of them were forwarded. */
export interface Asked {
  /** By caller: the owner’s place in the company. */
  readonly mailboxes: ReadonlyMap<string, number>;
  readonly forwards: ReadonlyMap<string, number>;
  /** Callers whose message was claimed by everybody at once. */
  readonly claims: ReadonlySet<string>;
}

/** What there is at the end. All but `expectedCards` and `lookedFor` are faults; lost and foreign ones break the promise. */
export interface Outcome {
  readonly expectedCards: number;
  readonly cardsLost: number;
  readonly cardsTwice: number;
  readonly cardsAtTheWrongPerson: number;
  readonly audioLost: number;
  readonly audioTwice: number;
  readonly copiesLost: number;
  readonly copiesTwice: number;
  readonly claimsWithoutOwner: number;
  readonly claimsWithTwoOwners: number;
  /** Cards of claimed messages that do not name the owner. */
  readonly claimsNotShown: number;
  /** Messages without a transcript, copies included, and cards that do not show it. */
  readonly transcriptsLost: number;
  readonly transcriptsNotShown: number;
  readonly rowsLost: number;
  readonly rowsTwice: number;
  /** How often Slack was asked whether a card had arrived after all. */
  readonly lookedFor: number;
}

/** The caller whom a card names; undefined: it is no card of a message. */
const callerOf = ({ text, threadTs }: SlackMessage): string | undefined =>
  threadTs === undefined ? /Caller (\d+) end/.exec(text)?.[1] : undefined;

/** Count what was lost, doubled or shown to the wrong person. */
export async function countOutcome(
  db: Db,
  { workspace }: LocalSlack,
  company: KillCompany,
  asked: Asked,
): Promise<Outcome> {
  const expected = new Map<string, number>();
  const expect = (caller: string, mailbox: number) => {
    for (const reader of company.readersOf(mailbox)) {
      const key = `${caller} at ${company.people[reader]?.account}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
  };
  for (const [caller, mailbox] of asked.mailboxes) expect(caller, mailbox);
  for (const [caller, mailbox] of asked.forwards) expect(caller, mailbox);

  const underThread = new Map<string, number>();
  for (const { threadTs, files } of workspace.messages)
    if (threadTs !== undefined) underThread.set(threadTs, (underThread.get(threadTs) ?? 0) + files.length);

  const seen = new Map<string, number>();
  let [atTheWrongPerson, audioLost, audioTwice, transcriptsNotShown] = [0, 0, 0, 0];
  for (const message of workspace.messages) {
    const caller = callerOf(message);
    if (caller === undefined) continue;
    const key = `${caller} at ${message.channel.replace(/^D-/, '')}`;
    if (!expected.has(key)) atTheWrongPerson += 1;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (!JSON.stringify(message.blocks).includes('Transcribed by machine')) transcriptsNotShown += 1;
    const files = underThread.get(message.ts) ?? 0;
    if (files === 0) audioLost += 1;
    if (files > 1) audioTwice += 1;
  }
  const sumOf = (difference: (key: string, wanted: number) => number) =>
    [...expected].reduce((sum, [key, wanted]) => sum + Math.max(0, difference(key, wanted)), 0);

  return {
    expectedCards: sumOf((_, wanted) => wanted),
    cardsLost: sumOf((key, wanted) => wanted - (seen.get(key) ?? 0)),
    cardsTwice: sumOf((key, wanted) => (seen.get(key) ?? 0) - wanted),
    cardsAtTheWrongPerson: atTheWrongPerson,
    audioLost,
    audioTwice,
    transcriptsLost: await db.voicemail.count({ where: { transcript: null } }),
    transcriptsNotShown,
    ...(await countRows(db, asked)),
    ...(await countClaims(db, workspace.messages, company, asked)),
    lookedFor: workspace.calls.filter(({ method }) => method === 'conversations.history').length,
  };
}

async function countRows(db: Db, { mailboxes, forwards }: Asked) {
  const rows = await db.voicemail.findMany({ select: { callerName: true, forwardOfId: true } });
  const originals = rows.filter(({ forwardOfId }) => forwardOfId === null).length;
  const copies = rows.length - originals;
  return {
    rowsLost: Math.max(0, mailboxes.size - originals),
    rowsTwice: Math.max(0, originals - mailboxes.size),
    copiesLost: Math.max(0, forwards.size - copies),
    copiesTwice: Math.max(0, copies - forwards.size),
  };
}

async function countClaims(db: Db, messages: readonly SlackMessage[], company: KillCompany, { claims }: Asked) {
  let [without, withTwo, notShown] = [0, 0, 0];
  for (const caller of claims) {
    const claimed = await db.voicemail.findFirstOrThrow({
      where: { callerName: `Caller ${caller} end`, forwardOfId: null },
      select: { id: true, claimedById: true },
    });
    const lines = await db.auditLine.count({ where: { event: 'voicemail.claimed', subjectId: claimed.id } });
    if (claimed.claimedById === null) without += 1;
    if (lines > 1) withTwo += 1;
    const holder = company.people.find(({ id }) => id === claimed.claimedById);
    for (const card of messages.filter((message) => callerOf(message) === caller)) {
      const isHolder = card.channel === `D-${holder?.account}`;
      if (!JSON.stringify(card.blocks).includes(isHolder ? 'You take care' : `${holder?.name}`)) notShown += 1;
    }
  }
  return { claimsWithoutOwner: without, claimsWithTwoOwners: withTwo, claimsNotShown: notShown };
}
