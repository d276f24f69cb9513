import type { Answer, Suggestion } from '../core/chat/exchange.js';
import { type Drawing, renderCard } from './render.js';

/**
 * The result of `findPerson`: the people who match the typed text, each with details that tell them apart, and with the
 * card that is inserted into the message. The card is included because not every client asks again (`tap`) for the
 * chosen one.
 */
export function peopleResults(answer: Answer, drawing: Drawing) {
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

/** Others read this card, in chats without the bot: it has no buttons that act for the reader; links may stay. */
function cardOf({ label, shared }: Suggestion, drawing: Drawing) {
  const card = shared ?? { title: label, summary: label, blocks: [] };
  const blocks = card.blocks.filter(
    (block) => block.kind !== 'buttons' || block.buttons.every(({ kind }) => kind === 'link'),
  );
  return renderCard({ ...card, blocks }, { ...drawing, bar: undefined });
}

const message = (text: string) => ({ composeExtension: { type: 'message', text: text || '…' } });
