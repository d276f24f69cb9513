import { randomUUID } from 'node:crypto';
import type { Delivery, MessageAudio, Messenger } from '../chat/messenger.js';
import type { Reader } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { OutcomeUnknown } from '../errors.js';
import type { NoticeId } from '../ids.js';
import { type EnsureLeased, runLeased } from '../tasks/lease.js';
import { recordOutcome } from '../tasks/record-outcome.js';
import { attachAudio } from './attach-audio.js';
import {
  definitionOf,
  type NoticeDefinition,
  type NoticeDefinitions,
  type NoticePlaces,
  type UnsubscribeFrom,
} from './define-notice.js';
import { heldForQuietHours } from './hold-notice.js';
import { messageThread } from './message-thread.js';
import {
  type ClaimedNotice,
  claimNotice,
  type Place,
  releaseNotice,
  renewalOf,
  renewClaim,
  settleNotice,
} from './notice.store.js';
import { type AttemptedPosting, type Posting, savePosting } from './posting.store.js';
import { unsubscribeUrl } from './unsubscribe.js';

/**
 * Post a notice's newest card to every address of its user; called by the task `notice.post`. Idempotent: an address
 * that has the message gets no second one, and is updated only if it shows an older version. An accepted card is
 * recorded even if the database is unreachable for minutes; if a card may have arrived unrecorded, the platform is
 * asked first. Rejects if an address failed for now; the others are done, and the next attempt handles only the
 * remaining ones.
 */
export async function postNotice(deps: Deps, definitions: NoticeDefinitions, id: NoticeId): Promise<void> {
  let more = true;
  while (more) {
    const notice = await claimNotice(deps.db, { id, clock: deps.clock });
    if (!notice) return; // another worker holds it, or every address shows it
    if (await heldForQuietHours(deps, definitions, notice)) return;
    const renew = () => renewClaim(deps.db, deps.clock, notice);
    more = await runLeased(
      renew,
      (ensureHeld) => postEverywhere(deps, notice, meansOf(deps, definitions, notice, ensureHeld)),
      () => deps.leases?.keep(renewalOf(notice)),
    );
  }
}

/** True: the notice was raised meanwhile. */
async function postEverywhere(deps: Deps, notice: ClaimedNotice, means: PostingMeans): Promise<boolean> {
  const places = placesOf(deps, notice, means).filter((place) => needsPost(notice, place));
  const [only, ...others] = places;
  // Each posting is recorded at once, the only one together with the end of the work.
  const outcomes = await Promise.allSettled(
    places.map(async (place) => {
      const posting = await postAt(deps, notice, place, means);
      if (posting && others.length > 0) await recordPosting(deps, notice, place, posting);
      return posting;
    }),
  );
  if (needsFallback(notice, outcomes)) await postByMail(deps, notice, places, { outcomes, means });
  const failed = outcomes.flatMap((outcome, index) => {
    const place = places[index];
    return outcome.status === 'rejected' && place ? [{ place, error: outcome.reason as unknown }] : [];
  });
  if (failed.length > 0) return releaseFailed(deps, notice, failed);
  const [first] = outcomes;
  const posting = only && others.length === 0 && first?.status === 'fulfilled' ? first.value : undefined;
  const more = await recordOutcome(deps.log, { noticeId: notice.id }, async (again) => {
    const more = await settleNotice(deps.db, { notice, posting, clock: deps.clock });
    return more || again; // an earlier attempt may have settled it: check whether there is more
  });
  if (only && posting) bringAudioOf(deps, notice, only, posting);
  return more;
}

/** A failure for now is given one retry before the e-mail. */
const failuresBeforeMail = 2;

/** Return whether a chat refused a new card, or did not accept it again. */
const needsFallback = (
  notice: ClaimedNotice,
  outcomes: readonly PromiseSettledResult<AttemptedPosting | undefined>[],
) =>
  !notice.told &&
  outcomes.some((outcome) =>
    outcome.status === 'rejected' ? notice.attempts >= failuresBeforeMail : outcome.value?.status === 'unreachable',
  );

