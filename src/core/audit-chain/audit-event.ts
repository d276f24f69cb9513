import { createHash } from 'node:crypto';
import { type AuditKey, keyedHash } from './audit-key.js';

/**
 * Everything that can change, in one closed list: a change without an event here does not compile. `before` and `after`
 * hold only the changed values, never a PIN, a transcript or audio.
 */
export const auditEvents = [
  'out-of-office.set',
  'out-of-office.changed',
  'out-of-office.ended',
  'out-of-office.cancelled',
  'out-of-office.backup-answered',
  'out-of-office.decline-explained',
  'voicemail.received',
  'voicemail.given-up',
  'voicemail.heard',
  'voicemail.played',
  'voicemail.handled',
  'voicemail.reopened',
  'voicemail.forward-asked',
  'voicemail.forwarded',
  'voicemail.forward-failed',
  'voicemail.export-asked',
  'voicemail.exported',
  'voicemail.export-failed',
  'voicemail.deleted',
  'voicemail.restored',
  'caller.blocked',
  'caller.unblocked',
  'voicemail.handed-over',
  'voicemail.purged',
  'voicemail.expiry-announced',
  'voicemail.link-refused',
  'voicemail.link-revoked',
  'voicemail.claimed',
  'voicemail.released',
  'voicemail.claim-handed-over',
  'voicemail.promised',
  'voicemail.reminded',
  'voicemail.transcribed',
  'mailbox.member-set',
  'mailbox.nearly-full',
  'mailbox.full',
  'mailbox.member-removed',
  'greeting.set',
  'greeting.removed',
  'hold-music.set',
  'hold-music.removed',
  'impersonation.started',
  'impersonation.ended',
  'account.linked',
  'account.link-asked',
  'account.link-refused',
  'account.unlinked',
  'account.locale-set',
  'user.created',
  'user.updated',
  'user.removed',
  'user.backup-set',
  'user.presence-set',
  'import.applied',
  'import.stopped',
  'import.reverted',
  'people.change-asked',
  'people.change-ended',
  'people.revert-asked',
  'tenant.created',
  'tenant.updated',
  'workspace.adopted',
  'workspace.code-made',
  'workspace.removed',
  'teams-bot.set',
  'teams-bot.removed',
  'members.read',
  'members.refresh-asked',
  'members.bring-in-asked',
  'members.bring-in-failed',
  'members.kept',
  'members.left-out',
  'api-key.created',
  'api-key.revoked',
  'call.started',
  'call.ended',
  'call.transferred',
  'call.requested',
  'call.request-ended',
  'phone.signed-in',
  'phone.sign-in-failed',
  'phone.locked',
  'session.link-made',
  'session.signed-in',
  'session.signed-out',
  'access.ended',
  'setting.changed',
  'company.closed',
  'company.opened',
  'audit.sealed',
] as const;

/** The name of an event in the audit. */
export type AuditEventName = (typeof auditEvents)[number];

/** The first part of an event’s name: the feature. */
export type AuditEventGroup = GroupOf<AuditEventName>;
type GroupOf<Name> = Name extends `${infer Group}.${string}` ? Group : never;

/** What a change did, for its audit line. */
export interface AuditEvent {
  readonly event: AuditEventName;
  /** The subject of the event: a user, a voicemail, a period. */
  readonly subjectId?: string;
  readonly before?: AuditFacts;
  readonly after?: AuditFacts;
}

/** Values of an audit line. */
export type AuditFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** A line as it is hashed: all of its stored columns except the hash itself. */
export interface AuditLineContent {
  readonly tenantId: string;
  readonly seq: number;
  readonly at: Date;
  readonly actorId: string | null;
  readonly via: string;
  readonly impersonatorId: string | null;
  readonly sessionId: string | null;
  readonly reason: string | null;
  readonly event: string;
  readonly subjectId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly previousHash: string;
}

/** The previous hash of the first line. */
export const genesisHash = '0'.repeat(64);

/** The parts of a line that are known before its place in the chain is. */
export type AuditContent = Omit<AuditLineContent, 'seq' | 'previousHash'>;

/**
 * Return the SHA-256, in hex, of a line's content with its keys sorted, so that a JSON column's own order does not
 * matter.
 */
export const digestOf = (content: AuditContent): string =>
  sha256(JSON.stringify(sorted({ ...content, at: content.at.toISOString() })));

/**
 * Return the hash, in hex, of a line's place in the chain and its digest: HMAC with the audit key. Without a key it is
 * the plain SHA-256 of lines written before migration 0018. `linkedLines` has PostgreSQL compute the same.
 */
export function hashOf({ seq, previousHash, ...content }: AuditLineContent, key: AuditKey | undefined): string {
  const text = `${previousHash} ${seq} ${digestOf(content)}`;
  return key ? keyedHash(key, text) : sha256(text);
}

/** The end of a chain as AuditHead stores it. */
export interface AuditHead {
  readonly tenantId: string;
  readonly seq: number;
  readonly hash: string;
  readonly unkeyedSeq: number;
}

/** Return the MAC of a head; `linkedLines` has PostgreSQL compute the same. */
export const macOf = ({ tenantId, seq, hash, unkeyedSeq }: AuditHead, key: AuditKey): string =>
  keyedHash(key, `end ${tenantId} ${seq} ${hash} ${unkeyedSeq}`);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
