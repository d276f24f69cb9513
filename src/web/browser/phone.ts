/** The demo's phone: numbers to tap, words read aloud, a message by microphone. */
import { forEachElement } from './for-each-element.js';
import { attachRecorder } from './recorder.js';

forEachElement('[data-number]', (button) => {
  button.addEventListener('click', () => {
    const field = document.querySelector<HTMLInputElement>('#to');
    if (!field) return;
    field.value = button.dataset.number ?? '';
    field.focus();
  });
});

forEachElement('[data-speak]', (button) => {
  if (!('speechSynthesis' in window)) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    const line = button.parentElement?.querySelector<HTMLElement>('[data-speech]');
    if (!line) return;
    const spoken = new SpeechSynthesisUtterance(line.textContent ?? '');
    spoken.lang = line.lang;
    speechSynthesis.cancel();
    speechSynthesis.speak(spoken);
  });
});

forEachElement('[data-recorder]', (form) => {
  if (form instanceof HTMLFormElement) attachRecorder(form);
});

// Scroll to the newest line.
forEachElement('.conversation', (box) => {
  box.scrollTop = box.scrollHeight;
});