/** Post by e-mail what no chat of the person has accepted, whatever their notification type. A failure leaves it to the next attempt. */
async function postByMail(
  deps: Deps,
  notice: ClaimedNotice,
  places: readonly Place[],
  {
    outcomes,
    means,
  }: {
    readonly outcomes: readonly PromiseSettledResult<AttemptedPosting | undefined>[];
    readonly means: PostingMeans;
  },
): Promise<void> {
  const messenger = deps.mail && deps.messengers.forPlatform(mailPlatform);
  const place = mailPlaceOf(deps, notice, means);
  const wasPosted = notice.postings.some(({ platform, ref }) => platform === mailPlatform && ref !== null);
  const isReached = outcomes.some(
    (outcome, at) =>
      outcome.status === 'fulfilled' && outcome.value?.status === 'sent' && places[at]?.isOwnApp !== true,
  );
  const wasReached = notice.accounts.some(({ to, isOwnApp }) => !isOwnApp && postedAt(notice, to)?.status === 'sent');
  if (!messenger || wasPosted || isReached || wasReached) return;
  try {
    const posting = await postAt(deps, notice, { ...place, messenger, posted: undefined }, means);
    if (posting) await recordPosting(deps, notice, { ...place, posted: undefined }, posting);
  } catch (error) {
    deps.log.warn({ error, noticeId: notice.id, platform: mailPlatform }, 'card not posted');
  }
}

async function recordPosting(
  deps: Deps,
  notice: ClaimedNotice,
  place: Place,
  posting: AttemptedPosting,
): Promise<void> {
  const facts = { noticeId: notice.id, platform: posting.platform };
  await recordOutcome(deps.log, facts, () => savePosting(deps.db, { notice, posting, clock: deps.clock }));
  bringAudioOf(deps, notice, place, posting);
}

/** Attach the card's audio after the card, and remove it when the card has none any more. */
function bringAudioOf(deps: Deps, notice: ClaimedNotice, { posted }: Place, { platform, audio }: Posting): void {
  const isAsItShouldBe = !posted?.owesAudio && (posted?.audioThere ?? undefined) === audio?.storageKey;
  if (!isAsItShouldBe) attachAudio(deps, { noticeId: notice.id, platform, atOnce: audio === null });
}

interface Failed {
  readonly place: Place;
  readonly error: unknown;
}

/** Reject with each platform's cause in the log and on the row. */
async function releaseFailed(deps: Deps, notice: ClaimedNotice, failed: readonly Failed[]): Promise<never> {
  for (const { place, error } of failed) {
    const facts = {
      error,
      noticeId: notice.id,
      kind: notice.kind,
      platform: place.to.platform,
      attempt: notice.attempts,
    };
    deps.log.warn(facts, 'card post failed');
  }
  const failures = failed.map(({ place: { to, posted }, error }) => ({
    platform: to.platform,
    address: to.address,
    sent: posted?.ref ? ('update' as const) : ('card' as const),
    why: (error instanceof Error ? error.message : String(error)).slice(0, 300),
  }));
  const unsure = failed.some(({ error }) => error instanceof OutcomeUnknown);
  await releaseNotice(deps.db, deps.clock, notice, { failures, unsure }).catch((error) => {
    // The lease runs out by itself, and the claim counts as abandoned.
    deps.log.warn({ error, noticeId: notice.id }, 'notice release failed');
  });
  throw new AggregateError(
    failed.map(({ error }) => error),
    'notice not posted everywhere',
  );
}

function needsPost(notice: ClaimedNotice, { to, posted }: Place): boolean {
  if (!posted?.ref) return posted?.status !== 'unreachable' && !notice.told; // a refusal is final; no old news
  if (posted.status === 'unreachable' || to.platform === mailPlatform) return false; // an e-mail cannot be updated
  return posted.shows < notice.version;
}

/** Undefined: there is nothing to show any more. */
async function postAt(
  deps: Deps,
  notice: ClaimedNotice,
  { messenger, to, reader, posted }: Place & { readonly messenger: Messenger },
  { cardFor, ensureHeld }: PostingMeans,
): Promise<AttemptedPosting | undefined> {
  const card = await cardFor(reader);
  if (!card) return undefined;
  await ensureHeld();
  const ref = posted?.ref ?? undefined;
  const delivery = deliveryOf(deps, notice);
  const receipt = ref ? await messenger.update(to, ref, card, delivery) : await messenger.send(to, card, delivery);
  const at = {
    platform: to.platform,
    address: to.address,
    shows: notice.version,
    attemptId: randomUUID(),
    sent: ref ? ('update' as const) : ('card' as const),
  };
  if (receipt.kind === 'sent') {
    const audio = messenger.audio ? audioOf(card) : null;
    return { ...at, ref: receipt.ref, status: 'sent', why: '', audio };
  }
  deps.log.warn({ noticeId: notice.id, platform: to.platform, why: receipt.why }, 'notice refused');
  return { ...at, ref: ref ?? null, status: 'unreachable', why: receipt.why, audio: null };
}

