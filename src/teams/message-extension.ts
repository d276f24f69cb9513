import type { Answer } from '../core/chat/exchange.js';
import { type Drawing, renderCard } from './render.js';

const cardType = 'application/vnd.microsoft.card.adaptive';

/**
 * `findPerson`: the people that fit what is being typed. Choosing one asks again (`composeExtension/selectItem`), and
 * puts the card of `find` into the message being written.
 */
export function foundPeople(answer: Answer) {
  if (answer.kind !== 'suggest' || answer.options.length === 0) {
    return message(answer.kind === 'suggest' ? answer.empty : 'card' in answer ? answer.card.summary : '');
  }
  return result(
    answer.options.map(({ label, value }) => ({
      contentType: cardType,
      content: plainCard(label),
      preview: {
        contentType: 'application/vnd.microsoft.card.thumbnail',
        content: { title: label, tap: { type: 'invoke', value: { find: value, label } } },
      },
    })),
  );
}

/** What is put into the message: others will read it, so nothing on it can be pressed. */
export function chosenPerson(answer: Answer, drawing: Drawing) {
  if (answer.kind !== 'say' && answer.kind !== 'replace') return message('');
  const blocks = answer.card.blocks.filter(({ kind }) => kind !== 'buttons');
  const content = renderCard({ ...answer.card, blocks }, { ...drawing, bar: undefined });
  const preview = {
    contentType: 'application/vnd.microsoft.card.thumbnail',
    content: { title: answer.card.title || answer.card.summary },
  };
  return result([{ contentType: cardType, content, preview }]);
}

const plainCard = (label: string) =>
  renderCard({ title: label, summary: label, blocks: [] }, { locale: 'en', id: 'preview' });

const result = (attachments: readonly unknown[]) => ({
  composeExtension: { type: 'result', attachmentLayout: 'list', attachments },
});

const message = (text: string) => ({ composeExtension: { type: 'message', text: text || '…' } });
