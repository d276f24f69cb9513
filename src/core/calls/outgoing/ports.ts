/** Why a provider refuses to make a call. */
export const callFailures = ['bad-number', 'caller-id', 'account', 'provider'] as const;
/**
 * `bad-number`: it cannot be called. `caller-id`: the number shown is not one of the account's. `account`: credentials,
 * balance or permission. `provider`: anything else, or nothing was heard of the call any more.
 */
export type CallFailure = (typeof callFailures)[number];

/** What came of a request for a call. */
export type PlacedCall =
  | { readonly kind: 'placed'; readonly callId: string }
  | { readonly kind: 'refused'; readonly failure: CallFailure }
  /** Too many at the moment: no phone rings. */
  | { readonly kind: 'later' };

/** Calls that a voice provider makes for us (it leaves the machine, hence an interface). */
export interface ProviderCalls {
  /**
   * Ring a number. The provider then asks the phone's adapter what to say, naming this id. Rejects if it is unknown whether
   * the phone rings.
   */
  place(call: {
    readonly tenantId: string;
    readonly outgoingId: string;
    readonly to: string;
    /** The number (E.164) that the phone shows. */
    readonly from: string;
    readonly ringSeconds: number;
  }): Promise<PlacedCall>;
  /**
   * Have the provider ask again what to do with a running call, whose Decision has changed. `over`: the call has ended.
   * Rejects if the provider does neither.
   */
  redirect(call: {
    readonly tenantId: string;
    readonly callId: string;
    readonly leg: number;
  }): Promise<'redirected' | 'over'>;
}

declare module '../../deps.js' {
  interface Deps {
    /** Absent without a voice provider. */
    readonly providerCalls: ProviderCalls | undefined;
  }
}
