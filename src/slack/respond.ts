import type { WebClient } from '@slack/web-api';
import { isLine, lineCard } from '../core/chat/chat.views.js';
import type { Answer } from '../core/chat/exchange.js';
import type { Card, Form } from '../core/chat/view.js';
import type { DirectMessages } from './direct-messages.js';
import { type Message, messageOf } from './render.js';
import { cardModal, modalOf } from './render-form.js';
import { type FormOrigin, formOriginOf, type PressedMessage, type ReplyContext } from './reply-context.js';
import type { ResponseUrls } from './response-url.js';
import { slackWords } from './slack.words.js';
import { slackErrorOf } from './web-api.js';

/** The ways in which Slack lets us answer. */
export interface SlackResponder {
  readonly web: WebClient;
  readonly urls: ResponseUrls;
  readonly direct: DirectMessages;
}

/** A trigger expires 3 s after the click; a view opened later than this would arrive too late. */
const TRIGGER_MILLISECONDS = 2_000;

/** Perform an answer where the request was made. `afterMilliseconds` is the age of the request. */
export async function respond(
  responder: SlackResponder,
  place: ReplyContext,
  answer: Answer,
  afterMilliseconds: number,
): Promise<void> {
  switch (answer.kind) {
    case 'say':
      return say(responder, place, answer.card, answer);
    case 'open':
    case 'invalid':
      return open(responder, place, answer.form, answer, afterMilliseconds);
    case 'replace':
      return replace(responder, place, answer.card, answer);
    case 'done':
      return answer.line === undefined ? undefined : say(responder, place, lineCard(answer.line), answer);
    case 'suggest':
      return; // Suggestions are returned in the acknowledgement.
    default:
      return answer satisfies never;
  }
}

/** Show a card to this person only, as near as possible to where the request was made. */
async function say(responder: SlackResponder, place: ReplyContext, card: Card, answer: Answer): Promise<void> {
  switch (place.kind) {
    case 'command':
    case 'card':
      return sayTo(responder, place, place.accountId, card, answer);
    case 'modal':
      return sayInModal(responder, place, card, answer);
    case 'home':
      return sayOverHome(responder, place, card, answer);
    case 'typed':
      return sayWhereTyped(responder, place, card, answer);
    default:
      return place satisfies never;
  }
}

/**
 * Show a card where a command was typed or a card stands; when Slack no longer accepts that, in the direct messages.
 */
export async function sayTo(
  responder: SlackResponder,
  from: FormOrigin,
  accountId: string,
  card: Card,
  answer: Answer,
): Promise<void> {
  const message = messageOf(card, answer.bar);
  const told =
    (from.kind === 'command' || from.kind === 'card') &&
    (await responder.urls
      .post(from.responseUrl, { response_type: 'ephemeral', replace_original: false, ...message })
      .catch(() => false));
  if (told) return;
  // A second card beside the pressed one would stay and become stale.
  if (from.kind === 'card') return sayEphemerally(responder, accountId, card, answer);
  await responder.direct.post(accountId, message);
}

/**
 * Replace the card that the request came from by `card`. When there is none, or Slack no longer accepts it, post a new
 * message.
 */
export async function replaceAt(
  responder: SlackResponder,
  from: FormOrigin,
  accountId: string,
  card: Card,
  answer: Answer,
): Promise<void> {
  // The notice has written this message and may write it again; this answer's card could be older.
  if (answer.posted) return;
  if (from.kind !== 'card') return sayTo(responder, from, accountId, card, answer);
  const { message: at } = from;
  const message = messageOf(card, answer.bar);
  const replaced = await responder.urls
    .post(from.responseUrl, { response_type: 'ephemeral', replace_original: true, ...message }, at && keyOf(at))
    .catch(() => false);
  if (replaced || (at && !at.isEphemeral && (await updated(responder, at, message)))) return;
  await sayEphemerally(responder, accountId, card, answer);
}

const keyOf = ({ channel, ts }: PressedMessage): string => `${channel}:${ts}`;

/** False when Slack no longer has the message. */
async function updated(responder: SlackResponder, { channel, ts }: PressedMessage, message: Message): Promise<boolean> {
  try {
    await responder.web.chat.update({ channel, ts, ...message });
    return true;
  } catch (error) {
    if (slackErrorOf(error) === undefined) throw error;
    return false;
  }
}

