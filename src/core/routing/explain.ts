import { type Locale, localeOf } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId, UserId } from '../ids.js';
import { decide } from './decide.js';
import type { Greeting } from './decision-reason.js';
import { type DialledTarget, dialledTarget } from './dialled-target.js';
import { findCompany, findRows } from './load-rows.js';
import { reasonLines } from './reason-lines.js';

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
  /** A missed call: no mailbox in this edition, or none for this person. */
  | { readonly action: 'missed' };

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

  const { asked, steps, end } = decide(rows, at);
  const rings = steps.map(
    (step): CoverageStep => ({
      action: 'dial',
      ...(step.userId ? { userId: step.userId } : {}),
      target: dialledTarget(step.target),
      ringSeconds: company.ringSeconds,
    }),
  );
  const last: CoverageStep =
    end.kind === 'voicemail'
      ? { action: 'voicemail', mailboxUserId: asked.id, greeting: end.greeting }
      : { action: 'missed' };
  return {
    userId,
    displayName: asked.name,
    at: at.toISOString(),
    path: [...rings, last],
    because: reasonLines(rows, end.because, wordsIn(locale ?? localeOf(company.language)).routing),
  };
}
