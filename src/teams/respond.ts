import { randomBytes } from 'node:crypto';
import type { Answer } from '../core/chat/exchange.js';
import type { Card, Form } from '../core/chat/view.js';
import { foundPeople } from './message-extension.js';
import type { Heard, Place } from './read.js';
import { type AdaptiveCard, type Drawing, renderCard } from './render.js';
import { givenUp, type Preloaded, renderForm } from './render-form.js';
import { teamsWords } from './teams.words.js';

/** What Teams is to be told, as values: `listen` performs it. */
export interface Response {
  /** The body of the answer to an invoke; a message has none. */
  readonly body?: unknown;
  /** The body takes the place of what was clicked. */
  readonly replaces?: true;
  /** A message to the person. */
  readonly post?: Message;
  /** A message that changes; posted anew where it is lost. */
  readonly update?: { readonly cardId: string; readonly message: Message };
}

export interface Message {
  readonly card: AdaptiveCard;
  /** The line of the notification. */
  readonly summary: string;
}

type Asked = Heard & { kind: 'request' };

/** How an answer reaches the person, given where they asked. `people` are put into a form that has a person field. */
export function respond(
  answer: Answer,
  asked: Asked,
  { people, dialogs }: { people?: Preloaded | undefined; dialogs: boolean },
): Response {
  const drawing = drawingFor({ ...answer, dialogs });
  const { place } = asked;
  switch (place.kind) {
    case 'chat':
      return inChat(answer, asked, place, drawing, people);
    case 'card':
      return onCard(answer, asked, drawing, people);
    case 'dialog':
      return inDialog(answer, asked, place, drawing, people);
    case 'picker':
      return { body: pickerBody(answer) };
    case 'extension':
      return { body: foundPeople(answer, drawing) };
    default:
      return place satisfies never;
  }
}

/** A new drawing for whoever reads this answer. */
export const drawingFor = ({ locale, bar, dialogs }: Omit<Drawing, 'id'>): Drawing => ({
  locale,
  bar,
  dialogs,
  id: randomBytes(6).toString('base64url'),
});

/** A card as a message. */
export const messageOf = (card: Card, drawing: Drawing): Message => ({
  card: renderCard(card, drawing),
  summary: card.summary || card.title,
});

/** A typed command is answered by a message; a card's Submit changes the card it came from, where that has to show it. */
function inChat(
  answer: Answer,
  { request }: Asked,
  { cardId }: Place & { kind: 'chat' },
  drawing: Drawing,
  people: Preloaded | undefined,
): Response {
  const put = (message: Message): Response =>
    cardId === undefined ? { post: message } : { update: { cardId, message } };
  switch (answer.kind) {
    case 'say': {
      const message = messageOf(answer.card, drawing);
      return request.kind === 'submit' ? put(message) : { post: message };
    }
    case 'replace':
      // A notice's message is written by the notice alone.
      return answer.posted ? {} : put(messageOf(answer.card, drawing));
    case 'open':
      return { post: formMessage(answer.form, drawing, people) };
    case 'invalid':
      return put(formMessage(answer.form, drawing, people));
    case 'done':
      return answer.line === undefined ? {} : { post: messageOf(line(answer.line), drawing) };
    case 'suggest':
      return {};
    default:
      return answer satisfies never;
  }
}

/** Action.Execute: a card takes the place of the one that was pressed; a short line is shown below it. Never empty. */
function onCard(answer: Answer, { request }: Asked, drawing: Drawing, people: Preloaded | undefined): Response {
  switch (answer.kind) {
    case 'replace':
      return { body: cardBody(renderCard(answer.card, drawing)), replaces: true };
    case 'open':
    case 'invalid':
      return { body: cardBody(renderForm(answer.form, drawing, { kind: 'inline' }, people)), replaces: true };
    case 'say': {
      if (request.kind === 'submit') return { body: cardBody(renderCard(answer.card, drawing)), replaces: true };
      // The card stays: what is said comes as a message, or as the line below it when it is no more than a line.
      const body = lineBody(answer.card.summary);
      return isLine(answer.card) && !drawing.bar ? { body } : { body, post: messageOf(answer.card, drawing) };
    }
    case 'done':
      return { body: lineBody(answer.line ?? teamsWords(answer.locale).done) };
    case 'suggest':
      return { body: pickerBody(answer) };
    default:
      return answer satisfies never;
  }
}

