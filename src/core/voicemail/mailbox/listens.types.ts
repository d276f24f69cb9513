/** One time that a message was played. */
export interface LoggedListen {
  readonly id: string;
  readonly at: Date;
  /** Null: by a link, without signing in. */
  readonly name: string | null;
  /** The admin who acted as that person. */
  readonly impersonator: string | null;
  /** The person whose link it was; null: the owner's own, or no link. */
  readonly linkOf: string | null;
  readonly byPhone: boolean;
}