const deliveryOf = (deps: Deps, notice: ClaimedNotice): Delivery => ({
  key: notice.id,
  mayBeThere: notice.unsure,
  ageSeconds: Math.max(0, (deps.clock.now().getTime() - notice.createdAt.getTime()) / 1000),
});

/** Return the audio that belongs beside a card as a file, which people can keep. */
function audioOf(card: Card): MessageAudio | null {
  const audio = card.blocks.find((block) => block.kind === 'audio')?.audio;
  if (!audio || audio.mayBeKept === false) return null;
  const { storageKey, mimeType, fileName } = audio;
  return { storageKey, mimeType, fileName };
}

const mailPlatform = 'mail';

/** Linked accounts and the e-mail address, as far as they are wanted; and where there is a card already, to update it. */
function placesOf(
  deps: Deps,
  notice: ClaimedNotice,
  means: PostingMeans,
): (Place & { readonly messenger: Messenger })[] {
  if (!notice.mayBeTold) return [];
  const { chat, mail } = wantedPlaces(notice, means.places);
  const places = notice.accounts.filter(({ to }) => chat || postedAt(notice, to)?.ref);
  if (deps.mail && mail) places.push(mailPlaceOf(deps, notice, means));
  return places.flatMap((place) => {
    // A platform that is not enabled here is skipped silently.
    const messenger = deps.messengers.forPlatform(place.to.platform);
    return messenger ? [{ ...place, messenger, posted: postedAt(notice, place.to) }] : [];
  });
}

function wantedPlaces(notice: ClaimedNotice, by: NoticePlaces): ClaimedNotice['missedCallPlaces'] {
  const mail = notice.mailKind !== 'app_only';
  switch (by) {
    case 'chat-always':
      return { chat: true, mail };
    case 'messages':
      return { chat: notice.wantsChatCards, mail };
    case 'missedCallNotification':
      return notice.missedCallPlaces;
    case 'digest':
      return { chat: notice.wantsChatCards, mail: true };
    case 'everywhere':
      return { chat: true, mail: true };
    default:
      return by satisfies never;
  }
}

const mailPlaceOf = (deps: Deps, notice: ClaimedNotice, means: MailMeans): Omit<Place, 'posted'> => ({
  to: {
    platform: mailPlatform,
    address: notice.email,
    externalWorkspaceId: notice.tenantId,
    accountId: notice.email,
    conversation: {
      messageId: `notice-${notice.id}`,
      locale: notice.mailReader.locale,
      attachAudio: notice.mailKind === 'email_with_attachment',
      homeUrl: deps.publicUrl,
      ...(means.isInThread ? { thread: messageThread(notice.subjectId) } : {}),
      ...(means.unsubscribes ? { unsubscribeUrl: unsubscribeUrl(deps, { ...notice, from: means.unsubscribes }) } : {}),
    },
  },
  reader: notice.mailReader,
});

const postedAt = (notice: ClaimedNotice, to: Place['to']): Place['posted'] =>
  notice.postings.find(({ platform, address }) => platform === to.platform && address === to.address);

type CardMaker = (reader: Place['reader']) => Promise<Card | undefined>;

/** What an e-mail has beside its card. */
interface MailMeans {
  readonly isInThread: true | undefined;
  readonly unsubscribes: UnsubscribeFrom | undefined;
}

/** What posting at one address needs. */
interface PostingMeans extends MailMeans {
  readonly cardFor: CardMaker;
  readonly places: NoticePlaces;
  readonly ensureHeld: EnsureLeased;
}

function meansOf(
  deps: Deps,
  definitions: NoticeDefinitions,
  notice: ClaimedNotice,
  ensureHeld: EnsureLeased,
): PostingMeans {
  const definition = definitionOf(definitions, notice.kind);
  if (!definition) throw new Error(`no card for notices of kind ${notice.kind}`);
  const { places = 'chat-always', isInThread, unsubscribes } = definition;
  return { cardFor: cardMaker(deps, definition, notice), places, isInThread, unsubscribes, ensureHeld };
}

/** Most people read the same way everywhere: addresses with the same locale and zone share one card. */
function cardMaker(deps: Deps, definition: NoticeDefinition, notice: ClaimedNotice): CardMaker {
  const made = new Map<string, Promise<Card | undefined>>();
  return (place) => {
    const key = `${place.locale} ${place.timeZone}`;
    const reader: Reader = { ...place, now: deps.clock.now() };
    const card = made.get(key) ?? definition.card(deps, notice, reader);
    made.set(key, card);
    return card;
  };
}
