import { largestMessageBytes } from '../../core/voicemail/arrival/probe-audio.js';
import type { WebWords } from '../web.words.js';
import { Icon } from './icons.js';

/** The `data` attributes that the script of a form with a recorder reads. */
export const recorderForm = (words: WebWords) => ({
  'data-recorder': true,
  'data-no-microphone': words.noMicrophone,
  'data-too-large': words.fileTooLarge,
  'data-largest': largestMessageBytes,
});

/**
 * A message by microphone, or from a file. Both fill the form's file field `audio`, and can be played before sending.
 */
export const Recorder = ({ words }: { words: WebWords }) => (
  <>
    <div class="recorder" hidden data-recorder-box>
      <div class="wave" aria-hidden="true" />
      <p class="clock" data-clock role="timer">
        0:00
      </p>
      <button class="button main wide" type="button" data-record data-again={words.recordAgain}>
        <Icon name="microphone" />
        <span>{words.record}</span>
      </button>
      <button class="button danger wide" type="button" data-stop hidden>
        {words.stopRecording}
      </button>
    </div>
    <p class="problem" data-recorder-problem role="alert" hidden />
    <div class="field">
      <label for="audio">{words.orFile}</label>
      <p class="hint" id="audio-hint">
        {words.fileHint}
      </p>
      <input id="audio" type="file" name="audio" accept="audio/*" aria-describedby="audio-hint" required />
    </div>
    <div class="preview" data-preview hidden>
      <p id="preview">{words.hearIt}</p>
      {/* biome-ignore lint/a11y/useMediaCaption: the person’s own recording */}
      <audio controls aria-labelledby="preview" />
    </div>
  </>
);
