/** The page on which one leaves a colleague a message: by microphone or from a file. */
import { forEachElement } from './for-each-element.js';
import { recorder } from './recorder.js';

forEachElement('[data-recorder]', (form) => {
  if (form instanceof HTMLFormElement) recorder(form);
});
