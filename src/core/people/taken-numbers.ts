/** The functions over taken and resting numbers that other features may import. */
export { findRestingNumbers, findTakenExtensions, restingKinds } from './resting-numbers.store.js';
export { findTakenNumbers } from './taken-numbers.store.js';
