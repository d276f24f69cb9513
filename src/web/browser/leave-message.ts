/** The entry script of the page on which a person leaves a message for a colleague, by microphone or from a file. */
import { forEachElement } from './for-each-element.js';
import { attachRecorder } from './recorder.js';

forEachElement('[data-recorder]', (form) => {
  if (form instanceof HTMLFormElement) attachRecorder(form);
});
