/** For the lists of people: whose mailbox is nearly full. */
export { isBoxNearlyFull } from './full-boxes.store.js';
