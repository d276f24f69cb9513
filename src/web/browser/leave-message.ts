/** The page on which one leaves a colleague a message: by microphone or from a file. */
import { forEachNew } from './for-each-element.js';
import { recorder } from './recorder.js';

forEachNew('[data-recorder]', (form) => {
  if (form instanceof HTMLFormElement) recorder(form);
});
