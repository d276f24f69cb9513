import { importJWK, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';

/** The content of a verified Microsoft token. */
export interface VerifiedToken {
  /** The app of the bot for which it was issued. */
  readonly appId: string;
  readonly serviceUrl: string;
  /** The channels for which its key may sign; empty: any. */
  readonly endorsements: readonly string[];
}

/** Thrown when a token cannot be checked because the signing keys are unavailable. */
export class KeysUnavailable extends Error {
  /** For `isUnavailable`. */
  readonly code = 'KEYS_AWAY';
}

const Metadata = z.looseObject({ jwks_uri: z.url() });
const Keys = z.looseObject({
  keys: z.array(
    z.looseObject({
      kid: z.string().optional(),
      kty: z.string(),
      n: z.string().optional(),
      e: z.string().optional(),
      endorsements: z.array(z.string()).nullish(),
    }),
  ),
});

type Imported = { readonly key: Awaited<ReturnType<typeof importJWK>>; readonly endorsements: readonly string[] };

const issuer = 'https://api.botframework.com';
const dayMs = 86_400_000;
/** Clocks differ: an expired token is accepted for up to half a minute. */
const skewSeconds = { early: 300, late: 30 };
const reloadsAMinute = 6;

/**
 * Create the check of Bot Framework's tokens, which runs before any other code reads a request: RS256 with a key that
 * the metadata lists now, issuer, time. The audience names a bot, and the caller looks for it. botbuilder checks too, but
 * answers 500 to a forged token, prints it, and reloads keys only once an hour. Resolves to undefined for an invalid
 * token; rejects with `KeysUnavailable`.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 */
export function tokenCheck(openIdMetadataUrl: string) {
  const keyOf = keyRing(openIdMetadataUrl);

  return async (authorization: string | undefined): Promise<VerifiedToken | undefined> => {
    const jwt = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
    if (jwt === undefined) return undefined;

    let endorsements: readonly string[] = [];
    try {
      const { payload } = await jwtVerify(
        jwt,
        async ({ kid }) => {
          const found = await keyOf(kid);
          if (!found) throw new Error('no such key');
          endorsements = found.endorsements;
          return found.key;
        },
        { algorithms: ['RS256'], issuer, clockTolerance: skewSeconds.early, requiredClaims: ['exp', 'aud'] },
      );
      const { aud, serviceurl } = payload;
      if (isOver(payload) || typeof serviceurl !== 'string' || typeof aud !== 'string') return undefined;
      return { appId: aud, serviceUrl: serviceurl, endorsements };
    } catch (error) {
      if (error instanceof KeysUnavailable) throw error;
      return undefined;
    }
  };
}

/** Whether a verified token was issued for this activity's service and channel. */
export const tokenCovers = (token: VerifiedToken, activity: { serviceUrl: string; channelId: string }): boolean =>
  token.serviceUrl === activity.serviceUrl &&
  (token.endorsements.length === 0 || token.endorsements.includes(activity.channelId));

const isOver = ({ exp = 0 }: JWTPayload): boolean => exp + skewSeconds.late < Date.now() / 1000;

/** The keys of the metadata, cached for a day. An unknown key id reloads them at once, at most a few times a minute. */
function keyRing(openIdMetadataUrl: string) {
  let keys = new Map<string, Imported>();
  let loadedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;
  let reloads: number[] = [];

  return async (kid: string | undefined): Promise<Imported | undefined> => {
    if (kid === undefined) return undefined;
    const known = keys.get(kid);
    if (known && Date.now() - loadedAt < dayMs) return known;

    reloads = reloads.filter((at) => Date.now() - at < 60_000);
    if (!loading && reloads.length < reloadsAMinute) {
      reloads.push(Date.now());
      loading = load().finally(() => {
        loading = undefined;
      });
    }
    try {
      await loading;
    } catch (error) {
      // An expired cache is better than none while the metadata cannot be loaded.
      if (known) return known;
      throw new KeysUnavailable('the keys of Bot Framework cannot be loaded', { cause: error });
    }
    return keys.get(kid);
  };

  async function load(): Promise<void> {
    const { jwks_uri } = Metadata.parse(await getJson(openIdMetadataUrl));
    const described = Keys.parse(await getJson(jwks_uri)).keys.filter(({ kty, n, e }) => kty === 'RSA' && n && e);
    const imported = described.flatMap(({ kid, kty, n = '', e = '', endorsements }) =>
      kid === undefined
        ? []
        : [importJWK({ kty, n, e }, 'RS256').then((key) => [kid, { key, endorsements: endorsements ?? [] }] as const)],
    );
    keys = new Map(await Promise.all(imported));
    loadedAt = Date.now();
  }
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}
