import type { Messenger } from '../chat/messenger.js';
import type { Reader } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import { type EnsureHeld, whileHeld } from '../claim.js';
import type { Deps } from '../deps.js';
import type { NoticeId } from '../ids.js';
import { noticeCards } from './kinds.js';
import {
  type ClaimedNotice,
  claimNotice,
  leaseOf,
  type Place,
  type Posting,
  releaseNotice,
  renewClaim,
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
    const notice = await claimNotice(deps.db, { id, now: deps.clock.now() });
    if (!notice) return; // somebody else has it, or every place shows it
    const renew = () => renewClaim(deps.db, notice, deps.clock.now());
    more = await whileHeld(
      renew,
      (ensureHeld) => postEverywhere(deps, notice, ensureHeld),
      () => deps.leases?.keep(leaseOf(notice)),
    );
  }
}

/** True where the notice was raised meanwhile. */
async function postEverywhere(deps: Deps, notice: ClaimedNotice, ensureHeld: EnsureHeld): Promise<boolean> {
  const cardFor = cardMaker(deps, notice);
  const places = placesOf(deps, notice).filter((place) => needsPost(notice, place));
  const [only, ...others] = places;
  // Each posting is remembered as soon as it stands, the only one together with the end of the work.
  const outcomes = await Promise.allSettled(
    places.map(async (place) => {
      const posting = await postAt(deps, notice, place, { cardFor, ensureHeld });
      if (posting && others.length > 0) await savePosting(deps.db, { notice, posting, at: deps.clock.now() });
      return posting;
    }),
  );
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  if (failures.length > 0) {
    await releaseNotice(deps.db, notice, deps.clock.now());
    throw new AggregateError(failures, 'a notice could not be brought everywhere');
  }
  const [first] = outcomes;
  const posting = only && others.length === 0 && first?.status === 'fulfilled' ? first.value : undefined;
  return settleNotice(deps.db, { notice, posting, now: deps.clock.now() });
}

function needsPost(notice: ClaimedNotice, { to, posted }: Place): boolean {
  if (!posted?.ref) return posted?.status !== 'unreachable' && !notice.told; // a refusal is for good; no old news
  if (posted.status === 'unreachable' || to.platform === mailPlatform) return false; // a mail stands as it was sent
  return posted.shows < notice.version;
}

/** Undefined: there is nothing to show any more. */
async function postAt(
  deps: Deps,
  notice: ClaimedNotice,
  { messenger, to, reader, posted }: Place & { readonly messenger: Messenger },
  { cardFor, ensureHeld }: { readonly cardFor: CardMaker; readonly ensureHeld: EnsureHeld },
): Promise<Posting | undefined> {
  const card = await cardFor(reader);
  if (!card) return undefined;
  await ensureHeld();
  const ref = posted?.ref;
  const receipt = ref ? await messenger.update(to, ref, card) : await messenger.send(to, card);
  const at = { platform: to.platform, address: to.address, shows: notice.version };
  if (receipt.kind === 'sent') return { ...at, ref: receipt.ref, status: 'sent', why: '' };
  deps.log.warn({ noticeId: notice.id, platform: to.platform, why: receipt.why }, 'notice refused');
  return { ...at, ref: ref ?? null, status: 'unreachable', why: receipt.why };
}

const mailPlatform = 'mail';

/** Linked accounts, and the mail address where the person's notification type asks for mail. */
function placesOf(deps: Deps, notice: ClaimedNotice): (Place & { readonly messenger: Messenger })[] {
  if (!notice.mayBeTold) return [];
  const places = [...notice.accounts];
  if (deps.mail && notice.mailKind !== 'app_only') places.push(mailPlaceOf(notice));
  return places.flatMap((place) => {
    // A platform that is not switched on here is left out without a word.
    const messenger = deps.messengers.for(place.to.platform);
    return messenger ? [{ ...place, messenger, posted: postedAt(notice, place.to) }] : [];
  });
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
