/** The functions over audit lines that other features may import. */
export { findChains, findLinesAfter, findLinesOfSession } from './audit-lines.store.js';
