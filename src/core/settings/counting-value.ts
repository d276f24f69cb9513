import type { Kind, SettingValue } from './setting.js';

/** What both sides say; `own` undefined: nobody's, so that the company's alone counts. */
export interface Sides<Value extends SettingValue = SettingValue> {
  readonly company: Value;
  readonly own: Value | null | undefined;
}

/** The value that counts, of values that are read already. In SQL: `sql`. */
export const countingValue = <Value extends SettingValue>(kind: Kind, sides: Sides<Value>): Value =>
  isOwnCounting(kind, sides) ? (sides.own as Value) : sides.company;

/** Does the person's own value decide: an override that they chose, or their side of a gate that the company leaves open? */
export function isOwnCounting(kind: Kind, { company, own }: Sides): boolean {
  if (own === undefined || own === null) return false;
  switch (kind) {
    case 'override':
      return true;
    case 'gate':
      return company === true && own === false;
    case 'tenant':
      return false;
    default:
      return kind satisfies never;
  }
}
