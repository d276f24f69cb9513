/** The functions over audit lines that other features may import. */
export { countActs, findChains, findLines, findLinesOfSession, type LineFilter } from './audit-lines.store.js';
