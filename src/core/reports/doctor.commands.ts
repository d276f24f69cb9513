import { defineCommand, type ViewExample } from '../chat/define-handler.js';
import { doctorCard, mostShown } from './doctor.views.js';
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
    const [total, people] = await Promise.all([
      countUnreachable(deps, tenant.id),
      unreachableAfter(deps, tenant.id, { after: '', most: mostShown }),
    ]);
    return { kind: 'say', card: doctorCard(reader, { total, people }) };
  },
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
        { total: 40, people: Array.from({ length: mostShown }, () => example) },
      ),
  },
  {
    name: 'doctor: nobody',
    view: (locale) =>
      doctorCard({ locale, timeZone: 'UTC', now: new Date('2026-11-23T14:45:00Z') }, { total: 0, people: [] }),
  },
];
