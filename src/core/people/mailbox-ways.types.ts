/** What of a company decides how people hear their messages. Columns of "Tenant". */
export interface CompanyWays {
  readonly edition: string;
  readonly appAllowed: boolean;
  readonly notificationType: string;
  readonly accessNumber: string | null;
}

/** What of a person decides it. */
export interface PersonWays {
  readonly access: string;
  readonly userType: string;
  readonly appAllowed: boolean;
  readonly notificationType: string | null;
  /** An extension and a PIN. */
  readonly hasPhoneAccess: boolean;
}
