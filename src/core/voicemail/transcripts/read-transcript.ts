import { manyLines } from '../../text.js';
import type { SpokenPart } from './ports.js';

/** Ten minutes of fast speech. */
const longestTranscript = 15_000;
/** Whisper’s own limits: a part that is probably no speech, and of whose words it is not sure. */
const noSpeech = { probability: 0.6, meanLogProbability: -1 };
/** Of a machine that says only the first. */
const surelyNoSpeech = 0.9;

/**
 * Return what was said as it is kept; undefined: nothing. Machines write sentences for silence and noise: parts that are
 * probably no speech are left out, and so is a whole that is known to be invented. The text is cleaned, for it is from
 * outside, and the caller chose its words.
 */
export function readTranscript(parts: readonly SpokenPart[]): string | undefined {
  const said = parts.filter((part) => !isNoSpeech(part) && !isLabel(part)).map(({ text }) => text.trim());
  const text = manyLines(said.join(' '), longestTranscript)
    .replace(/[^\S\n]+/g, ' ')
    .trim();
  return text === '' || isInvented(text) ? undefined : text;
}

const isNoSpeech = ({ noSpeechProbability, meanLogProbability }: SpokenPart): boolean =>
  noSpeechProbability !== undefined &&
  (meanLogProbability === undefined
    ? noSpeechProbability > surelyNoSpeech
    : noSpeechProbability > noSpeech.probability && meanLogProbability < noSpeech.meanLogProbability);

/** What machines are known to write for silence, in the subtitles that they learned from; only as the whole of a text. */
const invented = new Set([
  'you',
  'thanks for watching',
  'thank you for watching',
  'thank you so much for watching',
  'please subscribe',
  'please subscribe to my channel',
  'subtitles by the amara org community',
  'transcription by castingwords',
  'sous titres realises par la communaute d amara org',
  'sous titres realises para la communaute d amara org',
  'sous titrage st 501',
  'sous titrage societe radio canada',
  'merci d avoir regarde cette video',
  'merci d avoir regarde',
  'abonnez vous',
]);

/** Whether a whole text, as it is heard, is one of these. */
const isInvented = (text: string): boolean =>
  text.length <= 200 &&
  invented.has(
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  );

/** Whether a part says nothing: `[BLANK_AUDIO]`, `(silence)`, `*sighs*`, `♪`. */
const isLabel = ({ text }: SpokenPart): boolean =>
  text.length <= 100 && !/[\p{L}\p{N}]/u.test(text.replace(/\[[^[\]]*\]|\([^()]*\)|\*[^*]*\*/g, ' '));
