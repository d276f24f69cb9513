import type { ModalView } from '@slack/types';
import { lineCard } from '../core/chat/chat.views.js';
import type { Answer } from '../core/chat/exchange.js';
import type { Card, Form } from '../core/chat/view.js';
import type { SlackInput } from './read.js';
import { cardModal, errorsOf, modalOf } from './render-form.js';
import { replaceAt, type SlackResponder, sayTo } from './respond.js';
import { slackWords } from './slack.words.js';
import { slackErrorOf } from './web-api.js';

type Submission = SlackInput & { kind: 'submit' };

/** The acknowledgement of a submission. */
type SubmissionAck =
  | { readonly response_action: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly response_action: 'update'; readonly view: ModalView }
  | { readonly response_action: 'clear' };
/** Without an argument the form closes, and the view below it shows. */
type Acknowledge = (ack?: SubmissionAck) => Promise<void>;

/** Slack waits 3 s for the acknowledgement, and only the acknowledgement can carry errors at fields. */
const ACK_TIMEOUT_MILLISECONDS = 2_500;

/** Answer a submitted form: in the acknowledgement when the answer is ready in time, otherwise in the open view. */
export async function answerSubmission(
  responder: SlackResponder,
  submission: Submission,
  answering: Promise<Answer>,
  acknowledge: Acknowledge,
  receivedAt: number,
): Promise<void> {
  const answer = await valueWithin(Math.max(0, receivedAt + ACK_TIMEOUT_MILLISECONDS - Date.now()), answering);
  if (answer !== undefined) return answerInTime(responder, submission, answer, acknowledge);

  const { from, locale } = submission;
  const working = lineCard(slackWords(locale).working);
  await acknowledge({ response_action: 'update', view: cardModal(working, { locale }, from) });
  await answerLate(responder, submission, await answering);
}

async function answerInTime(
  responder: SlackResponder,
  submission: Submission,
  answer: Answer,
  acknowledge: Acknowledge,
): Promise<void> {
  const { from, accountId } = submission;
  switch (answer.kind) {
    case 'invalid': {
      const errors = errorsOf(answer.form);
      if (errors) return acknowledge({ response_action: 'errors', errors });
      return acknowledge({
        response_action: 'update',
        view: modalOf(withNames(answer.form, submission), answer, from),
      });
    }
    case 'open':
      return acknowledge({ response_action: 'update', view: modalOf(answer.form, answer, from) });
    case 'say':
    case 'replace':
      if (answer.kind === 'replace' && (await isCardReplaced(responder, submission, answer))) return acknowledge();
      if (from.kind === 'home' || from.kind === 'nowhere') {
        return acknowledge({ response_action: 'update', view: cardModal(answer.card, answer, from) });
      }
      await acknowledge({ response_action: 'clear' });
      return (answer.kind === 'say' ? sayTo : replaceAt)(responder, from, accountId, answer.card, answer);
    case 'done':
      await acknowledge({ response_action: 'clear' });
      return answer.line === undefined ? undefined : sayTo(responder, from, accountId, lineCard(answer.line), answer);
    case 'suggest':
      throw new Error('suggestions answer no form');
    default:
      return answer satisfies never;
  }
}

/** Replace the card in the view from which the form was pushed. False: there was none, or it is closed. */
async function isCardReplaced(
  { web }: SlackResponder,
  { cardViewId, from }: Submission,
  answer: Answer & { kind: 'replace' },
): Promise<boolean> {
  if (cardViewId === undefined) return false;
  try {
    await web.views.update({ view_id: cardViewId, view: cardModal(answer.card, answer, from) });
    return true;
  } catch (error) {
    if (slackErrorOf(error) === undefined) throw error;
    return false;
  }
}

/** The form was replaced by "working"; put the answer into the same window. */
async function answerLate(responder: SlackResponder, submission: Submission, answer: Answer): Promise<void> {
  const { from, viewId, accountId } = submission;
  const show = (view: ModalView) => responder.web.views.update({ view_id: viewId, view });
  const showCard = (card: Card) => show(cardModal(card, answer, from));
  switch (answer.kind) {
    case 'invalid':
    case 'open':
      await show(modalOf(withNames(answer.form, submission), answer, from));
      return;
    case 'replace':
      await isCardReplaced(responder, submission, answer);
      if (from.kind === 'card') await replaceAt(responder, from, accountId, answer.card, answer);
      await showCard(answer.card);
      return;
    case 'say':
      await showCard(answer.card);
      return;
    case 'done':
      await showCard(lineCard(answer.line ?? slackWords(answer.locale).done));
      return;
    case 'suggest':
      throw new Error('suggestions answer no form');
    default:
      return answer satisfies never;
  }
}

/** Give the chosen people their names again, to show the form again; the core was told only their ids. */
const withNames = (form: Form, { people }: Submission): Form => ({
  ...form,
  fields: form.fields.map((field) => {
    const chosen = field.kind === 'person' ? people[field.name] : undefined;
    return chosen && field.kind === 'person' && field.value?.value === chosen.value
      ? { ...field, value: chosen }
      : field;
  }),
});

/** Resolve to the value, or to undefined when it takes longer than `milliseconds`. */
export async function valueWithin<Value>(milliseconds: number, value: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  return Promise.race([value, late]).finally(() => clearTimeout(timer));
}
