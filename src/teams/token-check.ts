import { importJWK, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';

/** What a token says once it is known to be Microsoft's. */
export interface Token {
  readonly serviceUrl: string;
  /** Channels its key may speak for; empty: any. */
  readonly endorsements: readonly string[];
}

/** Thrown where nobody can tell whether a token is good, because its keys cannot be had. */
export class KeysAway extends Error {}

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
/** Clocks differ; a token that is over is over, give or take half a minute. */
const skewSeconds = { early: 300, late: 30 };
const reloadsAMinute = 6;

/**
 * Checks the tokens of Bot Framework before anything else sees a request: RS256 with a key that the metadata names now,
 * issuer, audience, time. botbuilder checks too, but answers 500 to a forged one, prints it, and learns of new keys only
 * once an hour. Undefined: no good token. Rejects with `KeysAway`.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 */
export function tokenCheck(appId: string, openIdMetadataUrl: string) {
  const keyOf = keyRing(openIdMetadataUrl);

  return async (authorization: string | undefined): Promise<Token | undefined> => {
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
        { algorithms: ['RS256'], issuer, audience: appId, clockTolerance: skewSeconds.early, requiredClaims: ['exp'] },
      );
      return isOver(payload) || typeof payload.serviceurl !== 'string'
        ? undefined
        : { serviceUrl: payload.serviceurl, endorsements };
    } catch (error) {
      if (error instanceof KeysAway) throw error;
      return undefined;
    }
  };
}

/** Does a good token speak for this activity? */
export const covers = (token: Token, activity: { serviceUrl: string; channelId: string }): boolean =>
  token.serviceUrl === activity.serviceUrl &&
  (token.endorsements.length === 0 || token.endorsements.includes(activity.channelId));

const isOver = ({ exp = 0 }: JWTPayload): boolean => exp + skewSeconds.late < Date.now() / 1000;

/** The keys of the metadata, kept for a day; an unknown id is looked up at once, but not as often as somebody likes. */
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
      // Keys of yesterday are good enough while today's cannot be had.
      if (known) return known;
      throw new KeysAway('the keys of Bot Framework cannot be loaded', { cause: error });
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
