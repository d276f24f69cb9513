import { truncate } from '../text.js';
import type { Card, Selection } from './view.js';

/** Return the selection with its details at most half as long; undefined: they are short already. */
export function withShorterDetails(selection: Selection): Selection | undefined {
  const most = Math.max(0, ...selection.entries.map(({ detail = '' }) => detail.length)) / 2;
  if (most < shortest) return undefined;
  const entries = selection.entries.map((entry) =>
    entry.detail === undefined ? entry : { ...entry, detail: truncate(entry.detail, most) },
  );
  return { ...selection, entries };
}

const shortest = 20;

/** Return the card with shorter details in its selection; undefined: there is nothing to shorten. */
export function cardWithShorterDetails(card: Card): Card | undefined {
  for (const [index, block] of card.blocks.entries()) {
    const shorter = block.kind === 'selection' ? withShorterDetails(block) : undefined;
    if (shorter) return { ...card, blocks: card.blocks.with(index, shorter) };
  }
  return undefined;
}
