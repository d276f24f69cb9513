import { defineSetting } from '../settings/setting.js';
import { yesNo } from '../settings/value-types.js';

/** Settings of what people learn about impersonation. */
export const impersonationSettings = [
  defineSetting({
    key: 'impersonationNotice',
    kind: 'tenant',
    group: 'privacy',
    type: yesNo,
    default: true,
    words: {
      en: {
        label: 'People are told of impersonation',
        hint: 'Are people told when an admin begins and ends acting as them? It is on record either way.',
      },
      fr: {
        label: 'Avis de prise d’identité',
        hint: 'Annonce-t-on à une personne qu’un admin agit en son nom ? C’est consigné dans tous les cas.',
      },
    },
  }),
] as const;
