import type { RequestHandler } from 'express';
import wavefile from 'wavefile';

/** Where a waiting caller's music is fetched; the provider may keep it. */
export const holdMusicPath = '/voice/hold-music.wav';
/** The length of the loop. */
export const holdMusicSeconds = 9;

const rate = 8_000;
const quarterSeconds = 0.375;
/** Four chords, each broken upwards and down again; frequencies in hertz. Composed for Attendant. */
const chords = [
  [261.63, 329.63, 392.0, 493.88, 392.0, 329.63],
  [220.0, 261.63, 329.63, 392.0, 329.63, 261.63],
  [174.61, 220.0, 261.63, 329.63, 261.63, 220.0],
  [196.0, 246.94, 293.66, 349.23, 293.66, 246.94],
];

/** Send the music; anybody may have it. */
export const sendHoldMusic: RequestHandler = (_request, response) => {
  music ??= holdMusic();
  response.set('Cache-Control', 'public, max-age=86400').type('audio/wav').send(music);
};

let music: Buffer | undefined;

/** Soft plucked notes that fade into each other, as the telephone has them: µ-law WAV at 8 kHz. */
function holdMusic(): Buffer {
  const samples = new Float64Array(Math.round(holdMusicSeconds * rate));
  for (const [at, frequency] of chords.flat().entries()) pluck(samples, at * quarterSeconds, frequency);
  const wav = new wavefile.WaveFile();
  wav.fromScratch(
    1,
    rate,
    '16',
    Int16Array.from(samples, (sample) => Math.round(sample * 9_000)),
  );
  wav.toMuLaw();
  return Buffer.from(wav.toBuffer());
}

/** Add a note; what rings on after the end begins the loop. */
function pluck(samples: Float64Array, fromSeconds: number, frequency: number): void {
  const ringsSeconds = 1.6;
  const start = Math.round(fromSeconds * rate);
  for (let at = 0; at < ringsSeconds * rate; at += 1) {
    const seconds = at / rate;
    const envelope = Math.min(1, seconds / 0.01) * Math.exp(-3 * seconds);
    const wave = Math.sin(2 * Math.PI * frequency * seconds) + 0.3 * Math.sin(4 * Math.PI * frequency * seconds);
    const index = (start + at) % samples.length;
    samples[index] = (samples[index] ?? 0) + 0.5 * envelope * wave;
  }
}
