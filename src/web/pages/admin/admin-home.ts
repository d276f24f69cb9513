import { UserError } from '../../../core/errors.js';
import type { Routes } from '../../http/route-helpers.js';
import { adminPagesFor } from './nav.js';

/** `/admin`, as people type it: the first page of the admin area that the visitor may open. */
export function adminHomePage({ page }: Routes, house: { readonly companyBots: boolean }): void {
  page('/admin', async ({ response, visitor }) => {
    const [first] = adminPagesFor(visitor.requester, house);
    if (!first) throw new UserError((words) => words.chat.notAllowed, 403);
    response.redirect(303, first.href);
  });
}
