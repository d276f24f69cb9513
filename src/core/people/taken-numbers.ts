/** The function over taken numbers that other features may import. */
export { findTakenNumbers } from './taken-numbers.store.js';
