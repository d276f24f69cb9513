/** Audio to write down, in a form that players accept. */
export interface SpokenAudio {
  readonly content: Buffer;
  readonly mimeType: string;
  readonly durationSeconds: number;
  /** The language in which the caller was spoken to (ISO 639-1), as a hint; undefined: unknown. */
  readonly language: string | undefined;
}

/** A part of what was said, with what the machine thinks of it. */
export interface SpokenPart {
  readonly text: string;
  /** From 0 to 1; undefined: the machine does not say. */
  readonly noSpeechProbability: number | undefined;
  /** The mean logarithm of the words’ probabilities; undefined: the machine does not say. */
  readonly meanLogProbability: number | undefined;
}

/** The answer of the machine. */
export type Transcribed =
  | { readonly kind: 'parts'; readonly parts: readonly SpokenPart[] }
  /** It will never take this audio. */
  | { readonly kind: 'refused'; readonly why: string }
  /** It does not answer, has too much to do, or is not set up right. */
  | { readonly kind: 'later'; readonly why: string; readonly afterSeconds?: number };

/** Writes speech down (it calls another machine, hence an interface). */
export interface Transcriber {
  /**
   * Return a place for one recording; undefined: as many are under way as it should do at once, or it did not answer
   * lately. A caller that has a place calls `transcribe` or `leave`.
   */
  takePlace(): TranscriberPlace | undefined;
}

/** A place at the transcriber, for one recording. */
export interface TranscriberPlace {
  /** Never rejects. It takes minutes at most. */
  transcribe(audio: SpokenAudio): Promise<Transcribed>;
  /** Free the place; idempotent. */
  leave(): void;
}

declare module '../../deps.js' {
  interface Deps {
    /** Absent while no transcriber is set up: messages come without transcripts. */
    readonly transcriber?: Transcriber | undefined;
  }
}
