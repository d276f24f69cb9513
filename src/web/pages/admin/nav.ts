import { may, type Permission } from '../../../core/chat/actor.js';
import type { Locale } from '../../../core/chat/phrasing.js';
import type { Requester } from '../../../core/chat/requester.js';

/** A page of the admin area: one line each, in the order in which they are shown. */
interface AdminPage {
  readonly href: `/admin/${string}`;
  readonly permission: Permission;
  readonly label: Readonly<Record<Locale, string>>;
}

const adminPages: readonly AdminPage[] = [
  { href: '/admin/import', permission: 'bulk', label: { en: 'Import', fr: 'Importation' } },
  { href: '/admin/reports', permission: 'reports.view', label: { en: 'Lists', fr: 'Listes' } },
];

/** The pages that this requester may see; the first is where “Admin” leads. */
export const adminPagesFor = ({ actor }: Requester): readonly AdminPage[] =>
  adminPages.filter(({ permission }) => may(actor, permission));
