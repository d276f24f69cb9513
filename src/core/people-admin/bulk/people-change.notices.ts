import { defineNotice } from '../../notices/define-notice.js';
import { changeCardOf } from './people-change-card.js';

declare module '../../notices/notice-kind.js' {
  interface NoticeKinds {
    'people.changed': true;
  }
}

/** To the admin who asked for it: how far the change is, and in the end what came of it. */
export const peopleChanged = defineNotice({
  kind: 'people.changed',
  card: (deps, { subjectId }, reader) => changeCardOf(deps, undefined, subjectId, reader),
});
