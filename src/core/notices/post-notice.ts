import type { Reader } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import type { NoticeId } from '../ids.js';
import { noticeCards } from './kinds.js';
import {
  type ClaimedNotice,
  claimNotice,
  type Place,
  releaseNotice,
  savePosting,
  settleNotice,
} from './notice.store.js';

/**
 * Brings a notice's newest card to every address of its user; called by the task `notice.post`. Twice is once: an
 * address that has the message gets no second one, and is updated only where it shows an older version.
 * Rejects when an address failed for now; the others are done, and the next try takes up only what is left.
 */
export async function postNotice(deps: Deps, id: NoticeId): Promise<void> {
  let more = true;
  while (more) {
    const notice = await claimNotice(deps.db, id, deps.clock.now());
    if (!notice) return; // somebody else has it, or every place shows it
    const failures = await postEverywhere(deps, notice);
    if (failures.length > 0) {
      await releaseNotice(deps.db, notice, deps.clock.now());
      throw new AggregateError(failures, 'a notice could not be brought everywhere');
    }
    more = await settleNotice(deps.db, notice);
  }
}

async function postEverywhere(deps: Deps, notice: ClaimedNotice): Promise<unknown[]> {
  const cardFor = cardMaker(deps, notice);
  const outcomes = await Promise.allSettled(
    placesOf(deps, notice).map((place) => postAt(deps, notice, place, cardFor)),
  );
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
}

async function postAt(deps: Deps, notice: ClaimedNotice, { to, reader, posted }: Place, cardFor: CardMaker) {
  const messenger = deps.messengers.for(to.platform);
  if (!messenger || (posted && posted.shows >= notice.version)) return;
  const ref = posted?.ref;
  // A refusal is for good; a mail stands as it was sent; and places that are new since get no old news.
  if (posted?.status === 'unreachable' || (ref ? to.platform === mailPlatform : notice.told)) return;

  const card = await cardFor(reader);
  if (!card) return;
  const receipt = ref ? await messenger.update(to, ref, card) : await messenger.send(to, card);
  const at = { platform: to.platform, address: to.address, shows: notice.version };
  if (receipt.kind === 'unreachable')
    deps.log.warn({ noticeId: notice.id, platform: to.platform, why: receipt.why }, 'notice refused');
  await savePosting(
    deps.db,
    notice,
    receipt.kind === 'sent'
      ? { ...at, ref: receipt.ref, status: 'sent', why: '' }
      : { ...at, ref: ref ?? null, status: 'unreachable', why: receipt.why },
    deps.clock.now(),
  );
}

export const mailPlatform = 'email';

/** Linked accounts, and the mail address where the person's notification type asks for mail. */
function placesOf(deps: Deps, notice: ClaimedNotice): Place[] {
  if (!notice.mayBeTold) return [];
  const places = [...notice.accounts];
  if (deps.mail && notice.mailKind !== 'app_only') places.push(mailPlaceOf(notice));
  return places.map((place) => ({ ...place, posted: postedAt(notice, place.to) }));
}

const mailPlaceOf = (notice: ClaimedNotice): Omit<Place, 'posted'> => ({
  to: {
    platform: mailPlatform,
    address: notice.email,
    workspaceId: notice.tenantId,
    accountId: notice.email,
    conversation: {
      messageId: `notice-${notice.id}`,
      locale: notice.mailReader.locale,
      attachAudio: notice.mailKind === 'email_with_attachment',
    },
  },
  reader: notice.mailReader,
});

function postedAt(notice: ClaimedNotice, to: Place['to']): Place['posted'] {
  const posting = notice.postings.find(({ platform, address }) => platform === to.platform && address === to.address);
  return posting && { ref: posting.ref ?? undefined, shows: posting.shows, status: posting.status };
}

type CardMaker = (reader: Place['reader']) => Promise<Card | undefined>;

/** Most people read the same everywhere: one card does for all their places that read alike. */
function cardMaker(deps: Deps, notice: ClaimedNotice): CardMaker {
  const make = noticeCards[notice.kind];
  if (!make) throw new Error(`no card for notices of kind ${notice.kind}`);
  const made = new Map<string, Promise<Card | undefined>>();
  return (place) => {
    const key = `${place.locale} ${place.timeZone}`;
    const reader: Reader = { ...place, now: deps.clock.now() };
    const card = made.get(key) ?? make(deps, notice, reader);
    made.set(key, card);
    return card;
  };
}
