import type { RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import wavefile from 'wavefile';
import { holdMusicPiece } from '../core/calls/hold-music/hold-music.js';
import type { Deps } from '../core/deps.js';
import { depsForRequest } from '../core/request-deps.js';
import type { PlayableAudio } from '../core/voicemail/ports.js';
import { requestIdOf } from '../request-id.js';

/** Where the music that comes with us is fetched; the provider may keep it. */
export const holdMusicPath = '/voice/hold-music.wav';
/** Where a piece of a company's own music is fetched. */
export const ownMusicPath = '/voice/hold-music/:recording/:piece';
/** The length of our loop, and of a piece: after so long we look whether the person is free. */
export const holdMusicSeconds = 9;

/**
 * Return the address of the music that a caller hears in this round of waiting, from 0; of a company's own music
 * (`recording`) the piece that follows the one before.
 */
export const holdMusicAddress = (publicUrl: string, recording: string | null, round: number): string =>
  `${publicUrl}${recording === null ? holdMusicPath : `/voice/hold-music/${recording}/${round}`}`;

/** Pieces of the music of some companies; each is fetched for every caller who waits. */
const mostKeptBytes = 32 * 1024 * 1024;
/** The longest wait has fewer rounds. */
const mostRounds = 1_000;

/** Send a piece of a company's own music; of music that was replaced meanwhile, ours. Anybody may have it. */
export function sendOwnMusic(attendant: Deps): RequestHandler {
  const kept = new LRUCache<string, PlayableAudio>({
    maxSize: mostKeptBytes,
    sizeCalculation: ({ content }) => content.length || 1,
  });
  return async (request, response, proceed) => {
    const deps = depsForRequest(attendant, requestIdOf(response));
    const recording = String(request.params.recording);
    const round = /^\d{1,4}$/.test(String(request.params.piece)) ? Number(request.params.piece) % mostRounds : 0;
    const key = `${recording} ${round}`;
    try {
      const place = { fromSeconds: round * holdMusicSeconds, seconds: holdMusicSeconds };
      const piece = kept.get(key) ?? (await holdMusicPiece(deps, recording, place));
      if (!piece) return void sendHoldMusic(request, response, proceed);
      kept.set(key, piece);
      response.set('Cache-Control', 'public, max-age=86400').type(piece.mimeType).send(piece.content);
    } catch (error) {
      deps.log.warn({ error }, 'own hold music not played');
      void sendHoldMusic(request, response, proceed);
    }
  };
}

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