/** A dialog shows the form until it is right; then it closes with a line, and the chat shows the rest. */
function inDialog(
  answer: Answer,
  { request }: Asked,
  { cardId }: Place & { kind: 'dialog' },
  drawing: Drawing,
  people: Preloaded | undefined,
): Response {
  switch (answer.kind) {
    case 'open':
    case 'invalid': {
      const place = { kind: 'dialog' as const, ...(cardId === undefined ? {} : { cardId }) };
      return { body: dialogBody(answer.form.title, renderForm(answer.form, drawing, place, people)) };
    }
    case 'say':
    case 'replace': {
      const { card } = answer;
      if (request.kind !== 'submit') return { body: dialogBody(card.title || 'Attendant', renderCard(card, drawing)) };
      const body = closingBody(card.summary || card.title);
      if (answer.kind === 'say' && isLine(card)) return { body };
      const message = messageOf(card, drawing);
      if (answer.posted) return { body };
      return answer.kind === 'replace' && cardId !== undefined
        ? { body, update: { cardId, message } }
        : { body, post: message };
    }
    case 'done':
      return { body: closingBody(answer.line ?? teamsWords(answer.locale).done) };
    case 'suggest':
      return { body: closingBody(answer.empty) };
    default:
      return answer satisfies never;
  }
}

/** An inline form that was given up keeps a button that opens it again. */
export function giveUp(
  { place, form, title, carries }: Heard & { kind: 'cancelled' },
  drawing: Omit<Drawing, 'id'>,
): Response {
  const again = givenUp(form, title, carries);
  const message = messageOf(
    { title: '', summary: title, blocks: [{ kind: 'buttons', buttons: [again] }] },
    drawingFor(drawing),
  );
  if (place.kind === 'card') return { body: cardBody(message.card), replaces: true };
  return place.kind === 'chat' && place.cardId !== undefined ? { update: { cardId: place.cardId, message } } : {};
}

const formMessage = (form: Form, drawing: Drawing, people: Preloaded | undefined): Message => ({
  card: renderForm(form, drawing, { kind: 'inline' }, people),
  summary: form.title,
});

/** No more than words: nothing to press, nothing to look up. */
const isLine = (card: Card): boolean =>
  card.title === '' && card.blocks.length === 1 && card.blocks[0]?.kind === 'text' && card.summary.length < 300;

const line = (text: string): Card => ({ title: '', summary: text, blocks: [{ kind: 'text', text }] });

const cardBody = (card: AdaptiveCard) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: card,
});

const lineBody = (text: string) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: text,
});

const dialogBody = (title: string, card: AdaptiveCard) => ({
  task: {
    type: 'continue',
    value: {
      title,
      height: 'medium',
      width: 'medium',
      card: { contentType: 'application/vnd.microsoft.card.adaptive', content: card },
    },
  },
});

const closingBody = (text: string) => ({ task: { type: 'message', value: text } });

/** As many as the list below a field shows. https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search */
const mostPicked = 15;

/** What `application/search` wants; an empty list says why, in an entry that counts as nothing chosen. */
function pickerBody(answer: Answer) {
  const options = answer.kind === 'suggest' ? answer.options.slice(0, mostPicked) : [];
  const empty = answer.kind === 'suggest' ? answer.empty : 'card' in answer ? answer.card.summary : '';
  const results =
    options.length > 0 ? options.map(({ value, label }) => ({ value, title: label })) : [{ value: ' ', title: empty }];
  return { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } };
}
