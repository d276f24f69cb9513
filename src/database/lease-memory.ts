/** How the lease keeper and its thread share leases: numbers first (the beat, then each slot's length), then the slots. */
export const slots = 256;
export const slotSize = 512;

/** Where the beat is counted; slot `n` has its length at `n + 1`, 0 while it is empty. */
export const beatAt = 0;

const numbersSize = (slots + 1) * Int32Array.BYTES_PER_ELEMENT;
export const memorySize = numbersSize + slots * slotSize;

export const viewsOf = (memory: SharedArrayBuffer): { readonly numbers: Int32Array; readonly bytes: Uint8Array } => ({
  numbers: new Int32Array(memory, 0, slots + 1),
  bytes: new Uint8Array(memory, numbersSize),
});
