import type { PersonActor } from '../chat/actor.js';
import { type Locale, localeOf } from '../chat/phrasing.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { asId, isUuid, type TenantId, type UserId } from '../ids.js';
import { findUser } from '../people/index.js';
import { hasAccess } from '../people/person.js';
import { changeSetting } from '../settings/change-setting.js';
import { effective } from '../settings/why.js';
import { readSignedText, signText } from '../signed-token.js';
import { type UnsubscribeFrom, unsubscribable } from './define-notice.js';

/*
 * The link in an e-mail that stops e-mails of its kind without signing in (RFC 8058). It is signed for one person and one
 * setting, and can do nothing else. It does not expire: an old e-mail can still be stopped.
 */

const purpose = 'unsubscribe';
/** Two ids, a key and a signature are shorter. */
const longestToken = 250;

/** What a link stops, and for whom. */
export interface Unsubscription {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly from: UnsubscribeFrom;
  readonly email: string;
  readonly locale: Locale;
}

/** Return the address at which this person stops e-mails of this kind. */
export function unsubscribeUrl(
  deps: Pick<Deps, 'publicUrl' | 'secret'>,
  { tenantId, userId, from }: Pick<Unsubscription, 'tenantId' | 'userId' | 'from'>,
): string {
  return `${deps.publicUrl}/unsubscribe/${signText(deps.secret, purpose, `${tenantId}.${userId}.${from}`)}`;
}

/** Return what a link stops. Throws UserError (404) for an altered link, and for a person who is gone. */
export async function readUnsubscribeLink(deps: Deps, token: string): Promise<Unsubscription> {
  const text = token.length <= longestToken ? readSignedText(deps.secret, purpose, token) : undefined;
  const [tenant = '', user = '', key] = text?.split('.') ?? [];
  const from = unsubscribable.find((one) => one === key);
  if (!from || !isUuid(tenant) || !isUuid(user)) throw badLink();
  const tenantId = asId<TenantId>(tenant);
  const userId = asId<UserId>(user);
  const person = await findUser(deps.db, tenantId, userId);
  if (!person || !hasAccess(person)) throw badLink();
  const locale = localeOf(await effective(deps, { tenantId, userId }, 'language'));
  return { tenantId, userId, from, email: person.email, locale };
}

/**
 * Stop the e-mails of a link. Idempotent. Throws UserError as `readUnsubscribeLink` does, and if nobody could hear the
 * person's messages any more (422).
 */
export async function unsubscribe(deps: Deps, token: string): Promise<Unsubscription> {
  const link = await readUnsubscribeLink(deps, token);
  const { tenantId, userId, from: key } = link;
  // The link's holder acts as its person, with no more than their own rights.
  const actor: PersonActor = { kind: 'self', tenantId, userId, role: 'member', via: 'mail' };
  await changeSetting(deps, actor, { userId, key }, await valueWithoutMail(deps, link));
  return link;
}

async function valueWithoutMail(deps: Deps, { from, ...subject }: Unsubscription): Promise<string> {
  switch (from) {
    case 'notificationType':
      return 'app_only';
    case 'digest':
      return 'none';
    case 'missedCallNotification':
      return ['email', 'none'].includes(await effective(deps, subject, from)) ? 'none' : 'chat';
    default:
      return from satisfies never;
  }
}

const badLink = () => new UserError((words) => words.unsubscribe.badLink, 404);
