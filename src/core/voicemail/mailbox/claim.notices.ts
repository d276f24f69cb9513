import type { Reader } from '../../chat/phrasing.js';
import type { Card } from '../../chat/view.js';
import { type Words, wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import type { UserId } from '../../ids.js';
import { defineNotice } from '../../notices/define-notice.js';
import { noLongerSharedCard } from '../voicemail.views.js';
import { claimToldCard } from './claim.views.js';
import { shownMessage } from './load-voicemail-card.js';

declare module '../../notices/notice-kind.js' {
  interface NoticeKinds {
    'voicemail.handed-over': true;
    'voicemail.call-due': true;
  }
}

/** To somebody to whom a message was handed over. */
export const voicemailHandedOver = defineNotice({
  kind: 'voicemail.handed-over',
  isInThread: true,
  card: (deps, notice, reader) => cardOf(deps, notice, reader, (words) => words.handedOver),
});

/** To the holder of a message: the time by which they promised to call back is near. */
export const voicemailCallDue = defineNotice({
  kind: 'voicemail.call-due',
  isInThread: true,
  card: (deps, notice, reader) => cardOf(deps, notice, reader, (words) => words.callDue),
});

async function cardOf(
  deps: Deps,
  { subjectId, userId }: { readonly subjectId: string; readonly userId: UserId },
  reader: Reader,
  title: (words: Words['claim']) => (caller: string) => string,
): Promise<Card> {
  const shown = await shownMessage(deps, { id: subjectId, userId, personId: userId });
  return shown ? claimToldCard(reader, shown, title(wordsIn(reader.locale).claim)) : noLongerSharedCard(reader);
}
