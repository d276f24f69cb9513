import type { Prisma } from '../../src/generated/prisma/client.js';

/**
 * The people of a test company, by the name that stories use: two languages, all four types, a person hidden from the
 * directory, a person without access, a person whose name needs escaping.
 */
export const people = {
  ada: { firstName: 'Ada', lastName: 'Roy', role: 'admin', title: 'Office manager', extension: '100' },
  ann: {
    firstName: 'Ann',
    lastName: 'Baker',
    title: 'Sales',
    extension: '101',
    did: '+14165550101',
    personalNumber: '+14165550191',
  },
  bo: { firstName: 'Bo', lastName: 'Chen', title: 'Sales', extension: '102', personalNumber: '+14165550192' },
  cleo: {
    firstName: 'Cléo',
    lastName: 'Dubois',
    title: 'Soutien',
    userType: 'agent',
    access: 'attendant_with_acd',
    extension: '103',
    agentId: 'agent-103',
    language: 'fr',
    timeZone: 'America/Montreal',
  },
  dan: {
    firstName: 'Dan',
    lastName: 'O’Neil',
    title: 'Support',
    userType: 'rollover',
    access: 'attendant_with_acd',
    extension: '104',
    agentId: 'agent-104',
    personalNumber: '+14165550194',
  },
  eve: { firstName: 'Ève', lastName: 'Müller', title: 'Ventes', role: 'manager', extension: '0105', language: 'fr' },
  zoe: { firstName: 'Zoë', lastName: 'Quiet', title: 'Board', extension: '107', inDirectory: false },
  nil: { firstName: 'Nil', lastName: 'Access', title: 'Night watch', access: 'none' },
  box: { firstName: 'General', lastName: 'Mailbox', userType: 'general_voicemail', extension: '199' },
} satisfies Record<string, Omit<Prisma.UserUncheckedCreateInput, 'tenantId' | 'username' | 'email'>>;

export type PersonName = keyof typeof people;
