/** The front door to the delivery attempts of notices, for the other features. */
export { type DeliveryAttempt, findAttempts, findFirstDeliveries } from './delivery-attempt.store.js';
