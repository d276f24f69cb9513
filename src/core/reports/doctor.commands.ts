import { defineCommand, type ViewExample } from '../chat/define-handler.js';
import { doctorCard } from './doctor.views.js';
import { findUnreachable, type UnreachablePerson } from './unreachable-people.js';

/** `doctor`: the people whom no notice reaches, for those who may read reports. */
export const doctorCommand = defineCommand({
  word: 'doctor',
  also: ['check'],
  french: ['diagnostic'],
  permission: 'reports.view',
  readOnly: true,
  help: ({ doctor }) => ({ what: doctor.what, example: doctor.example }),
  run: async (deps, { reader, tenant }) => ({
    kind: 'say',
    card: doctorCard(reader, await findUnreachable(deps, tenant.id)),
  }),
});

const example: UnreachablePerson = {
  username: 'zoe',
  displayName: 'Zoë-Marguerite <b>D’Aubigné</b> *van* der Straeten محمد 👩🏽‍💻',
  why: 'refused',
  detail: 'slack: account_inactive',
  mail: 'off and unwanted',
};

/** The cards of `doctor`. */
export const doctorExamples: readonly ViewExample[] = [
  {
    name: 'doctor',
    view: (locale) =>
      doctorCard(
        { locale, timeZone: 'UTC', now: new Date('2026-11-23T14:45:00Z') },
        Array.from({ length: 40 }, () => example),
      ),
  },
  {
    name: 'doctor: nobody',
    view: (locale) => doctorCard({ locale, timeZone: 'UTC', now: new Date('2026-11-23T14:45:00Z') }, []),
  },
];
