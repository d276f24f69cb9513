import { defineNotice } from '../notices/define-notice.js';
import { pinResetCard } from './people-admin.views.js';

declare module '../notices/notice-kind.js' {
  interface NoticeKinds {
    'people.pin-reset': true;
  }
}

/** To somebody whose PIN an admin reset. */
export const pinReset = defineNotice({
  kind: 'people.pin-reset',
  card: async (_deps, _notice, reader) => pinResetCard(reader),
});
