import type { Request, Response } from 'express';
import { IANAZone } from 'luxon';
import { findSignedIn, sessionDays } from '../../core/accounts/sign-in.js';
import type { SignedIn } from '../../core/accounts/sign-in.types.js';
import type { Sender } from '../../core/chat/exchange.js';
import { type Locale, localeOf, regionOf } from '../../core/chat/phrasing.js';
import type { Deps } from '../../core/deps.js';
import { readSignedText, signText } from '../../core/signed-token.js';

/** The name of this platform, in accounts and postings. */
export const platform = 'web';

const cookie = 'attendant_session';
const purpose = 'web-session';

/** The session of the request's cookie; undefined when there is none or it has ended. */
export async function sessionOf(deps: Deps, request: Request): Promise<SignedIn | undefined> {
  const id = sessionIdOf(deps, request);
  return id === undefined ? undefined : findSignedIn(deps, id);
}

function sessionIdOf(deps: Deps, request: Request): string | undefined {
  const token = cookieOf(request, cookie);
  return token === undefined ? undefined : readSignedText(deps.secret, purpose, token);
}

/** Set the session's cookie; `framed`: for a page in another site's frame. */
export function keepSession(deps: Deps, response: Response, session: SignedIn, framed = false): void {
  response.cookie(cookie, signText(deps.secret, purpose, session.sessionId), {
    ...(framed && isSecure(deps) ? framedCookie : ownCookie(deps)),
    maxAge: sessionDays * 86_400_000,
  });
}

/** Clear the session's cookie, in a frame and outside. */
export function dropSession(deps: Deps, response: Response): void {
  response.clearCookie(cookie, ownCookie(deps));
  if (isSecure(deps)) response.clearCookie(cookie, framedCookie);
}

const isSecure = ({ publicUrl }: Deps): boolean => publicUrl.startsWith('https:');

const ownCookie = (deps: Deps) => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(deps) }) as const;

/**
 * A cookie that a browser sends from within another site's frame, kept apart for each such site. `sameOrigin` refuses
 * what other sites would post with it.
 * https://developer.mozilla.org/docs/Web/Privacy/Guides/Privacy_sandbox/Partitioned_cookies
 */
const framedCookie = { httpOnly: true, sameSite: 'none', path: '/', secure: true, partitioned: true } as const;

/** The account behind a session, with the time zone and the region of the language that the browser reports. */
export function senderOf(request: Request, session: SignedIn): Sender {
  const zone = decoded(cookieOf(request, 'attendant_zone') ?? '');
  const region = request
    .acceptsLanguages()
    .map(regionOf)
    .find((one) => one !== undefined);
  return {
    platform,
    externalWorkspaceId: session.tenantId,
    accountId: session.userId,
    ...(IANAZone.isValidZone(zone) ? { timeZone: zone } : {}),
    ...(region === undefined ? {} : { region }),
  };
}

/** The browser's language, for visitors who are not signed in. */
export const browserLocale = (request: Request): Locale => localeOf(request.acceptsLanguages('en', 'fr') || undefined);

function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of request.get('cookie')?.split(';') ?? []) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

/** Decode a cookie's percent encoding; undefined for malformed text. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
