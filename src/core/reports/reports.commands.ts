import { inBrowser } from '../accounts/page-link-card.js';
import { type ButtonHandler, defineButton } from '../chat/define-handler.js';
import { wordsIn } from '../chat/words.js';
import { listIn, listsOf, pageCard } from './chat-lists.js';
import { reportActions } from './reports.action-ids.js';
import { listsCard } from './reports.views.js';

const menu = defineButton({
  id: reportActions.menu,
  permission: 'reports.view',
  readOnly: true,
  run: async (_deps, requester) => ({ kind: 'replace', card: listsCard(requester.reader, listsOf(requester)) }),
});

const show = defineButton({
  id: reportActions.show,
  permission: 'reports.view',
  readOnly: true,
  run: async (deps, requester, { list, after }) => ({
    kind: 'replace',
    card: await pageCard(deps, requester, listIn(requester, list), after),
  }),
});

/** The whole list, its chart and its files are a page. */
const page = defineButton({
  id: reportActions.page,
  permission: 'reports.view',
  async run(deps, requester, carries) {
    const list = listIn(requester, carries.list);
    const { reports } = wordsIn(requester.reader.locale);
    const way = { title: reports.lists[list].title, open: reports.pageTitle };
    return inBrowser(deps, requester, `/admin/reports/${list}`, way);
  },
});

export const reportButtons: readonly ButtonHandler[] = [menu, show, page];
