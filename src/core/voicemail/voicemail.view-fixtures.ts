import type { ViewExample } from '../chat/define-handler.js';
import type { Reader } from '../chat/phrasing.js';
import { formWithProblems } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { asId, type VoicemailId } from '../ids.js';
import { ListChoice } from './mailbox/list-choice.js';
import { findForm } from './mailbox/message-find.views.js';
import { type ListedMessage, messagesCard } from './mailbox/message-list.views.js';
import { selectionCard } from './mailbox/selected-messages.views.js';
import { forwardForm, type ShownVoicemail, signInToListenCard, voicemailCard } from './voicemail.views.js';

const reader = (locale: 'en' | 'fr'): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T19:05:00Z'),
});

const id = '018f3c5e-7b1a-7c3d-9e4f-0a1b2c3d4e5f';

const plain: ShownVoicemail = {
  id,
  callerName: 'Cléo Dubois',
  ani: '+14165550199',
  receivedAt: new Date('2026-11-23T19:02:00Z'),
  durationSeconds: 47.3,
  urgent: false,
  transcript: 'Hi, it’s Cléo about the Maple order. Could you call me back before five?',
  listens: [],
  handled: undefined,
  forwardedBy: undefined,
  forwardNote: '',
  spokenNoteSeconds: undefined,
  forwards: [],
  exports: [],
  deleted: undefined,
  mayForward: true,
  mayRing: true,
  mailbox: undefined,
  shared: undefined,
  audio: {
    url: 'https://attendant.example/v/018f3c5e-7b1a-7c3d-9e4f-0a1b2c3d4e5f.kX3',
    mimeType: 'audio/wav',
    storageKey: '018f3c5e/018f3c5e.wav',
    mayBeKept: true,
  },
};

/** Awkward text in every field that others wrote, and every part that a card can have. */
const awkward: ShownVoicemail = {
  ...plain,
  callerName: '<b>Bo</b> *Chen* & `co` <!channel> מרים 👩🏽‍🚀',
  transcript: 'שלום, it’s *me* & <i>you</i> <@U123> [link](https://example.org) 📞. '.repeat(45).slice(0, 3000),
  listens: [
    { by: { name: 'Ann Baker', impersonator: 'Ada Roy' }, at: new Date('2026-11-22T15:00:00Z') },
    { by: { name: 'Ann Baker', impersonator: undefined }, at: new Date('2026-11-22T14:00:00Z') },
  ],
  handled: { by: { name: 'Ann Baker', impersonator: 'Ada Roy' }, at: new Date('2026-11-23T19:04:00Z') },
  forwardedBy: { name: 'Dan O’Neil', impersonator: undefined },
  forwardNote: '*Urgent* <b>please</b> ~call~ ‫היום‬ 🙏\nSecond line. '.repeat(12).slice(0, 500),
  spokenNoteSeconds: 12.4,
  forwards: [
    { to: 'Ève Müller', status: 'waiting', at: new Date('2026-11-23T19:04:30Z') },
    { to: 'Zoë Quiet', status: 'done', at: new Date('2026-11-23T19:04:00Z') },
    { to: 'Nil Access', status: 'failed', at: new Date('2026-11-23T19:03:00Z') },
  ],
  exports: [{ to: 'ann@maple.example', status: 'failed', at: new Date('2026-11-23T19:03:00Z') }],
};

const shared = { mailbox: 'Service *à la clientèle* <b>', shared: { reach: 'handle', claim: undefined } } as const;

const purgeAt = new Date('2026-11-23T19:10:00Z');

const listed = (message: Partial<ListedMessage>): ListedMessage => ({
  id: asId(id),
  callerName: plain.callerName,
  ani: plain.ani,
  receivedAt: plain.receivedAt,
  durationSeconds: plain.durationSeconds,
  urgent: false,
  mutedWhy: undefined,
  transcript: plain.transcript,
  heardAt: undefined,
  handledAt: undefined,
  forwardedBy: undefined,
  deletedAt: undefined,
  purgeAt: undefined,
  mailbox: undefined,
  shared: undefined,
  listenUrl: plain.audio?.url,
  ...message,
});

/** As many messages as a card lists, some of them awkward. */
const fullPage = {
  messages: [
    listed({}),
    listed({ callerName: awkward.callerName, transcript: awkward.transcript, forwardedBy: 'Dan O’Neil' }),
    listed({ callerName: '', heardAt: purgeAt, transcript: undefined }),
    listed({ callerName: '', ani: '', listenUrl: undefined }),
    listed({ receivedAt: new Date('2025-01-02T03:04:05Z'), durationSeconds: 180, urgent: true, handledAt: purgeAt }),
    listed({
      mailbox: shared.mailbox,
      shared: { reach: 'handle', claim: 'somebody', claimedBy: awkward.callerName },
      mutedWhy: 'blocked',
    }),
    ...Array.from({ length: 2 }, () => listed({ transcript: awkward.transcript })),
  ],
  hasEarlier: true,
  hasLater: true,
  total: 15,
  unheard: 4,
} as const;

const offers = { mayForward: true, webUrl: 'https://attendant.example/messages' };

const filtered = ListChoice.parse({
  show: 'handled',
  search: awkward.callerName,
  caller: awkward.callerName,
  since: '2026-11-01',
  until: '2026-11-23',
  length: 'medium',
  sort: 'caller',
  way: 'down',
});

