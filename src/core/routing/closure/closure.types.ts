/** An admin closed the company for now: callers hear it, and it ends by itself. */
export interface Closure {
  readonly closedAt: Date;
  /** Exclusive; undefined: until somebody opens it. */
  readonly until: Date | undefined;
  /** For callers; empty: none. */
  readonly note: string;
}

/** The closure, if it counts at that instant. */
export const closureAt = (closure: Closure | undefined, at: Date): Closure | undefined =>
  closure && closure.closedAt <= at && (closure.until === undefined || closure.until > at) ? closure : undefined;
