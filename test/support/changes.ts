import { EventEmitter } from 'node:events';
import type { Deps } from '../../src/core/deps.js';

/** Changes that are told within this process. */
export function changesInProcess(): Deps['changes'] {
  const said = new EventEmitter({ captureRejections: false }).setMaxListeners(0);
  return {
    publish: (userId) => void said.emit(userId),
    subscribe: (userId, onChange) => {
      said.on(userId, onChange);
      return () => void said.off(userId, onChange);
    },
  };
}
