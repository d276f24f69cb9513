/** A file that can be read from its beginning more than once, and is never whole in memory. */
export interface CsvSource {
  /** As the person knows it. */
  readonly fileName: string;
  chunks(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A file that somebody else holds in memory already. */
export const csvInMemory = (fileName: string, bytes: Uint8Array): CsvSource => ({ fileName, chunks: () => [bytes] });
