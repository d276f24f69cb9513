import type { Locale } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { RoutingCompany } from '../routing/routing-rows.js';
import type { BareAction } from './connect-callee.js';
import type { DecisionAction } from './decision.js';

/** How long a caller may think, and pause between keys, before the question counts as answered or as not. */
const thinkSeconds = 5;
/** Who chooses need not think of a number, and one key is often the whole answer. */
const chooseSeconds = 4;
/** Silence that ends a message. */
const silenceSeconds = 8;

/** The action with all that a phone needs to perform it: how the caller may answer, how long, and the last words. */
export function completeAction(
  bare: BareAction,
  { speechEnabled, maxMessageSeconds }: Pick<RoutingCompany, 'speechEnabled' | 'maxMessageSeconds'>,
  language: Locale,
): DecisionAction {
  const words = wordsIn(language).calls;
  switch (bare.action) {
    case 'ask':
      return {
        ...bare,
        input: speechEnabled ? 'keys-and-speech' : 'keys',
        timeoutSeconds: bare.choices ? chooseSeconds : thinkSeconds,
      };
    case 'voicemail':
      return {
        ...bare,
        maxSeconds: maxMessageSeconds,
        silenceSeconds,
        closing: { recorded: words.thanksForMessage, nothing: words.heardNoMessage },
      };
    default:
      return bare;
  }
}
