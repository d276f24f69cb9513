/**
 * The memory in which the lease keeper and its thread share leases: numbers first (the heartbeat, then each slot's
 * length), then the slots.
 */
export const slotCount = 256;
/** The most bytes of one lease. */
export const slotSize = 512;

/** The index of the heartbeat counter; slot `n` has its length at `n + 1`, 0 while it is empty. */
export const heartbeatIndex = 0;

const numbersSize = (slotCount + 1) * Int32Array.BYTES_PER_ELEMENT;
/** The size of the shared memory in bytes. */
export const memorySize = numbersSize + slotCount * slotSize;

/** The numbers and the slots in a shared memory. */
export const viewsOf = (memory: SharedArrayBuffer): { readonly numbers: Int32Array; readonly bytes: Uint8Array } => ({
  numbers: new Int32Array(memory, 0, slotCount + 1),
  bytes: new Uint8Array(memory, numbersSize),
});
