import { UserError } from '../errors.js';
import type { OwnValue } from './taken-values.store.js';

export { findTakenValue } from './taken-values.store.js';

/** Another person has this value, or took it a moment ago. Status 409. */
export class ValueTaken extends UserError {
  constructor(readonly value: OwnValue) {
    super((words) => words.people.taken[value], 409);
  }
}
