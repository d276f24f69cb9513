import WaveSurfer from 'wavesurfer.js';
import RecordPlugin from 'wavesurfer.js/plugins/record';
import { asWav } from './wav.js';
import { colours, followScheme, styleNonce } from './waveform.js';

/** Records into the form's file field, so that what is sent is the same with and without a microphone. */
export function recorder(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>('[data-recorder-box]');
  const container = form.querySelector<HTMLElement>('.wave');
  const start = form.querySelector<HTMLButtonElement>('[data-record]');
  const stop = form.querySelector<HTMLButtonElement>('[data-stop]');
  const clock = form.querySelector<HTMLElement>('[data-clock]');
  const problem = form.querySelector<HTMLElement>('[data-recorder-problem]');
  const file = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (!box || !container || !start || !stop || !clock || !problem || !file) return;

  const refuse = () => {
    problem.textContent = form.dataset.noMicrophone ?? '';
    problem.hidden = false;
  };
  // Browsers hand out the microphone only over https and on this machine.
  if (!navigator.mediaDevices || !('MediaRecorder' in window)) {
    refuse();
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
    ...colours(),
  });
  followScheme(wave);
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
      .catch(refuse);
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
    const wav = await asWav(blob);
    const chosen = new DataTransfer();
    chosen.items.add(new File([wav], 'message.wav', { type: 'audio/wav' }));
    file.files = chosen.files;
    await wave.loadBlob(wav);
    form.querySelector<HTMLButtonElement>('[data-leave]')?.focus();
  });
  wave.on('interaction', () => void wave.play());
}
