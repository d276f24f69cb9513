import { defineCommand, type ViewExample } from '../chat/define-handler.js';
import { doctorCard, mostShown } from './doctor.views.js';
import { type FailureCause, failureCauses } from './failed-deliveries.js';
import { countUnreachable, type UnreachablePerson, unreachableAfter } from './unreachable-people.js';

/** `doctor`: the people whom no notice reaches, for those who may read reports. */
export const doctorCommand = defineCommand({
  word: 'doctor',
  also: ['check'],
  french: ['diagnostic'],
  permission: 'reports.view',
  readOnly: true,
  help: ({ doctor }) => ({ what: doctor.what, example: doctor.example }),
  async run(deps, { reader, tenant }) {
    const [total, people, causes] = await Promise.all([
      countUnreachable(deps, tenant.id),
      unreachableAfter(deps, tenant.id, { after: '', most: mostShown }),
      failureCauses(deps, tenant.id),
    ]);
    return { kind: 'say', card: doctorCard(reader, { total, people, causes }) };
  },
});

const example: UnreachablePerson = {
  username: 'zoe',
  displayName: 'Zoë-Marguerite <b>D’Aubigné</b> *van* der Straeten محمد 👩🏽‍💻',
  why: 'refused',
  detail: 'slack: account_inactive',
  mail: 'off and unwanted',
};

const causes: readonly FailureCause[] = [
  { platform: 'slack', why: 'account_inactive', people: Array.from({ length: 40 }, () => example.displayName) },
  { platform: 'mail', why: '550 5.1.1 <b>No such user</b>', people: ['Bo'] },
];

/** The cards of `doctor`. */
export const doctorExamples: readonly ViewExample[] = [
  {
    name: 'doctor',
    view: (locale) =>
      doctorCard(
        { locale, timeZone: 'UTC', now: new Date('2026-11-23T14:45:00Z') },
        { total: 40, people: Array.from({ length: mostShown }, () => example), causes },
      ),
  },
  {
    name: 'doctor: nobody',
    view: (locale) =>
      doctorCard(
        { locale, timeZone: 'UTC', now: new Date('2026-11-23T14:45:00Z') },
        { total: 0, people: [], causes: [] },
      ),
  },
];
