import { hasPermission, type Permission } from '../../../core/chat/actor.js';
import type { Locale } from '../../../core/chat/phrasing.js';
import type { Requester } from '../../../core/chat/requester.js';

/** A page of the admin area: one line each, in the order in which they are shown. */
interface AdminPage {
  readonly href: `/admin/${string}`;
  readonly permission: Permission;
  readonly label: Readonly<Record<Locale, string>>;
}

const adminPages: readonly AdminPage[] = [
  { href: '/admin/settings', permission: 'tenant.edit', label: { en: 'Company settings', fr: 'Réglages' } },
];

/** The pages that this requester may see; the first is where “Admin” leads. */
export const adminPagesFor = ({ actor }: Requester): readonly AdminPage[] =>
  adminPages.filter(({ permission }) => hasPermission(actor, permission));
