import { asId, type UserId } from '../../src/core/ids.js';
import type { RoutingCompany, RoutingPerson } from '../../src/core/routing/routing-rows.js';

/** A company with the schema's defaults, except for the given values. */
export const routingCompany = (differs: Partial<RoutingCompany> = {}): RoutingCompany => ({
  id: 'maple',
  name: 'Maple & Co',
  enabled: true,
  edition: 'attendant_plus',
  language: 'en',
  timeZone: 'America/Toronto',
  country: 'CA',
  allowedCountries: [],
  mainNumbers: [],
  operatorId: null,
  generalMailboxId: null,
  outOfOfficeEnabled: true,
  backupCountsAtOnce: true,
  ringSeconds: 20,
  maxMessageSeconds: 180,
  stalePresenceMinutes: 480,
  holidays: [],
  speechEnabled: true,
  agentSipTemplate: 'sip:{agentId}@agents.invalid',
  deskPhones: false,
  accessNumber: null,
  otherLanguageNumbers: [],
  languageKey: false,
  ...differs,
});

/** A business user without a number, except for the given values. */
export const routingPerson = (id: string, differs: Partial<RoutingPerson> = {}): RoutingPerson => ({
  id: asId<UserId>(id),
  name: id,
  userType: 'business',
  access: 'attendant_only',
  language: 'en',
  timeZone: 'America/Toronto',
  hours: '',
  personalQueue: false,
  queueSeconds: 120,
  directVoicemailTransfer: false,
  urgentAllowed: true,
  agentId: null,
  agentNumberComesBack: false,
  extension: null,
  personalNumber: null,
  numberComesBack: false,
  defaultBackupId: null,
  ...differs,
});
