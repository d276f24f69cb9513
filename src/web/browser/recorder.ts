import WaveSurfer from 'wavesurfer.js';
import RecordPlugin from 'wavesurfer.js/plugins/record';
import { convertToWav } from './wav.js';
import { followColourScheme, styleNonce, waveColours } from './waveform-theme.js';

/** Record into the form's file field, so that the same form is sent with and without a microphone. */
export function attachRecorder(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>('[data-recorder-box]');
  const container = form.querySelector<HTMLElement>('.wave');
  const start = form.querySelector<HTMLButtonElement>('[data-record]');
  const stop = form.querySelector<HTMLButtonElement>('[data-stop]');
  const clock = form.querySelector<HTMLElement>('[data-clock]');
  const problem = form.querySelector<HTMLElement>('[data-recorder-problem]');
  const file = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (!box || !container || !start || !stop || !clock || !problem || !file) return;

  const refuse = (line: string | undefined) => {
    problem.textContent = line ?? '';
    problem.hidden = false;
  };
  const noMicrophone = () => refuse(form.dataset.noMicrophone);
  const chosen = attachPreview(form);
  file.addEventListener('change', () => {
    problem.hidden = true;
    if ((file.files?.[0]?.size ?? 0) > Number(form.dataset.largest)) {
      refuse(form.dataset.tooLarge);
      file.value = '';
    }
    chosen(file.files?.[0]);
  });
  // Browsers offer the microphone only over https and on localhost.
  if (!navigator.mediaDevices || !('MediaRecorder' in window)) {
    noMicrophone();
    return;
  }

  box.hidden = false;
  const wave = WaveSurfer.create({
    container,
    height: 72,
    barWidth: 3,
    barGap: 2,
    barRadius: 3,
    normalize: false,
    ...styleNonce(),
    ...waveColours(),
  });
  followColourScheme(wave);
  const recording = wave.registerPlugin(RecordPlugin.create({ renderRecordedAudio: false, scrollingWaveform: true }));
  const running = (yes: boolean) => {
    start.hidden = yes;
    stop.hidden = !yes;
    box.classList.toggle('recording', yes);
  };

  start.addEventListener('click', () => {
    problem.hidden = true;
    recording
      .startRecording()
      .then(() => {
        running(true);
        stop.focus();
      })
      .catch(noMicrophone);
  });
  stop.addEventListener('click', () => recording.stopRecording());
  recording.on('record-progress', (milliseconds) => {
    const whole = Math.floor(milliseconds / 1000);
    clock.textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
  });
  recording.on('record-end', async (blob) => {
    running(false);
    const label = start.querySelector('span');
    if (label) label.textContent = start.dataset.again ?? '';
    // After a recording, sending becomes the main action.
    start.classList.remove('main');
    const wav = await convertToWav(blob);
    const recorded = new DataTransfer();
    recorded.items.add(new File([wav], 'message.wav', { type: 'audio/wav' }));
    file.files = recorded.files;
    chosen(wav);
    await wave.loadBlob(wav);
    form.querySelector<HTMLButtonElement>('[data-leave]')?.focus();
  });
  wave.on('interaction', () => void wave.play());
}

/** Let the person play a recording or chosen file before sending it. */
function attachPreview(form: HTMLFormElement): (audio: Blob | undefined) => void {
  const box = form.querySelector<HTMLElement>('[data-preview]');
  const player = box?.querySelector('audio');
  if (!box || !player) return () => {};
  return (audio) => {
    URL.revokeObjectURL(player.src);
    box.hidden = audio === undefined;
    if (audio) player.src = URL.createObjectURL(audio);
    else player.removeAttribute('src');
  };
}
