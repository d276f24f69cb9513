import { lineCard } from '../chat/chat.views.js';
import type { Answer, Sender } from '../chat/exchange.js';
import { type Locale, localeOf } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { asId, type RequestId } from '../ids.js';
import { type InterruptedRequest, markAnswered, renewLease, takeInterrupted } from '../requests/request-row.store.js';
import { readStoredRequest, requestOf, type StoredRequest } from '../requests/stored-request.js';
import { runLeased } from '../tasks/lease.js';
import { answerTakenRequest, type TakenRequest, takeRequest } from './dispatch.js';
import { wasImpersonatingAt } from './identify.store.js';

/** An older request is not run again: "tomorrow" would mean another day by then, and the person has moved on. */
const youngMinutes = 10;
const mostAtOnce = 20;
/** Attempts before giving up. */
const mostTries = 5;

/**
 * Finish requests that were acknowledged by a process that ended, and tell each person in their own chat with the app;
 * called by the task `requests.finish`. A request runs again at most once, since it may be what ended the process, and
 * only while it is young, has changed nothing yet and its person acts as the same user. Otherwise the person is asked
 * to try again.
 */
export async function finishInterrupted(deps: Deps): Promise<void> {
  for (let finished = 0; finished < mostAtOnce; finished += 1) {
    // One at a time, because only the running request has its lease renewed.
    const [row] = await takeInterrupted(deps.db, 1);
    if (!row) return;
    const held = { id: asId<RequestId>(row.id), run: row.run };
    await runLeased(
      () => renewLease(deps.db, held),
      () => finishRequest(deps, { ...row, ...held }),
    ).catch((error) => deps.log.warn({ error, request: row.id, tries: row.tries }, 'interrupted request not finished'));
  }
}

async function finishRequest(deps: Deps, row: InterruptedRequest): Promise<void> {
  const asked = readStoredRequest(row.asked);
  if (asked && row.tries <= mostTries) await sendLateCard(deps, asked.from as Sender, await cardFor(deps, row, asked));
  else deps.log.error({ request: row.id, tries: row.tries }, 'interrupted request given up');
  await markAnswered(deps.db, row);
}

async function cardFor(deps: Deps, row: InterruptedRequest, asked: StoredRequest): Promise<Card> {
  const { taken, runs } = await runAgain(deps, row, asked);
  const locale = localeNow(taken, asked);
  const { chat } = wordsIn(locale);
  if (row.done) return lineCard(chat.interruptedDone(asked.title));
  if (!runs || !(await mayRun(deps, row, taken))) return lineCard(chat.interrupted(asked.title));
  return lateCard(await answerTakenRequest(deps, taken), asked.title) ?? lineCard(chat.interrupted(asked.title));
}

/** A request that cannot run again is identified as a visit to the home page, which tells the person's language. */
async function runAgain(
  deps: Deps,
  row: InterruptedRequest,
  asked: StoredRequest,
): Promise<{ readonly taken: TakenRequest; readonly runs: boolean }> {
  const request = requestOf(row.id, asked);
  const taken = await takeRequest(deps, request ?? { kind: 'home', id: asId(row.id), from: asked.from as Sender }, {
    running: row,
  });
  return { taken, runs: request !== undefined };
}

async function mayRun(deps: Deps, row: InterruptedRequest, { found }: TakenRequest): Promise<boolean> {
  const isYoung = deps.clock.now().getTime() - row.at.getTime() <= youngMinutes * 60_000;
  if (found.kind === 'failed') throw found.error;
  if (!isYoung || row.tries > 1 || found.kind !== 'known') return false;
  const { actor, impersonator, user } = found.requester;
  return actor.kind === 'self' && !(await wasImpersonatingAt(deps.db, impersonator?.id ?? user.id, row.at));
}

/** Return the answer as a message of its own; undefined if the answer is a form. */
function lateCard(answer: Answer, title: string): Card | undefined {
  const { chat } = wordsIn(answer.locale);
  if (answer.kind === 'done') return lineCard(answer.line ?? chat.interruptedDone(title));
  // The notice's own message shows the result; nothing would keep a second card up to date.
  if (answer.kind === 'replace' && answer.shows) return lineCard(chat.interruptedDone(title));
  if (answer.kind !== 'say' && answer.kind !== 'replace') return undefined;
  return { ...answer.card, blocks: [{ kind: 'note', text: chat.interruptedLate(title) }, ...answer.card.blocks] };
}

function localeNow({ found }: TakenRequest, { from }: StoredRequest): Locale {
  return found.kind === 'known' ? found.requester.reader.locale : localeOf(from.locale);
}

/** Rejects when a retry may succeed. */
async function sendLateCard(deps: Deps, from: Sender, card: Card): Promise<void> {
  const { platform, externalWorkspaceId, accountId, conversation } = from;
  const messenger = deps.messengers.forPlatform(platform);
  const address = { platform, address: `${externalWorkspaceId}/${accountId}`, externalWorkspaceId, accountId };
  const receipt = await messenger?.send({ ...address, ...(conversation === undefined ? {} : { conversation }) }, card);
  if (receipt?.kind !== 'sent') deps.log.warn({ platform, why: receipt?.why }, 'late answer not sent');
}
