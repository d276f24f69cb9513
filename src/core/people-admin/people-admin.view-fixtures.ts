import type { ViewExample } from '../chat/define-handler.js';
import type { Locale, Reader } from '../chat/phrasing.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { bulkForm, changeCard, previewCard } from './bulk/people-change.views.js';
import { deactivationForm } from './deactivation.views.js';
import { findPeopleForm, peopleCard, personAdminCard, pinResetCard } from './people-admin.views.js';
import type { ListedPerson } from './people-list.types.js';
import type { KnownValues } from './person-fields.js';
import { personForm } from './person-form.views.js';

const reader = (locale: Locale): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T15:00:00Z'),
});
const id = asId<UserId>('00000000-0000-7000-8000-000000000001');
const longName = 'Maximiliane-Charlotte von und zu Wolkenstein-Trostburg de la Bruère-Champagny';

const listed: ListedPerson = {
  id,
  displayName: longName,
  username: 'maximiliane.charlotte',
  email: 'maximiliane.charlotte@maple.example',
  title: 'Head of everything that nobody else does',
  team: 'Montréal',
  userType: 'rollover',
  access: 'none',
  role: 'manager',
  extension: '0105',
  did: '+14165550105',
  isOut: true,
};
const person: KnownValues = {
  id,
  updatedAt: new Date('2026-11-23T14:00:00Z'),
  username: 'maximiliane.charlotte',
  email: 'maximiliane.charlotte@maple.example',
  firstName: 'Maximiliane-Charlotte',
  lastName: 'von und zu Wolkenstein-Trostburg',
  title: 'Head of everything',
  userType: 'rollover',
  access: 'attendant_with_acd',
  role: 'manager',
  extension: '0105',
  did: '+14165550105',
  personalNumber: '+14165550195',
  agentId: 'agent-105',
  inDirectory: true,
  defaultBackupId: null,
  notificationType: null,
  directVoicemailTransfer: null,
  language: 'fr',
  timeZone: 'America/Montreal',
  forwardingAllowed: true,
  appAllowed: true,
  aliases: ['Max', 'Charlie'],
  phoneticName: 'Max-ee-mill-yan',
  pinHash: '…',
};
const shown = { person, team: 'Montréal', backup: longName, isOut: true };
const all = { mayEdit: true, isPlus: true };
const formModel = {
  person: {
    id,
    displayName: longName,
    username: person.username,
    hasPin: true,
    updatedAt: '2026-11-23T14:00:00.000Z',
  },
  cells: { firstName: 'Maximiliane', email: person.email, userType: 'rollover', access: 'none', role: 'manager' },
  backup: { value: id, label: 'Bo Chen (Sales)' },
  isPlus: true,
  country: 'CA',
  nextExtension: '201',
  nextDid: '+14165550188',
};

/** Every view of this feature, for the contract tests. */
export const peopleAdminExamples: readonly ViewExample[] = [
  {
    name: 'people',
    view: (locale) =>
      peopleCard(
        reader(locale),
        { country: 'CA', isPlus: true },
        { search: 'max', condition: 'no-backup', type: 'rollover', team: 'Montréal' },
        { people: Array.from({ length: 4 }, () => listed), total: 12_345, hasEarlier: false, hasLater: true },
      ),
  },
  {
    name: 'people, nobody',
    view: (locale) =>
      peopleCard(
        reader(locale),
        { country: 'CA', isPlus: true },
        {},
        { people: [], total: 0, hasEarlier: false, hasLater: false },
      ),
  },
  { name: 'people, search', view: (locale) => findPeopleForm(reader(locale), { search: 'max', type: 'agent' }, true) },
  { name: 'person, to an admin', view: (locale) => personAdminCard(reader(locale), 'CA', shown, all, ['Saved.']) },
  {
    name: 'person without access, to an admin',
    view: (locale) => personAdminCard(reader(locale), 'CA', { ...shown, person: { ...person, access: 'none' } }, all),
  },
  {
    name: 'person, to a manager',
    view: (locale) => personAdminCard(reader(locale), 'CA', shown, { mayEdit: false, isPlus: false }),
  },
  { name: 'person, form', view: (locale) => personForm(reader(locale), formModel) },
  {
    name: 'person, form of a new one',
    view: (locale) =>
      personForm(reader(locale), {
        ...formModel,
        person: undefined,
        backup: undefined,
        isPlus: false,
        nextExtension: undefined,
        nextDid: undefined,
      }),
  },
  {
    name: 'deactivation',
    view: (locale) =>
      deactivationForm(
        reader(locale),
        {
          person: {
            ...{ id, tenantId: asId<TenantId>(id), displayName: longName, firstName: '', lastName: longName },
            ...{ email: '', title: '', team: '', userType: 'business', access: 'attendant_only', inDirectory: true },
            ...{ extension: asId('0105'), did: asId('+14165550105'), personalNumber: undefined, agentId: undefined },
            defaultBackupId: undefined,
          },
          kept: ['0105'],
          released: ['+14165550105'],
          backupOf: { names: Array.from({ length: 10 }, () => longName), total: 312 },
          covers: ['Bo Chen', 'Cléo Dubois'],
          openVoicemails: 17,
        },
        { isPlus: true, country: 'CA' },
      ),
  },
  {
    name: 'change of many',
    view: (locale) => bulkForm(reader(locale), { type: 'agent', team: 'Montréal' }, { total: 12_345, isPlus: true }),
  },
  {
    name: 'change of many, preview',
    view: (locale) =>
      previewCard(
        reader(locale),
        { type: 'agent', team: 'Montréal', search: 'x'.repeat(200) },
        {
          ...{ userType: 'agent', access: 'none', role: 'member', inDirectory: 'yes', appAccess: 'no', language: '-' },
          ...{ notificationType: 'app_only', directVoicemailTransfer: '-', forwarding: 'no', defaultBackup: id },
        },
        longName,
        {
          ...{ total: 12_345, willChange: 12_000, unchanged: 340, refused: 5 },
          examples: Array.from({ length: 5 }, () => ({ name: longName, why: 'because '.repeat(20) })),
        },
      ),
  },
  ...(['waiting', 'done', 'failed'] as const).map(
    (status): ViewExample => ({
      name: `change of many, ${status}`,
      view: (locale) =>
        changeCard(
          reader(locale),
          {
            ...{ id, tenantId: asId<TenantId>(id), byUserId: id, language: locale, filter: {}, values: {}, status },
            ...{ revertsId: null, total: 3000, doneAt: new Date('2026-11-23T14:00:00Z'), isReverted: false },
            counts: { updated: 1200, unchanged: 300, refused: 12, kept: 7 },
          },
          {
            revertible: status === 'done' ? new Date('2026-11-24T14:00:00Z') : undefined,
            resultUrl: `https://attendant.example/admin/people/changes/${id}`,
          },
        ),
    }),
  ),
  { name: 'PIN reset', view: (locale) => pinResetCard(reader(locale)) },
];
