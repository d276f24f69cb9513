import type { Asker } from '../chat/asker.js';
import type { Bar } from '../chat/view.js';

/** The bar on every reply while an admin acts as somebody else. */
export function impersonationBar(_asker: Asker): Bar {
  throw new Error('owner: admin');
}
