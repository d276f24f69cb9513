const sampleRate = 16_000;

/**
 * Convert a browser recording (WebM, Ogg or MP4) to PCM16 WAV, mono, 16 kHz: it plays everywhere, and its header has
 * the duration, which a recorded WebM lacks.
 */
export async function convertToWav(recorded: Blob): Promise<Blob> {
  const audio = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(await recorded.arrayBuffer());
  const mix = new OfflineAudioContext(1, Math.ceil(audio.duration * sampleRate), sampleRate);
  const source = mix.createBufferSource();
  source.buffer = audio;
  source.connect(mix.destination);
  source.start();
  const samples = (await mix.startRendering()).getChannelData(0);
  return new Blob([header(samples.length), pcm(samples)], { type: 'audio/wav' });
}

function pcm(samples: Float32Array): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, index) => {
    view.setInt16(index * 2, Math.max(-1, Math.min(1, sample)) * 0x7fff, true);
  });
  return view.buffer;
}

/** http://soundfile.sapp.org/doc/WaveFormat/ */
function header(samples: number): ArrayBuffer {
  const bytes = samples * 2;
  const view = new DataView(new ArrayBuffer(44));
  const text = (at: number, word: string) => {
    for (const [index, letter] of [...word].entries()) view.setUint8(at + index, letter.charCodeAt(0));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + bytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, bytes, true);
  return view.buffer;
}
