import type { WebClient } from '@slack/web-api';
import { lineCard } from '../core/chat/chat.views.js';
import type { Answer } from '../core/chat/exchange.js';
import type { Card, Form } from '../core/chat/view.js';
import type { DirectMessages } from './direct-messages.js';
import { cardModal, modalOf } from './forms.js';
import { type Message, messageOf } from './render.js';
import { type Origin, originOf, type Place, type PressedMessage } from './reply-context.js';
import type { ResponseUrls } from './response-url.js';
import { slackWords } from './slack.words.js';
import { slackErrorOf } from './web-api.js';

/** All the ways in which Slack lets us speak. */
export interface SlackResponder {
  readonly web: WebClient;
  readonly urls: ResponseUrls;
  readonly direct: DirectMessages;
}

/** A trigger lives 3 s from the click; later than this one does not arrive in time. */
const TRIGGER_MILLISECONDS = 2_000;

/** Performs an answer where it was asked for; `afterMilliseconds` is the age of the request. */
export async function respond(
  responder: SlackResponder,
  place: Place,
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
      return; // Suggestions are the acknowledgement itself.
    default:
      return answer satisfies never;
  }
}

/** Says it to the person alone, as near as possible to where they are. */
async function say(responder: SlackResponder, place: Place, card: Card, answer: Answer): Promise<void> {
  switch (place.kind) {
    case 'command':
    case 'card':
      return sayTo(responder, place, place.accountId, card, answer);
    case 'modal':
      await responder.web.views.update({ view_id: place.viewId, view: cardModal(card, answer, place.from) });
      return;
    case 'home':
      return sayOverHome(responder, place, card, answer);
    case 'typed':
      return sayWhereTyped(responder, place, card, answer);
    default:
      return place satisfies never;
  }
}

/** Says it where a command was given or a card stands; where Slack no longer lets us, in the direct messages. */
export async function sayTo(
  responder: SlackResponder,
  from: Origin,
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
  // A card beside the one that was pressed would stay, and nobody would keep it true.
  if (from.kind === 'card') return sayEphemerally(responder, accountId, card, answer);
  await responder.direct.post(accountId, message);
}

/** Makes the card this came from show `card`; where there is none, or Slack no longer lets us, says it. */
export async function replaceAt(
  responder: SlackResponder,
  from: Origin,
  accountId: string,
  card: Card,
  answer: Answer,
): Promise<void> {
  // Its notice has written it, and may write it again: what was computed for this answer could be older.
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

/** False where Slack has lost the message. */
async function updated(responder: SlackResponder, { channel, ts }: PressedMessage, message: Message): Promise<boolean> {
  try {
    await responder.web.chat.update({ channel, ts, ...message });
    return true;
  } catch (error) {
    if (slackErrorOf(error) === undefined) throw error;
    return false;
  }
}

/** In the direct messages, and gone with the next look: no second card that stays. */
async function sayEphemerally(responder: SlackResponder, accountId: string, card: Card, answer: Answer): Promise<void> {
  const channel = await responder.direct.channelOf(accountId);
  await responder.web.chat.postEphemeral({ channel, user: accountId, ...messageOf(card, answer.bar) });
}

async function replace(responder: SlackResponder, place: Place, card: Card, answer: Answer): Promise<void> {
  if (place.kind === 'card') return replaceAt(responder, place, place.accountId, card, answer);
  // The home is published anew after every action: it shows the result itself.
  if (place.kind !== 'home') return say(responder, place, card, answer);
}

/** The home has no place for a line of its own: it stands in a small window over it. */
async function sayOverHome(
  responder: SlackResponder,
  place: Place & { kind: 'home' },
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

/** In a channel only the person sees it; alone with the app it is a message like any other. */
async function sayWhereTyped(
  responder: SlackResponder,
  place: Place & { kind: 'typed' },
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
    // The app, or the person, is no longer in that channel.
    if (slackErrorOf(error) === undefined) throw error;
    await responder.direct.post(place.accountId, messageOf(card, answer.bar));
  }
}

/** Opens a form over what the person sees; too late for that, it offers a button that does. */
async function open(
  responder: SlackResponder,
  place: Place,
  form: Form,
  answer: Answer,
  afterMilliseconds: number,
): Promise<void> {
  if (place.kind === 'typed' || (afterMilliseconds > TRIGGER_MILLISECONDS && place.kind !== 'modal')) {
    return say(responder, place, offerOf(form, answer), answer);
  }
  const view = modalOf(form, answer, originOf(place));
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
