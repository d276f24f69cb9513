export { type AbsenceCalls, countCallsOf } from './count-calls.store.js';
