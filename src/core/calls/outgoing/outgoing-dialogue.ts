import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import { type Locale, localeOf } from '../../chat/phrasing.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { TenantId } from '../../ids.js';
import { findUser, namesOf } from '../../people/index.js';
import { mayBeDialled } from '../../phone-number.js';
import { findCompany, findRows } from '../../routing/load-rows.js';
import { longestSeconds, shortestGreetingSeconds } from '../../voicemail/greetings/greeting-kind.js';
import type { ProviderRecording } from '../../voicemail/ports.js';
import { spokenNumber } from '../phone-menu/spoken-values.js';
import { noteProgress } from './advance-call.js';
import type { OutgoingCall } from './outgoing-call.types.js';
import { findOutgoing, moveOn, setRecording } from './outgoing-calls.store.js';
import { endCallFor, mayStillCall, showChange, shownNumber } from './request-call.js';

/** What somebody hears next whom the system has rung. */
export type OutgoingStep = { readonly language: Locale } & (
  | { readonly kind: 'over'; readonly text: string }
  /** One key is awaited. `plays`: what they recorded is played first. */
  | {
      readonly kind: 'ask';
      readonly asks: 'confirm' | 'review';
      readonly prompt: string;
      readonly plays?: ProviderRecording;
    }
  | { readonly kind: 'record'; readonly prompt: string; readonly maxSeconds: number; readonly silenceSeconds: number }
  /** `shown`: the number that the other phone shows. `maxSeconds`: how long the two may talk. */
  | {
      readonly kind: 'connect';
      readonly prompt: string;
      readonly number: string;
      readonly shown: string;
      readonly maxSeconds: number;
    }
);

/** What has just happened on the line. */
export type OutgoingEvent =
  | { readonly kind: 'answered' }
  /** `silences`: how often no key was pressed before. */
  | { readonly kind: 'key'; readonly asked: 'confirm' | 'review'; readonly key: string; readonly silences: number }
  | {
      readonly kind: 'recorded';
      readonly recording: ProviderRecording | undefined;
      readonly durationSeconds: number | undefined;
    };

/** A pause of this length ends what somebody says. */
const silenceSeconds = 5;
/** The company pays for both legs; a line that nobody hangs up must end. */
const longestTalkSeconds = 2 * 3600;

/** Decide what the person hears whom the system has rung. Nothing is recorded before they pressed a key. */
export async function continueOutgoing(
  deps: Deps,
  tenantId: TenantId,
  outgoingId: string,
  event: OutgoingEvent,
): Promise<OutgoingStep> {
  const call = await findOutgoing(deps.db, outgoingId, tenantId);
  if (!call) throw new UserError((words) => words.calls.unknownCall, 404);
  const company = await findCompany(deps.db, tenantId);
  const rows = await findRows(deps, company, call.userId, deps.clock.now());
  const language = localeOf(rows?.people.get(call.userId)?.language);
  const words = wordsIn(language).calls.outgoing;
  const over = { kind: 'over', language, text: wordsIn(language).calls.goodbye } as const;
  if (event.kind === 'answered') await noteProgress(deps, call, 'answered');

  const isAllowed = await mayStillCall(deps, call);
  const now = event.kind === 'answered' ? await findOutgoing(deps.db, outgoingId, tenantId) : call;
  if (now?.status === 'done' && now.subject.purpose === 'call-back')
    // The provider repeats the post of the key; its first answer may not have reached it.
    return isAllowed && event.kind === 'key' && event.key === '1' ? connection(now.subject.connectsTo) : over;
  if (now?.status === 'keeping' || now?.status === 'done') return { ...over, text: words.kept };
  if (now?.status !== 'answered' || !isAllowed) return over;

  switch (event.kind) {
    case 'answered':
      return { kind: 'ask', asks: 'confirm', prompt: await confirmation(), language };
    case 'recorded': {
      const { recording, durationSeconds } = event;
      const isEmpty = durationSeconds !== undefined && durationSeconds < shortestGreetingSeconds;
      if (!recording || isEmpty) return record(words.heardNothing);
      await setRecording(deps.db, call.id, recording);
      return { kind: 'ask', asks: 'review', plays: recording, prompt: words.review, language };
    }
    case 'key':
      if (event.key === '' && event.silences > 0) return over;
      return event.asked === 'confirm' ? confirmed(event.key) : reviewed(event.key);
    default:
      return event satisfies never;
  }

  async function confirmation(): Promise<string> {
    const { subject } = now as OutgoingCall;
    const me = await findUser(deps.db, tenantId, call?.userId ?? '');
    const name = me?.displayName ?? '';
    if (subject.purpose === 'call-back')
      return words.confirmCallBack(name, spokenNumber(subject.connectsTo, company.country));
    const kind = wordsIn(language).greetings.kind[subject.greeting];
    if (subject.mailboxUserId === call?.userId) return words.confirm(company.name, name, kind);
    const names = await namesOf(deps.db, tenantId, [subject.mailboxUserId]);
    return words.confirmFor(company.name, name, kind, names.get(subject.mailboxUserId) ?? '');
  }

  async function confirmed(key: string): Promise<OutgoingStep> {
    const { subject } = now as OutgoingCall;
    if (key === '') return { kind: 'ask', asks: 'confirm', prompt: await confirmation(), language };
    if (key !== '1') return over;
    if (subject.purpose === 'greeting') return record(words.speak);
    const step = connection(subject.connectsTo);
    if (step.kind !== 'connect') return step;
    const actor = installationActor(tenantId, 'phone');
    await endCallFor(deps, actor, now as OutgoingCall, { from: ['answered'], status: 'done' });
    return step;
  }

  function connection(number: string): OutgoingStep {
    const shown = shownNumber(company);
    if (!shown || !mayBeDialled(number, company)) return { ...over, text: words.cannotConnect };
    return { kind: 'connect', prompt: words.connecting, number, shown, maxSeconds: longestTalkSeconds, language };
  }

  function record(prompt: string): OutgoingStep {
    const { subject } = now as OutgoingCall;
    if (subject.purpose !== 'greeting') return over;
    return { kind: 'record', prompt, maxSeconds: longestSeconds(subject.greeting), silenceSeconds, language };
  }

  async function reviewed(key: string): Promise<OutgoingStep> {
    const current = now as OutgoingCall;
    if (key === '3') return record(words.speak);
    if (!current.recording) return record(words.speak);
    if (key !== '1')
      return {
        ...{ kind: 'ask', asks: 'review', prompt: words.review, language },
        ...(key === '2' ? { plays: current.recording } : {}),
      };
    await change(deps, installationActor(tenantId, 'phone'), async (change) => {
      if (
        !(await moveOn(change.db, deps.clock, current.id, { from: ['answered'], status: 'keeping', dueInSeconds: 0 }))
      )
        return;
      change.enqueue({ name: 'calls.outgoing', payload: { outgoingId: current.id } });
      await showChange(change, current);
    });
    return { ...over, text: words.kept };
  }
}
