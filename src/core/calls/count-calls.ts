export { type AbsenceCalls, countCallsOf, missedCallsOf } from './count-calls.store.js';
