/** What a person needs in order to listen to messages by phone. */
export interface PhoneAccess {
  /** E.164; null: the company has not set it up. */
  readonly accessNumber: string | null;
  readonly extension: string | null;
  readonly hasPin: boolean;
  /** Star in one’s own greeting leads to the messages too. */
  readonly greetingKey: boolean;
}
