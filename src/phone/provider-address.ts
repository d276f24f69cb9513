import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { withoutTrailing } from '../core/text.js';
import type { VoiceConfig } from '../env.js';

/** The account's address in the provider's API, ending in a slash; VOICE_API_URL may have a path. */
export function accountAddress({ apiUrl, accountSid }: VoiceConfig): string {
  const base = withoutTrailing(apiUrl, '/');
  const version = isTelnyx({ apiUrl }) ? '/v2/texml' : '/2010-04-01';
  const versioned = base.endsWith(version) ? base : `${base}${version}`;
  return `${versioned}/Accounts/${encodeURIComponent(accountSid)}/`;
}

/** The value of the header that carries our credentials; only for `isProviderAddress`. */
export const credentialsOf = ({ accountSid, authToken, apiUrl }: VoiceConfig): string =>
  isTelnyx({ apiUrl })
    ? `Bearer ${authToken}`
    : `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;

/** Telnyx has Twilio's resources under another path, and takes a bearer token. */
export const isTelnyx = ({ apiUrl }: Pick<VoiceConfig, 'apiUrl'>): boolean =>
  /(^|\.)telnyx\.com$/.test(new URL(apiUrl).hostname);

/**
 * Whether the provider keeps its recordings at this address outside its API. Telnyx reports a signed address of its
 * storage, and its API has no audio; the address gets no credentials.
 */
export const isProviderStorage = (url: URL, voice: Pick<VoiceConfig, 'apiUrl'>): boolean =>
  isTelnyx(voice) &&
  url.protocol === 'https:' &&
  url.port === '' &&
  /^([a-z0-9-]+\.)*(telnyx\.com|s3(\.[a-z0-9-]+)?\.amazonaws\.com)$/.test(url.hostname);

/**
 * Providers whose API has several hosts: a number in Ireland is recorded in Ireland, whatever host the account names.
 */
const regionalHosts: readonly RegExp[] = [/^api(\.[a-z0-9-]+){0,2}\.twilio\.com$/];

/** Whether an address belongs to the configured API, the only one that may receive our credentials. */
export function isProviderAddress(url: URL, { apiUrl }: Pick<VoiceConfig, 'apiUrl'>): boolean {
  const base = new URL(apiUrl);
  if (url.origin === base.origin) return true;
  if (url.protocol !== 'https:' || base.protocol !== 'https:' || url.port !== base.port) return false;
  return regionalHosts.some((hosts) => hosts.test(url.hostname) && hosts.test(base.hostname));
}

/**
 * Why an address must not be fetched; undefined when it may be. The provider's storage must use TLS and be outside our
 * own network. A provider on this machine (a simulated one) may have its storage here too, without TLS.
 */
export function whyRefused(url: URL, voice: Pick<VoiceConfig, 'apiUrl'>): string | undefined {
  if (isProviderAddress(url, voice)) return undefined;
  const isHere = isInside(hostOf(url)) && isInside(hostOf(new URL(voice.apiUrl)));
  if (isMetadata(hostOf(url))) return 'the address is of the machine’s own host';
  if (url.username !== '' || url.password !== '') return 'the address holds credentials';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere)) return `${url.protocol} is not secure`;
  if (isInside(hostOf(url)) && !isHere) return 'the address is inside our own network';
  return undefined;
}

/**
 * Look a host up and refuse addresses inside our own network. Checked at each connection, because a name can resolve
 * differently the next time.
 */
export function lookupPublicHost(url: URL, voice: Pick<VoiceConfig, 'apiUrl'>): LookupFunction | undefined {
  if (isProviderAddress(url, voice)) return undefined;
  const isRefused = isInside(hostOf(new URL(voice.apiUrl))) ? isMetadata : isInside;
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const refused = addresses.find(({ address }) => isRefused(address));
      const [first] = addresses;
      if (refused || !first) return done(new Error('the address is inside our own network'), []);
      if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/** The address where clouds give out a machine's credentials; never a storage. */
const isMetadata = (host: string): boolean => isIn(metadata, host);

/** The host without the brackets of an IPv6 address. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

function isInside(host: string): boolean {
  if (isIP(host) === 0) return /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i.test(host) || !host.includes('.');
  return isIn(inside, host);
}

function isIn(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 counterpart. An IPv4 address may be written
 * inside an IPv6 one.
 */
const inside = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2002::', 16],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(network, prefix, 'ipv6');

const metadata = new BlockList();
metadata.addSubnet('169.254.0.0', 16, 'ipv4');
metadata.addAddress('100.100.100.200', 'ipv4');
metadata.addSubnet('fe80::', 10, 'ipv6');
metadata.addAddress('fd00:ec2::254', 'ipv6');
