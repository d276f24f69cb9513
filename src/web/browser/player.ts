/** The player page: a waveform to see and seek in; playing marks the message as heard. */
import WaveSurfer from 'wavesurfer.js';
import { forEachElement } from './for-each-element.js';
import { followColourScheme, styleNonce, waveColours } from './waveform-theme.js';

const speeds = [1, 1.25, 1.5, 2];

forEachElement('[data-player]', (box) => {
  const { audio: address = '', heard = '' } = box.dataset;
  const audio = new Audio(address);
  audio.preload = 'metadata';
  const controls = box.querySelector<HTMLElement>('.player-controls');
  const play = box.querySelector<HTMLButtonElement>('[data-play]');
  const seek = box.querySelector<HTMLInputElement>('[data-seek]');
  const now = box.querySelector<HTMLElement>('[data-now]');
  const speed = box.querySelector<HTMLButtonElement>('[data-speed]');
  const problem = box.querySelector<HTMLElement>('.player-problem');
  const seconds = () => (Number.isFinite(audio.duration) ? audio.duration : Number(box.dataset.seconds));
  if (!controls || !play || !seek || !now || !speed || !problem) return;

  controls.hidden = false;
  const labels = [play.getAttribute('aria-label') ?? '', play.dataset.pauseLabel ?? ''] as const;

  play.addEventListener('click', () => {
    // After an error nothing plays until the audio is loaded again.
    if (audio.error) audio.load();
    problem.textContent = '';
    if (audio.paused) void audio.play().catch(() => undefined);
    else audio.pause();
  });
  seek.addEventListener('input', () => {
    audio.currentTime = (Number(seek.value) / 1000) * seconds();
  });
  speed.addEventListener('click', () => {
    audio.playbackRate = speeds[(speeds.indexOf(audio.playbackRate) + 1) % speeds.length] ?? 1;
    speed.textContent = `${audio.playbackRate}×`;
  });
  for (const event of ['play', 'pause', 'ended'] as const)
    audio.addEventListener(event, () => {
      box.classList.toggle('playing', !audio.paused);
      play.setAttribute('aria-label', labels[audio.paused ? 0 : 1]);
    });
  audio.addEventListener('timeupdate', () => {
    now.textContent = clock(audio.currentTime);
    seek.value = String(Math.round((audio.currentTime / (seconds() || 1)) * 1000));
    seek.setAttribute('aria-valuetext', clock(audio.currentTime));
  });
  audio.addEventListener('error', async () => {
    problem.textContent = box.dataset[await reasonOf(address)] ?? '';
  });
  sayHeard(audio, heard);
  // The live part below shows the message's state: while it is deleted, the player is silent.
  forEachElement('#live', ({ dataset }) => {
    box.inert = 'gone' in dataset;
    if (box.inert) audio.pause();
  });
  void drawWave(box, audio, address);
});

/**
 * Find out why the audio does not play: the player's error does not tell a missing file from a bad one or a broken
 * connection.
 */
async function reasonOf(address: string): Promise<'audioGone' | 'audioUnreachable' | 'audioUnplayable'> {
  // HEAD, so that this request delivers no audio.
  const answer = await fetch(address, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
  if (answer?.ok) return 'audioUnplayable';
  return answer && [403, 404, 410].includes(answer.status) ? 'audioGone' : 'audioUnreachable';
}

/** Record each play from the beginning in the audit log; resuming after a pause is not recorded. */
function sayHeard(audio: HTMLAudioElement, address: string): void {
  let told = false;
  audio.addEventListener('playing', () => {
    if (told) return;
    told = true;
    void fetch(address, { method: 'POST', body: new URLSearchParams() });
  });
  audio.addEventListener('ended', () => {
    told = false;
  });
}

/**
 * Playing requests ranges of the audio, drawing requests all of it: kept apart, so that a long message starts at once.
 */
async function drawWave(box: HTMLElement, audio: HTMLAudioElement, address: string): Promise<void> {
  const container = box.querySelector<HTMLElement>('.wave');
  if (!container) return;
  try {
    const answer = await fetch(address);
    const decoded = await new OfflineAudioContext(1, 1, 16_000).decodeAudioData(await answer.arrayBuffer());
    const wave = WaveSurfer.create({
      container,
      media: audio,
      peaks: [decoded.getChannelData(0)],
      duration: decoded.duration,
      height: 88,
      barWidth: 3,
      barGap: 2,
      barRadius: 3,
      cursorWidth: 2,
      normalize: true,
      dragToSeek: true,
      ...styleNonce(),
      ...waveColours(),
    });
    followColourScheme(wave);
    box.classList.add('drawn');
  } catch {
    // The audio plays without a waveform too.
  }
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
