import { defineCommand, type ViewExample } from '../chat/define-handler.js';
import { linkMinutes, signInLink } from './sign-in.js';
import { signInCard } from './sign-in.views.js';

/** `app`: a personal link into the browser. */
export const appCommand = defineCommand({
  word: 'app',
  also: ['application', 'web', 'browser'],
  french: ['appli', 'application', 'web', 'navigateur'],
  permission: 'self',
  help: (words) => ({ what: words.signIn.what, example: 'app' }),
  run: async (deps, requester) => ({
    kind: 'say',
    card: signInCard(requester.reader.locale, await signInLink(deps, requester), linkMinutes),
  }),
});

/** An example of each card, for the contract tests. */
export const signInExamples: readonly ViewExample[] = [
  {
    name: 'sign-in link',
    view: (locale) => signInCard(locale, 'https://attendant.example/sign-in/0b1c.3kX', linkMinutes),
  },
  {
    name: 'sign-in link to one page',
    view: (locale) =>
      signInCard(locale, 'https://attendant.example/sign-in/0b1c.3kX?to=%2Fdirectory', linkMinutes, {
        title: 'A message for <b>Zoë</b> *O’Neil*',
        open: 'Record it in my browser',
      }),
  },
];
