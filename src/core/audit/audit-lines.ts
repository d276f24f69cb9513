/** The front door to the lines of the audit, for the other features. */
export { findChains, findLinesAfter, findLinesOfSession } from './audit-lines.store.js';
