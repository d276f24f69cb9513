/** A caller with whom somebody talks just now. */
export interface LiveCall {
  readonly id: string;
  /** The provider's id. */
  readonly callId: string;
  /** As `caller-id` reads it, like `callerName`; empty: withheld, or not known. */
  readonly ani: string;
  readonly callerName: string;
}
