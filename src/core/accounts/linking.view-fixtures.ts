import type { ViewExample } from '../chat/define-handler.js';
import {
  linkedCard,
  linkForm,
  type ShownRequest,
  unknownAccountCard,
  welcomeCard,
  workspaceCodeCard,
} from './linking.views.js';

const request: ShownRequest = {
  id: '0198c0de-0000-7000-8000-000000000004',
  displayName: 'guest <@U123> *star* شخص 🧙',
  email: 'no.body+tag@elsewhere.example',
  status: 'waiting',
  person: 'Bo <Chen>',
};

/** Every view of account linking, with awkward words. */
export const linkingExamples: readonly ViewExample[] = [
  ...(['waiting', 'confirmed', 'refused'] as const).map((status) => ({
    name: `account: ${status}`,
    view: (locale: 'en' | 'fr') => unknownAccountCard(locale, { ...request, status }),
  })),
  { name: 'account: form', view: (locale) => linkForm(locale, request) },
  { name: 'account: linked', view: (locale) => linkedCard(locale, 'Bo <Chen> *x*') },
  { name: 'welcome', view: (locale) => welcomeCard(locale, { prefix: '/attendant ' }) },
  { name: 'welcome, not connected yet', view: (locale) => welcomeCard(locale, { refusal: 'Not <yet> *connected*.' }) },
  { name: 'workspace code', view: (locale) => workspaceCodeCard(locale, 'ABCD-EFGH-JKLM-NPQR', 15) },
];
