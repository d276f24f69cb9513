import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Button } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import type { LoggedListen } from '../mailbox/listens.types.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import type { LinkHolder } from './live-links.types.js';

/** Return the facts of a person's links, in one line. */
export function linkLine(reader: Reader, { isActing, expiresAt, playedAt, links }: LinkHolder): string {
  const { messageList: words } = wordsIn(reader.locale);
  return [
    ...(links > 1 ? [words.count(links)] : []),
    ...(isActing ? [words.linkAsAdmin] : []),
    words.linkUntil(formatMoment(reader, expiresAt)),
    playedAt ? words.linkPlayed(formatMoment(reader, playedAt)) : words.linkNotPlayed,
  ].join(' · ');
}

/** Return the button that ends a person's links: to one message, or to all of the mailbox. */
export function endLinksButton(reader: Reader, personId: string, voicemailId: string | undefined): Button {
  const { messageList: words, voicemail } = wordsIn(reader.locale);
  return {
    kind: 'action',
    action: voicemailActions.revoke,
    label: words.endTheirs,
    carries: { person: personId, ...(voicemailId === undefined ? {} : { voicemail: voicemailId }) },
    confirm: {
      title: words.endTheirsTitle,
      text: words.endTheirsText,
      yes: voicemail.endLinkYes,
      no: voicemail.deleteNo,
    },
  };
}

/** Return who played a message: a person, perhaps an admin for them, perhaps by phone, or somebody by a link. */
export function listenerLine({ locale }: Reader, { name, impersonator, linkOf, byPhone }: LoggedListen): string {
  const { messageList: words, voicemail } = wordsIn(locale);
  if (name === null) return linkOf === null ? words.byLink : words.byLinkOf(linkOf);
  const who = impersonator === null ? name : voicemail.actingFor(impersonator, name);
  return byPhone ? words.byPhone(who) : who;
}
