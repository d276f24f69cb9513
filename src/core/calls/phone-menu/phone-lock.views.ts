import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Card } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { phoneAccessActions } from '../../voicemail/phone-access/phone-access.action-ids.js';
import { failuresUntilLocked, type PhoneLock } from './phone-lock.js';

/** Return the card for the owner of a mailbox that is locked for callers. */
export function phoneLockedCard(reader: Reader, { fromOwner, times, lockedAt, until }: PhoneLock): Card {
  const words = wordsIn(reader.locale);
  const { phoneMenu, phoneAccess } = words;
  const line = phoneMenu[fromOwner ? 'lockedForOwner' : 'locked'](failuresUntilLocked * times);
  return {
    title: phoneMenu.lockedTitle,
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      {
        kind: 'facts',
        facts: [
          { label: phoneMenu.lockedWhen, value: formatMoment(reader, lockedAt) },
          { label: phoneMenu.lockedUntil, value: formatMoment(reader, until) },
        ],
      },
      { kind: 'text', text: phoneMenu.lockedAdvice },
      {
        kind: 'buttons',
        buttons: [
          { kind: 'form', action: phoneAccessActions.pin, label: phoneAccess.changePin, tone: 'main', carries: {} },
        ],
      },
    ],
  };
}
