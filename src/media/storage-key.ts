/** A key is `company/name.ending`; whatever else it might be, it must not lead out of the store. */
export function safeStorageKey(storageKey: string): string {
  if (!isStorageKey(storageKey)) throw new Error('not a storage key');
  return storageKey;
}

/** Whether something that lies in the store can be a recording. */
export const isStorageKey = (text: string): boolean => /^[\da-z-]+(\/[\da-z-]+)*\.[\da-z]+$/i.test(text);
