export { type AbsenceCalls, countCallsOf } from './absence-summary.store.js';
