import { installationActor } from '../../src/core/chat/actor.js';
import { hashPin } from '../../src/core/people/pin.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import type { CallStep, SimulatedCall } from '../../src/phone/simulator/call.types.js';
import { wav } from './audio.js';
import type { CompanyOptions, Person } from './company.js';
import { type PhoneCompany, phoneCompany } from './phone.js';

/** The number of the phone menu. */
export const accessNumber = '+14165550188';
/** Ann's PIN. */
export const annsPin = '4826';

/** A company with an access number, in which Ann has a PIN; and a caller who keys. */
export interface MenuCompany extends PhoneCompany {
  /** Call the access number and key this, one text for each question. */
  dial(keys?: readonly string[], from?: string): Promise<SimulatedCall>;
  /** Key this, one text for each question. */
  key(call: SimulatedCall, ...keys: readonly string[]): Promise<SimulatedCall>;
  /** Leave a message in Ann's mailbox. */
  message(seconds: number, from?: { readonly ani?: string; readonly callerName?: string }): Promise<string>;
  givePin(person: Person, pin: string): Promise<void>;
}

/** Create it; removed at the end of the test file. */
export async function menuCompany(options: CompanyOptions = {}): Promise<MenuCompany> {
  const phone = await phoneCompany({ annIsOut: false, ...options, tenant: { accessNumber, ...options.tenant } });
  const { company, deps, provider } = phone;
  let count = 0;
  const key: MenuCompany['key'] = async (call, ...keys) => {
    let now = call;
    for (const one of keys) now = await provider.phone.press(now.id, one);
    return now;
  };
  const givePin: MenuCompany['givePin'] = async (person, pin) => {
    await company.db.user.update({ where: { id: person.id }, data: { pinHash: await hashPin(pin) } });
  };
  await givePin(company.ann, annsPin);
  return {
    ...phone,
    key,
    givePin,
    async dial(keys = [], from = '+15145550123') {
      return key(await provider.phone.start({ from, to: accessNumber }), ...keys);
    },
    async message(seconds, { ani = '+15145550166', callerName = 'Marie Roy' } = {}) {
      count += 1;
      company.clock.forward({ seconds: 1 });
      const { id } = await receiveVoicemail(deps, installationActor(company.tenantId, 'api'), {
        ...{ sourceId: `message-${count}`, mailbox: { userId: company.ann.id }, audio: wav(seconds), ani, callerName },
        receivedAt: company.clock.now(),
      });
      return id;
    },
  };
}

/** What was said to the caller since the last key, in one text. */
export function lastSaid({ heard }: SimulatedCall): string {
  const from = heard.findLastIndex(({ kind }) => kind === 'pressed' || kind === 'recorded');
  return saidIn(heard.slice(from + 1));
}

/** All that was said to the caller. */
export const allSaid = ({ heard }: SimulatedCall): string => saidIn(heard);

/** How many seconds of audio were played since the last key. */
export function lastPlayed({ heard }: SimulatedCall): readonly number[] {
  const from = heard.findLastIndex(({ kind }) => kind === 'pressed' || kind === 'recorded');
  return heard.slice(from + 1).flatMap((step) => (step.kind === 'played' ? [Math.round(step.durationSeconds)] : []));
}

const saidIn = (steps: readonly CallStep[]): string =>
  steps.flatMap((step) => (step.kind === 'said' ? [step.text] : [])).join(' ');
