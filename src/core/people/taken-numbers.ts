/** For the other features: which numbers lead to somebody already. */
export { findTakenNumbers } from './taken-numbers.store.js';