/** Ephemeral, in the direct messages: it disappears on reload and leaves no second card. */
async function sayEphemerally(responder: SlackResponder, accountId: string, card: Card, answer: Answer): Promise<void> {
  const channel = await responder.direct.channelOf(accountId);
  await responder.web.chat.postEphemeral({ channel, user: accountId, ...messageOf(card, answer.bar) });
}

async function replace(responder: SlackResponder, place: ReplyContext, card: Card, answer: Answer): Promise<void> {
  if (place.kind === 'card') return replaceAt(responder, place, place.accountId, card, answer);
  // The home is published again after every action, so it shows the result itself.
  if (place.kind !== 'home') return say(responder, place, card, answer);
}

/** A line is shown over the card, which may hold a list and its ticks; another card in its place. */
async function sayInModal(
  { web }: SlackResponder,
  { viewId, triggerId, from }: ReplyContext & { kind: 'modal' },
  card: Card,
  answer: Answer,
): Promise<void> {
  const view = cardModal(card, answer, from);
  if (answer.kind !== 'replace' && isLine(card)) {
    const isShown = await web.views.push({ trigger_id: triggerId, view }).then(() => true, isRefused);
    if (isShown) return;
  }
  await web.views.update({ view_id: viewId, view });
}

/** The trigger is used or too old, or three views are open. */
function isRefused(error: unknown): false {
  if (slackErrorOf(error) === undefined) throw error;
  return false;
}

/** The home has no room for a line, so the line is shown in a small modal. */
async function sayOverHome(
  responder: SlackResponder,
  place: ReplyContext & { kind: 'home' },
  card: Card,
  answer: Answer,
): Promise<void> {
  try {
    await responder.web.views.open({ trigger_id: place.triggerId, view: cardModal(card, answer, { kind: 'home' }) });
  } catch (error) {
    if (!isTriggerGone(error)) throw error;
    await responder.direct.post(place.accountId, messageOf(card, answer.bar));
  }
}

/** Visible to this person only in a channel; in the conversation with the app it is an ordinary message. */
async function sayWhereTyped(
  responder: SlackResponder,
  place: ReplyContext & { kind: 'typed' },
  card: Card,
  answer: Answer,
): Promise<void> {
  const message = { ...messageOf(card, answer.bar), ...(place.threadTs ? { thread_ts: place.threadTs } : {}) };
  if (place.direct) {
    await responder.web.chat.postMessage({ channel: place.channel, ...message, unfurl_links: false });
    return;
  }
  try {
    await responder.web.chat.postEphemeral({ channel: place.channel, user: place.accountId, ...message });
  } catch (error) {
    // The app or the person has left that channel.
    if (slackErrorOf(error) === undefined) throw error;
    await responder.direct.post(place.accountId, messageOf(card, answer.bar));
  }
}

/** Open a form in a modal; when the trigger has expired, offer a button that opens it. */
async function open(
  responder: SlackResponder,
  place: ReplyContext,
  form: Form,
  answer: Answer,
  afterMilliseconds: number,
): Promise<void> {
  if (place.kind === 'typed' || (afterMilliseconds > TRIGGER_MILLISECONDS && place.kind !== 'modal')) {
    return say(responder, place, offerOf(form, answer), answer);
  }
  const view = modalOf(form, answer, formOriginOf(place));
  try {
    if (place.kind === 'modal') await responder.web.views.push({ trigger_id: place.triggerId, view });
    else await responder.web.views.open({ trigger_id: place.triggerId, view });
  } catch (error) {
    if (place.kind === 'modal') await responder.web.views.update({ view_id: place.viewId, view });
    else if (isTriggerGone(error)) await say(responder, place, offerOf(form, answer), answer);
    else throw error;
  }
}

function offerOf(form: Form, { locale }: Answer): Card {
  const words = slackWords(locale);
  const line = words.formReady(form.title);
  return {
    title: '',
    summary: line,
    blocks: [
      { kind: 'text', text: line },
      {
        kind: 'buttons',
        buttons: [{ kind: 'form', action: form.id, carries: form.carries, label: words.openForm, tone: 'main' }],
      },
    ],
  };
}

const isTriggerGone = (error: unknown): boolean => /trigger/.test(slackErrorOf(error) ?? '');
