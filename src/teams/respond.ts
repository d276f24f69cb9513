import { randomBytes } from 'node:crypto';
import { isLine } from '../core/chat/chat.views.js';
import type { Answer } from '../core/chat/exchange.js';
import type { Card, Form } from '../core/chat/view.js';
import { peopleResults } from './message-extension.js';
import type { Place, TeamsInput } from './read.js';
import { type AdaptiveCard, type Drawing, renderCard } from './render.js';
import { cancelledFormCard, type Preloaded, renderForm } from './render-form.js';
import { teamsWords } from './teams.words.js';

/** The actions to perform in Teams, as values; `listen` performs them. */
export interface TeamsResponse {
  /** The body of the answer to an invoke; a message has none. */
  readonly body?: unknown;
  /** The body replaces the clicked card. */
  readonly replaces?: true;
  /** A new message to the person. */
  readonly post?: Message;
  /** A message to update; posted again when it is lost. */
  readonly update?: { readonly cardId: string; readonly message: Message };
}

export interface Message {
  readonly card: AdaptiveCard;
  /** The text of the notification. */
  readonly summary: string;
}

type Asked = TeamsInput & { kind: 'request' };

/**
 * Turn an answer into a response for the place where the request was made. `people` are offered in a form with a person
 * field.
 */
export function respond(
  answer: Answer,
  asked: Asked,
  { people, dialogs }: { people?: Preloaded | undefined; dialogs: boolean },
): TeamsResponse {
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
      return { body: peopleResults(answer, drawing) };
    default:
      return place satisfies never;
  }
}

/** Create the drawing for the reader of this answer. */
export const drawingFor = ({ locale, bar, dialogs }: Omit<Drawing, 'id'>): Drawing => ({
  locale,
  bar,
  dialogs,
  id: randomBytes(6).toString('base64url'),
});

/** Render a card as a message. */
export const messageOf = (card: Card, drawing: Drawing): Message => ({
  card: renderCard(card, drawing),
  summary: card.summary || card.title,
});

/**
 * Answer a typed command with a message; answer a card's Submit by changing that card, where the result must show
 * there.
 */
function inChat(
  answer: Answer,
  { request }: Asked,
  { cardId }: Place & { kind: 'chat' },
  drawing: Drawing,
  people: Preloaded | undefined,
): TeamsResponse {
  const put = (message: Message): TeamsResponse =>
    cardId === undefined ? { post: message } : { update: { cardId, message } };
  switch (answer.kind) {
    case 'say': {
      const message = messageOf(answer.card, drawing);
      return request.kind === 'submit' ? put(message) : { post: message };
    }
    case 'replace':
      // Only the notice writes a notice's message.
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

/**
 * Answer an Action.Execute: a card replaces the clicked one, a short line is shown below it. The body is never empty.
 */
function onCard(answer: Answer, { request }: Asked, drawing: Drawing, people: Preloaded | undefined): TeamsResponse {
  switch (answer.kind) {
    case 'replace':
      return { body: cardBody(renderCard(answer.card, drawing)), replaces: true };
    case 'open':
    case 'invalid':
      return { body: cardBody(renderForm(answer.form, drawing, { kind: 'inline' }, people)), replaces: true };
    case 'say': {
      if (request.kind === 'submit') return { body: cardBody(renderCard(answer.card, drawing)), replaces: true };
      // The card stays; the answer becomes a message, or the line below the card when it is one line.
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

/** Answer in a dialog: show the form until it is valid, then close with a line and show the rest in the chat. */
function inDialog(
  answer: Answer,
  { request }: Asked,
  { cardId }: Place & { kind: 'dialog' },
  drawing: Drawing,
  people: Preloaded | undefined,
): TeamsResponse {
  switch (answer.kind) {
    case 'open':
    case 'invalid': {
      const place = { kind: 'dialog' as const, ...(cardId === undefined ? {} : { cardId }) };
      return { body: dialogBody(answer.form.title, renderForm(answer.form, drawing, place, people)) };
    }
    case 'say':
    case 'replace': {
      const { card } = answer;
      if (answer.kind === 'say' && answer.page) return { body: pageDialogBody(answer.page) };
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

/** Replace a cancelled inline form by a button that opens it again. */
export function cancelForm(
  { place, form, title, carries }: TeamsInput & { kind: 'cancelled' },
  drawing: Omit<Drawing, 'id'>,
): TeamsResponse {
  const again = cancelledFormCard(form, title, carries);
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

/**
 * A dialog that shows a page of the app, by way of the page that signs the person in with their Teams account. A client
 * without such dialogs opens `fallbackUrl` in the browser.
 */
const pageDialogBody = ({ title, url }: { readonly title: string; readonly url: string }) => ({
  task: {
    type: 'continue',
    value: { title, height: 'medium', width: 'medium', url: framedUrl(url), fallbackUrl: url },
  },
});

/** Return the address that shows a page of the app in a frame of Teams. */
function framedUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}/teams/frame?${new URLSearchParams({ to: `${pathname}${search}` })}`;
}

const closingBody = (text: string) => ({ task: { type: 'message', value: text } });

/**
 * The most entries that the list below a field shows.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
 */
const mostPicked = 15;

/**
 * The answer to `application/search`. An empty result holds one entry that gives the reason and counts as no choice.
 */
function pickerBody(answer: Answer) {
  const options = answer.kind === 'suggest' ? answer.options.slice(0, mostPicked) : [];
  const empty = answer.kind === 'suggest' ? answer.empty : 'card' in answer ? answer.card.summary : '';
  const results =
    options.length > 0 ? options.map(({ value, label }) => ({ value, title: label })) : [{ value: ' ', title: empty }];
  return { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } };
}
