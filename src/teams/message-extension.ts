import type { Answer, Suggestion } from '../core/chat/exchange.js';
import { type Drawing, renderCard } from './render.js';

/**
 * `findPerson`: the people that fit what is being typed, each with what tells them apart, and with the card that goes
 * into the message when they are chosen. It is here already, for not every client asks again (`tap`) for the one chosen.
 */
export function foundPeople(answer: Answer, drawing: Drawing) {
  if (answer.kind !== 'suggest') return message('card' in answer ? answer.card.summary : '');
  if (answer.options.length === 0) return message(answer.empty);
  const attachments = answer.options.map((option) => ({
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: cardOf(option, drawing),
    preview: {
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: { title: option.label, ...(option.detail ? { text: option.detail } : {}) },
    },
  }));
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}

/** Others will read it, in chats where we are not: nothing on it acts as whoever presses it; what leads to a page may stay. */
function cardOf({ label, shared }: Suggestion, drawing: Drawing) {
  const card = shared ?? { title: label, summary: label, blocks: [] };
  const blocks = card.blocks.filter(
    (block) => block.kind !== 'buttons' || block.buttons.every(({ kind }) => kind === 'link'),
  );
  return renderCard({ ...card, blocks }, { ...drawing, bar: undefined });
}

const message = (text: string) => ({ composeExtension: { type: 'message', text: text || '…' } });
