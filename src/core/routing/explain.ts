import { type Locale, localeOf } from '../chat/phrasing.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId, UserId } from '../ids.js';
import { callsWhileOff } from './calls-while-off.js';
import { decide } from './decide.js';
import type { Greeting } from './decision-reason.js';
import { type DialledTarget, dialledTarget } from './dialled-target.js';
import { findCompany, findRows } from './load-rows.js';
import type { Path, PathStep } from './path.js';
import { reasonLines } from './reason-lines.js';
import type { RoutingCompany } from './routing-rows.js';

/** What would happen to a call, and why: for `explain` and `GET /api/v1/users/{id}/coverage`. */
export interface Coverage {
  readonly userId: string;
  readonly displayName: string;
  /** ISO 8601. */
  readonly at: string;
  /** What rings, in order, and how the call ends when nobody answers. */
  readonly path: readonly CoverageStep[];
  /** The same in plain steps. */
  readonly because: readonly string[];
}

type CoverageStep =
  | { readonly action: 'dial'; readonly userId?: string; readonly target: DialledTarget; readonly ringSeconds: number }
  | { readonly action: 'voicemail'; readonly mailboxUserId: string; readonly greeting: Greeting }
  /** The person is on a call, and the caller may wait. */
  | { readonly action: 'queue'; readonly userId: string; readonly maxSeconds: number }
  /** A missed call: no mailbox in this edition, or none for this person. */
  | { readonly action: 'missed' }
  /** Attendant is off for the company: the caller hears so, and the call ends. */
  | { readonly action: 'announce' };

/**
 * Where a call to this user would go at the instant `at`, worked out by the code that routes calls, from the rows as
 * they are now. 404 when there is no such user. Words in `locale`, else in the company's language.
 */
export async function coverageOf(
  deps: Deps,
  tenantId: TenantId,
  userId: UserId,
  at: Date,
  locale?: Locale,
): Promise<Coverage> {
  const company = await findCompany(deps.db, tenantId);
  const rows = await findRows(deps, company, userId, at);
  if (!rows) throw new UserError((words) => words.calls.unknownUser, 404);

  const path = decide(rows, at);
  const language = locale ?? localeOf(company.language);
  const common = { userId, displayName: path.asked.name, at: at.toISOString() };
  if (!company.enabled) return { ...common, ...(await coverageWhileOff(deps, company, language)) };
  return {
    ...common,
    path: coverageSteps(path, company),
    because: reasonLines(rows, path.end.because, language),
  };
}

async function coverageWhileOff(
  deps: Deps,
  company: RoutingCompany,
  language: Locale,
): Promise<Pick<Coverage, 'path' | 'because'>> {
  const { number, because } = await callsWhileOff(deps, company, language);
  const { ringSeconds } = company;
  const rings: readonly CoverageStep[] =
    number === undefined
      ? []
      : [{ action: 'dial', target: { kind: 'number', e164: number, confirm: false }, ringSeconds }];
  return { path: [...rings, { action: 'announce' }], because };
}

/** A path as one list: the person’s own phones, the wait for them, other phones, the end. */
function coverageSteps({ asked, steps, wait, end }: Path, { ringSeconds }: RoutingCompany): readonly CoverageStep[] {
  const dial = ({ userId, target }: PathStep): CoverageStep => ({
    action: 'dial',
    ...(userId ? { userId } : {}),
    target: dialledTarget(target),
    ringSeconds,
  });
  return [
    ...steps.filter(({ hop }) => hop === 0).map(dial),
    ...(wait ? [{ action: 'queue', userId: asked.id, maxSeconds: wait.maxSeconds } as const] : []),
    ...steps.filter(({ hop }) => hop > 0).map(dial),
    end.kind === 'voicemail'
      ? { action: 'voicemail', mailboxUserId: asked.id, greeting: end.greeting }
      : { action: 'missed' },
  ];
}
