/** Chat accounts, for the ears: whose they are, and where the platform reaches them. */
export { findOwner, storeConversation } from './accounts.store.js';
