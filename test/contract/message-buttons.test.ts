import { expect, test } from 'vitest';
import { wordsIn } from '../../src/core/chat/words.js';
import { type MessageState, messageButtons } from '../../src/core/voicemail/message-buttons.views.js';
import { voicemailActions } from '../../src/core/voicemail/voicemail.action-ids.js';

const words = wordsIn('en').voicemail;
const open: MessageState = { id: 'm1', isHandled: false, deleted: undefined };
const places = ['card', 'row-on-web', 'player'] as const;

test.each(places)('a message has the same buttons on a %s as anywhere', (place) => {
  const states = [open, { ...open, isHandled: true }, { ...open, isMailed: true }];
  for (const mayForward of [true, false])
    for (const state of states) {
      const onCard = messageButtons(words, state, { place: 'card', mayForward });
      const there = messageButtons(words, state, { place, mayForward });
      expect(there.filter(({ action }) => action !== voicemailActions.revoke)).toEqual(onCard);
    }
});

test('only somebody who may forward is offered it, and nobody a second mail', () => {
  const labels = (state: MessageState, mayForward: boolean) =>
    messageButtons(words, state, { place: 'card', mayForward }).map(({ label }) => label);
  expect(labels(open, true)).toEqual([words.forward, words.exportToMe, words.markHandled, words.remove]);
  expect(labels({ ...open, isHandled: true, isMailed: true }, false)).toEqual([words.reopen, words.remove]);
});

test('a deleted message can only be had back, until its undo is over', () => {
  for (const place of places) {
    const labels = (forGood: boolean) =>
      messageButtons(words, { ...open, deleted: { forGood } }, { place, mayForward: true }).map(({ label }) => label);
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
