import { describe, expect, test } from 'vitest';
import { wordsIn } from '../../src/core/chat/words.js';
import { type MessageState, messageButtons } from '../../src/core/voicemail/message-buttons.views.js';
import { voicemailActions } from '../../src/core/voicemail/voicemail.action-ids.js';

const words = wordsIn('en').voicemail;
const open: MessageState = { id: 'm1', ani: '+15145550123', isHandled: false, deleted: undefined };
const places = ['card', 'row-on-web', 'player'] as const;

test.each(places)('a message has the same buttons on a %s as anywhere', (place) => {
  const states = [open, { ...open, isHandled: true }, { ...open, isMailed: true }];
  for (const mayForward of [true, false])
    for (const state of states) {
      const onCard = messageButtons(words, state, { place: 'card', mayForward, mayRing: false });
      const there = messageButtons(words, state, { place, mayForward, mayRing: false });
      expect(there.filter(({ action }) => action !== voicemailActions.revoke)).toEqual(onCard);
    }
});

test('only somebody who may forward is offered it, and nobody a second mail', () => {
  const labels = (state: MessageState, mayForward: boolean) =>
    messageButtons(words, state, { place: 'card', mayForward, mayRing: false }).map(({ label }) => label);
  expect(labels(open, true)).toEqual([words.forward, words.exportToMe, words.markHandled, words.remove]);
  expect(labels({ ...open, isHandled: true, isMailed: true }, false)).toEqual([words.reopen, words.remove]);
});

test('a deleted message can only be had back, until its undo is over', () => {
  for (const place of places) {
    const labels = (forGood: boolean) =>
      messageButtons(words, { ...open, deleted: { forGood } }, { place, mayForward: true, mayRing: false }).map(
        ({ label }) => label,
      );
    expect(labels(false)).toEqual([words.undo]);
    expect(labels(true)).toEqual([]);
  }
});

test('a row in chat leads to the card, and to the player where there is something to play', () => {
  const actions = (listenUrl: string | undefined) =>
    messageButtons(words, open, { place: 'row-in-chat', listenUrl }).map(({ action }) => action);
  expect(actions('https://attendant.example/v/1')).toEqual([voicemailActions.listen, voicemailActions.open]);
  expect(actions(undefined)).toEqual([voicemailActions.open]);
});

describe('Call back', () => {
  const labels = (state: MessageState, at: { place: (typeof places)[number]; mayRing?: boolean }) =>
    messageButtons(words, state, { mayForward: true, mayRing: true, ...at }).map(({ label }) => label);
  const claimed = { ...open, shared: { reach: 'owner', claim: 'mine' } } as const;

  test.each(places)('is on a %s, where the system can ring and the caller can be dialled', (place) => {
    expect(labels(open, { place })).toContain(words.callBack);
    expect(labels(open, { place, mayRing: false })).not.toContain(words.callBack);
    for (const ani of ['', '102', '911']) expect(labels({ ...open, ani }, { place })).not.toContain(words.callBack);
  });

  test('stays on a card that is full: what is elsewhere too gives way', () => {
    expect(labels(claimed, { place: 'card' })).toEqual([
      words.promise,
      words.release,
      words.handOver,
      words.callBack,
      words.markHandled,
    ]);
    expect(labels(claimed, { place: 'row-on-web' })).toHaveLength(8);
    for (const place of ['card'] as const)
      for (const claim of ['nobody', 'mine', 'somebody'] as const)
        expect(labels({ ...open, shared: { reach: 'owner', claim } }, { place }).length).toBeLessThanOrEqual(5);
  });
});
