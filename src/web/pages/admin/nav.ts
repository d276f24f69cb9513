import { hasPermission, type Permission } from '../../../core/chat/actor.js';
import type { Locale } from '../../../core/chat/phrasing.js';
import type { Requester } from '../../../core/chat/requester.js';
import { wordsIn } from '../../../core/chat/words.js';
import { teamsBotWords } from './teams-bots.words.js';

/** A page of the admin area. */
interface AdminPage {
  readonly href: `/admin/${string}`;
  readonly permission: Permission;
  readonly label: (locale: Locale) => string;
  /** The part of the installation without which the page is not offered. */
  readonly needs?: 'companyBots';
}

/** The pages of the admin area: one line each, in the order of its navigation. */
const adminPages: readonly AdminPage[] = [
  { href: '/admin/people', permission: 'users.view', label: (locale) => wordsIn(locale).peopleAdmin.people },
  { href: '/admin/settings', permission: 'tenant.edit', label: (locale) => wordsIn(locale).settings.titleCompany },
  { href: '/admin/hold-music', permission: 'tenant.edit', label: (locale) => wordsIn(locale).calls.holdMusic.title },
  { href: '/admin/import', permission: 'bulk', label: (locale) => wordsIn(locale).bulk.formTitle },
  { href: '/admin/record', permission: 'audit.view', label: (locale) => wordsIn(locale).audit.record },
  { href: '/admin/impersonations', permission: 'audit.view', label: (locale) => wordsIn(locale).audit.sessions },
  { href: '/admin/reports', permission: 'reports.view', label: (locale) => wordsIn(locale).bulk.lists },
  {
    href: '/admin/teams',
    permission: 'tenant.edit',
    label: (locale) => teamsBotWords(locale).title,
    needs: 'companyBots',
  },
];

/** The pages that this requester may open; the first is the target of “Admin”. */
export const adminPagesFor = ({ actor }: Requester, house: { readonly companyBots: boolean }): readonly AdminPage[] =>
  adminPages.filter(
    ({ permission, needs }) => hasPermission(actor, permission) && (needs === undefined || house[needs]),
  );
