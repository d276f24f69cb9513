import { UserError } from '../errors.js';
import type { RestingKind } from './resting-numbers.store.js';
import type { OwnValue } from './taken-values.store.js';

export { findTakenValue } from './taken-values.store.js';

/** Another person has this value, took it a moment ago, or gave it back so lately that it rests. Status 409. */
export class ValueTaken extends UserError {
  constructor(
    readonly value: OwnValue,
    readonly why: 'taken' | 'resting' = 'taken',
  ) {
    super(
      ({ people }) => (why === 'resting' && isRestingKind(value) ? people.resting[value] : people.taken[value]),
      409,
    );
  }
}

const isRestingKind = (value: OwnValue): value is RestingKind => value === 'extension' || value === 'did';
