import type { Answer } from '../core/chat/exchange.js';
import type { Card } from '../core/chat/view.js';
import { teamsWords } from './teams.words.js';

/** What a person sees first: what this does, two things to try, one button; or why it is not for them yet. */
export function welcomeCard(home: Answer): Card {
  const { welcome } = teamsWords(home.locale);
  // Somebody we know gets their standing, which has a title; anybody else a line.
  const refusal = home.kind === 'say' && home.card.title === '' ? home.card.summary : undefined;
  return {
    title: welcome.title,
    summary: welcome.title,
    blocks: [
      { kind: 'text', text: welcome.text },
      ...welcome.examples.map((text) => ({ kind: 'text' as const, text })),
      refusal === undefined
        ? {
            kind: 'buttons',
            buttons: [{ kind: 'form', label: welcome.button, tone: 'main', action: 'ooo.set', carries: {} }],
          }
        : { kind: 'note', text: refusal },
    ],
  };
}
