/**
 * Decodes GSM 06.10 full rate in the form that WAV files use ("wav49": two frames in 65 bytes, low bits first),
 * Asterisk's default for voicemail. The arithmetic is the standard's 16-bit arithmetic, so that the output equals
 * libgsm's bit by bit. ETSI EN 300 961 §5.3; the packing: libgsm, `gsm_decode.c`, WAV49.
 */

/** Two frames of 32.5 bytes each. */
export const gsmBlockBytes = 65;
/** The samples of one block. */
export const gsmBlockSamples = 320;
const frameSamples = 160;
const subframeSamples = 40;
const history = 120;

/** Table 5.6: the inverse of the quantizer's step, by mantissa. */
const stepOf = [18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767] as const;
/** Table 5.4b: the long-term gain. */
const gainOf = [3277, 11469, 21299, 32767] as const;
/** Table 5.1, per log area ratio: its bits, offset B, least code and 1/A. */
const ratios = [
  [6, 0, -32, 13107],
  [6, 0, -32, 13107],
  [5, 2048, -16, 13107],
  [5, -2560, -16, 13107],
  [4, 94, -8, 19223],
  [4, -1792, -8, 17476],
  [3, -341, -4, 31454],
  [3, -1144, -4, 29708],
] as const;

/** Decode the complete blocks to 16-bit samples. */
export function decodeGsm(bytes: Uint8Array): Int16Array {
  const blocks = Math.floor(bytes.length / gsmBlockBytes);
  const samples = new Int16Array(blocks * gsmBlockSamples);
  const decoder = new FrameDecoder();
  for (let block = 0; block < blocks; block += 1) {
    const read = bitReader(bytes.subarray(block * gsmBlockBytes, (block + 1) * gsmBlockBytes));
    for (let frame = 0; frame < 2; frame += 1) {
      const at = block * gsmBlockSamples + frame * frameSamples;
      decoder.decode(read, samples.subarray(at, at + frameSamples));
    }
  }
  return samples;
}

type ReadBits = (count: number) => number;

function bitReader(bytes: Uint8Array): ReadBits {
  let [at, bits, held] = [0, 0, 0];
  return (count) => {
    while (held < count) {
      bits |= (bytes[at] ?? 0) << held;
      at += 1;
      held += 8;
    }
    const value = bits & ((1 << count) - 1);
    bits >>>= count;
    held -= count;
    return value;
  };
}

/** The decoder's state between frames. */
class FrameDecoder {
  #lag = 40;
  #previousRatios: Int16Array = new Int16Array(8);
  readonly #residual = new Int16Array(history + subframeSamples);
  readonly #lattice = new Int16Array(9);
  #deemphasis = 0;

  decode(read: ReadBits, out: Int16Array): void {
    const decoded = readRatios(read);
    const excitation = new Int16Array(frameSamples);
    for (let start = 0; start < frameSamples; start += subframeSamples) excitation.set(this.#longTerm(read), start);
    this.#shortTerm(decoded, excitation, out);
    for (let at = 0; at < frameSamples; at += 1) {
      this.#deemphasis = add(out[at] ?? 0, multiply(this.#deemphasis, 28180));
      out[at] = add(this.#deemphasis, this.#deemphasis) & 0xfff8;
    }
  }

  /** §5.3.1 and §5.3.2: one subframe of the residual. */
  #longTerm(read: ReadBits): Int16Array {
    const lag = read(7);
    const gain = gainOf[read(2) as 0 | 1 | 2 | 3];
    const pulses = readPulses(read);
    if (lag >= 40 && lag <= history) this.#lag = lag;
    const residual = this.#residual;
    for (let at = 0; at < subframeSamples; at += 1)
      residual[history + at] = add(pulses[at] ?? 0, multiply(gain, residual[history + at - this.#lag] ?? 0));
    const subframe = residual.slice(history);
    residual.copyWithin(0, subframeSamples);
    return subframe;
  }

  /** §5.3.3: the lattice filter, whose coefficients are interpolated from the previous frame's to this one's. */
  #shortTerm(now: Int16Array, excitation: Int16Array, out: Int16Array): void {
    const before = this.#previousRatios;
    const mixes = [
      { until: 13, mix: (a: number, b: number) => add(add(a >> 2, b >> 2), a >> 1) },
      { until: 27, mix: (a: number, b: number) => add(a >> 1, b >> 1) },
      { until: 40, mix: (a: number, b: number) => add(add(a >> 2, b >> 2), b >> 1) },
      { until: frameSamples, mix: (_: number, b: number) => b },
    ];
    let at = 0;
    for (const { until, mix } of mixes) {
      const reflection = now.map((ratio, index) => reflectionOf(mix(before[index] ?? 0, ratio)));
      for (; at < until; at += 1) out[at] = this.#filter(reflection, excitation[at] ?? 0);
    }
    this.#previousRatios = now;
  }

  #filter(reflection: Int16Array, sample: number): number {
    const lattice = this.#lattice;
    let value = sample;
    for (let at = 7; at >= 0; at -= 1) {
      const coefficient = reflection[at] ?? 0;
      const state = lattice[at] ?? 0;
      value = clamp(value - multiply(coefficient, state));
      lattice[at + 1] = add(state, multiply(coefficient, value));
    }
    lattice[0] = value;
    return value;
  }
}

/** Read the log area ratios of a frame. */
function readRatios(read: ReadBits): Int16Array {
  return Int16Array.from(ratios, ([bits, offset, least, inverse]) => {
    const scaled = multiply(inverse, clamp(word((read(bits) + least) << 10) - (offset << 1)));
    return add(scaled, scaled);
  });
}

/** Convert a log area ratio to the filter's coefficient: three straight lines approximate a curve. */
function reflectionOf(ratio: number): number {
  const size = ratio === -32768 ? 32767 : Math.abs(ratio);
  const bent = size < 11059 ? size << 1 : size < 20070 ? size + 11059 : add(size >> 2, 26112);
  return ratio < 0 ? -bent : bent;
}

/** Read 13 pulses, on every third of 40 positions. */
function readPulses(read: ReadBits): Int16Array {
  const pulses = new Int16Array(subframeSamples);
  const grid = read(2);
  const { exponent, mantissa } = blockMaximum(read(6));
  const step = stepOf[mantissa] ?? 0;
  const shift = 6 - exponent;
  const rounding = shift > 0 ? 1 << (shift - 1) : 0;
  for (let pulse = 0; pulse < 13; pulse += 1) {
    const scaled = multiply(step, word(((read(3) << 1) - 7) << 12));
    pulses[grid + 3 * pulse] = add(scaled, rounding) >> shift;
  }
  return pulses;
}

function blockMaximum(coded: number): { exponent: number; mantissa: number } {
  let exponent = coded > 15 ? (coded >> 3) - 1 : 0;
  let mantissa = coded - (exponent << 3);
  if (mantissa === 0) return { exponent: -4, mantissa: 7 };
  for (; mantissa <= 7; exponent -= 1) mantissa = (mantissa << 1) | 1;
  return { exponent, mantissa: mantissa - 8 };
}

const clamp = (value: number): number => Math.max(-32768, Math.min(32767, value));
const add = (a: number, b: number): number => clamp(a + b);
const word = (value: number): number => (value << 16) >> 16;
/** Multiply two fractions; only -1 × -1 overflows. */
const multiply = (a: number, b: number): number => clamp((a * b + 16384) >> 15);
