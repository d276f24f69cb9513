/** Chat accounts, for the platforms. */
export { storeConversation } from './accounts.store.js';
