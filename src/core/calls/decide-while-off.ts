import type { Locale } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { callsWhileOff } from '../routing/calls-while-off.js';
import type { RoutingCompany } from '../routing/routing-rows.js';
import type { Leg } from './calls.store.js';
import type { NextDecision } from './connect-callee.js';

/**
 * Decide on a call while Attendant is off for the company, since before the call or since then: its number rings once,
 * then the caller hears an end. Nothing else counts.
 */
export async function decideWhileOff(
  deps: Deps,
  company: RoutingCompany,
  language: Locale,
  { legs, because }: { readonly legs: readonly Leg[]; readonly because: readonly string[] } = { legs: [], because: [] },
): Promise<NextDecision> {
  const words = wordsIn(language).calls;
  const off = await callsWhileOff(deps, company, language);
  const why = [...because, ...off.because];
  const rang = off.number !== undefined && legs.some((leg) => hasRung(leg, off.number));
  if (off.number !== undefined && !rang) {
    const target = { kind: 'number', e164: off.number, confirm: false } as const;
    return { action: 'dial', target, ringSeconds: company.ringSeconds, because: why, language };
  }
  const prompt = off.announcement ?? (rang ? words.nobodyNow : words.outOfService);
  return { action: 'announce', prompt, because: why, language };
}

const hasRung = ({ decision }: Leg, e164: string | undefined): boolean =>
  decision.action === 'dial' && decision.target.kind === 'number' && decision.target.e164 === e164;
