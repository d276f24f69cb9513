import type { Answer } from '../core/chat/exchange.js';
import { type Drawing, renderCard } from './render.js';

const cardType = 'application/vnd.microsoft.card.adaptive';

/**
 * `findPerson`: the people that fit what is being typed, each with what tells them apart. Choosing one asks again
 * (`composeExtension/selectItem`), and puts their card into the message being written.
 */
export function foundPeople(answer: Answer) {
  if (answer.kind !== 'suggest' || answer.options.length === 0) {
    return message(answer.kind === 'suggest' ? answer.empty : 'card' in answer ? answer.card.summary : '');
  }
  return result(
    answer.options.map(({ label, value, detail }) => ({
      contentType: cardType,
      content: plainCard(label, detail),
      preview: {
        contentType: 'application/vnd.microsoft.card.thumbnail',
        content: {
          title: label,
          ...(detail ? { text: detail } : {}),
          tap: { type: 'invoke', value: { find: value, label } },
        },
      },
    })),
  );
}

/**
 * What is put into the message. Others will read it, in chats where we are not: nothing on it acts as whoever presses
 * it, and what leads to a page may stay.
 */
export function chosenPerson(answer: Answer, drawing: Drawing) {
  if (answer.kind !== 'say' && answer.kind !== 'replace') return message('');
  const blocks = answer.card.blocks.filter(
    (block) => block.kind !== 'buttons' || block.buttons.every(({ kind }) => kind === 'link'),
  );
  const content = renderCard({ ...answer.card, blocks }, { ...drawing, bar: undefined });
  const preview = {
    contentType: 'application/vnd.microsoft.card.thumbnail',
    content: { title: answer.card.title || answer.card.summary },
  };
  return result([{ contentType: cardType, content, preview }]);
}

const plainCard = (label: string, detail: string | undefined) =>
  renderCard(
    { title: label, summary: label, blocks: detail ? [{ kind: 'text', text: detail }] : [] },
    { locale: 'en', id: 'preview' },
  );

const result = (attachments: readonly unknown[]) => ({
  composeExtension: { type: 'result', attachmentLayout: 'list', attachments },
});

const message = (text: string) => ({ composeExtension: { type: 'message', text: text || '…' } });
