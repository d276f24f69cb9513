/** Return the key, or throw when it is not `company/name.ending` and could lead out of the store. */
export function safeStorageKey(storageKey: string): string {
  if (!isStorageKey(storageKey)) throw new Error('not a storage key');
  return storageKey;
}

/** Whether an entry of the store can be a recording. */
export const isStorageKey = (text: string): boolean => /^[\da-z-]+(\/[\da-z-]+)*\.[\da-z]+$/i.test(text);