/** An example of each card and form, for the contract tests. */
export const voicemailExamples: readonly ViewExample[] = [
  { name: 'voicemail', view: (locale) => voicemailCard(reader(locale), plain) },
  {
    name: 'voicemail, heard by link',
    view: (locale) =>
      voicemailCard(reader(locale), {
        ...plain,
        listens: [undefined, 'Zoë <b>O’Neil</b> *star*'].map((linkOf) => ({ by: { linkOf }, at: purgeAt })),
      }),
  },
  {
    name: 'sign in to listen',
    view: (locale) => signInToListenCard(locale, 'https://attendant.example/sign-in/0b1c.3kX?to=%2Fv%2Fx.y', 15),
  },
  { name: 'sign in to listen, used', view: (locale) => signInToListenCard(locale, undefined, 15) },
  {
    name: 'voicemail of a shared mailbox, nobody’s yet',
    view: (locale) => voicemailCard(reader(locale), { ...plain, ...shared }),
  },
  {
    name: 'voicemail of a shared mailbox, the reader’s, with a promise',
    view: (locale) =>
      voicemailCard(reader(locale), {
        ...plain,
        ...shared,
        shared: { reach: 'handle', claim: { by: 'Ann Baker', isMine: true, at: purgeAt, promisedAt: purgeAt } },
      }),
  },
  {
    name: 'voicemail of a shared mailbox, somebody else’s',
    view: (locale) =>
      voicemailCard(reader(locale), {
        ...plain,
        ...shared,
        shared: {
          reach: 'manage',
          claim: { by: awkward.callerName, isMine: false, at: purgeAt, promisedAt: undefined },
        },
      }),
  },
  {
    name: 'voicemail of a shared mailbox, only to listen',
    view: (locale) =>
      voicemailCard(reader(locale), { ...plain, ...shared, shared: { reach: 'listen', claim: undefined } }),
  },
  { name: 'voicemail, everything at once', view: (locale) => voicemailCard(reader(locale), awkward) },
  {
    name: 'voicemail, urgent',
    view: (locale) => voicemailCard(reader(locale), { ...plain, urgent: true }),
  },
  {
    name: 'voicemail, nothing known of the caller',
    view: (locale) =>
      voicemailCard(reader(locale), {
        ...plain,
        callerName: '',
        ani: '',
        transcript: undefined,
        durationSeconds: 0.4,
        mayForward: false,
        exports: [{ to: 'ann@maple.example', status: 'done', at: plain.receivedAt }],
      }),
  },
  {
    name: 'voicemail, deleted',
    view: (locale) => voicemailCard(reader(locale), { ...awkward, deleted: { purgeAt, forGood: false } }),
  },
  {
    name: 'voicemail, deleted for good',
    view: (locale) => voicemailCard(reader(locale), { ...plain, deleted: { purgeAt, forGood: true } }),
  },
  { name: 'voicemail, forward', view: (locale) => forwardForm(reader(locale), id) },
  {
    name: 'voicemail, forward with a problem',
    view: (locale) =>
      formWithProblems(
        forwardForm(reader(locale), id),
        { note: awkward.forwardNote },
        { recipient: wordsIn(locale).voicemail.notToYourself },
      ),
  },
  {
    name: 'messages',
    view: (locale) =>
      messagesCard(
        reader(locale),
        fullPage,
        ListChoice.parse({ search: awkward.callerName, show: 'forwarded' }),
        offers,
      ),
  },
  {
    name: 'messages, every filter',
    view: (locale) => messagesCard(reader(locale), { ...fullPage, hasEarlier: false }, filtered, offers),
  },
  {
    name: 'messages, after a deletion',
    view: (locale) =>
      messagesCard(reader(locale), fullPage, filtered, offers, {
        act: 'deleted',
        outcome: {
          done: Array.from({ length: 7 }, () => asId<VoicemailId>(id)),
          refused: [{ name: undefined, why: (words) => words.voicemail.notYours }],
          unchanged: [{ ...awkward, id, handledBy: null }],
        },
      }),
  },
  {
    name: 'messages, nothing selected',
    view: (locale) =>
      messagesCard(reader(locale), fullPage, ListChoice.parse({}), offers, {
        problem: wordsIn(locale).messageList.noneSelected,
      }),
  },
  {
    name: 'messages, deleted',
    view: (locale) =>
      messagesCard(
        reader(locale),
        { ...fullPage, messages: [listed({ deletedAt: purgeAt, purgeAt })] },
        ListChoice.parse({ show: 'deleted' }),
        offers,
      ),
  },
  {
    name: 'messages, none',
    view: (locale) =>
      messagesCard(
        reader(locale),
        { messages: [], hasEarlier: false, hasLater: false, total: 0, unheard: 0 },
        ListChoice.parse({}),
        offers,
      ),
  },
  { name: 'messages, find', view: (locale) => findForm(reader(locale), filtered) },
  {
    name: 'several messages, some refused',
    view: (locale) =>
      selectionCard(reader(locale), {
        act: 'deleted',
        outcome: {
          done: Array.from({ length: 50 }, () => asId<VoicemailId>(crypto.randomUUID())),
          refused: Array.from({ length: 12 }, (_, at) => ({
            name: at === 0 ? undefined : { ...awkward, id, handledBy: null },
            why: (words) => words.voicemail.onlyListen,
          })),
          unchanged: [],
        },
      }),
  },
  {
    name: 'several messages, none done',
    view: (locale) =>
      selectionCard(reader(locale), {
        act: 'handled',
        outcome: {
          done: [],
          refused: [{ name: undefined, why: (words) => words.voicemail.notYours }],
          unchanged: [{ ...awkward, id, handledBy: awkward.callerName }],
        },
      }),
  },
  { name: 'several messages, forward', view: (locale) => forwardForm(reader(locale), [id, id]) },
];
