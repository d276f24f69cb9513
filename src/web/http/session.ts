import type { Request, Response } from 'express';
import { IANAZone } from 'luxon';
import { findSignedIn, sessionDays } from '../../core/accounts/sign-in.js';
import type { SignedIn } from '../../core/accounts/sign-in.types.js';
import type { Sender } from '../../core/chat/exchange.js';
import { type Locale, localeOf, regionOf } from '../../core/chat/phrasing.js';
import type { Deps } from '../../core/deps.js';
import { readSignedText, signText } from '../../core/signed-token.js';

/** This platform's name, in accounts and postings. */
export const platform = 'web';

const cookie = 'attendant_session';
const purpose = 'web-session';

/** Who holds the request's cookie, while their session lasts. */
export async function sessionOf(deps: Deps, request: Request): Promise<SignedIn | undefined> {
  const id = sessionIdOf(deps, request);
  return id === undefined ? undefined : findSignedIn(deps, id);
}

function sessionIdOf(deps: Deps, request: Request): string | undefined {
  const token = cookieOf(request, cookie);
  return token === undefined ? undefined : readSignedText(deps.secret, purpose, token);
}

export function keepSession(deps: Deps, response: Response, session: SignedIn): void {
  response.cookie(cookie, signText(deps.secret, purpose, session.sessionId), {
    ...looks(deps),
    maxAge: sessionDays * 86_400_000,
  });
}

export const dropSession = (deps: Deps, response: Response): void => void response.clearCookie(cookie, looks(deps));

const looks = (deps: Deps) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: deps.publicUrl.startsWith('https:') }) as const;

/** The account behind a session, with the zone that the browser's own script told us, and the region of its languages. */
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

/** The browser's language, for those we do not know yet. */
export const browserLocale = (request: Request): Locale => localeOf(request.acceptsLanguages('en', 'fr') || undefined);

function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of request.get('cookie')?.split(';') ?? []) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

/** Percent signs as cookies have them; text that is not so encoded is nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
