import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './root-folder.js';

/** The store of recordings that `RECORDINGS_URL` names. */
export type RecordingsConfig =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** The prefix of every key; empty, or with a slash at its end. */
      readonly prefix: string;
      readonly region: string;
      /** Undefined: Amazon’s endpoint of the region. Another endpoint is addressed by path, not by host name. */
      readonly endpoint: string | undefined;
      /** Undefined: the AWS SDK finds them (AWS_ACCESS_KEY_ID, profile, the machine’s role). */
      readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
    };

/**
 * Parse the URL. `file:.data/recordings` is relative to the checkout, `file:///var/recordings` is absolute. Throws an
 * error that says what is wrong.
 */
export function readRecordingsUrl(url: string): RecordingsConfig {
  if (url.startsWith('file:')) return { kind: 'folder', folder: folderOf(url) };
  if (url.startsWith('s3:')) return bucketOf(url);
  throw new Error('must be file:FOLDER or s3://bucket/prefix?endpoint=…&region=…');
}

function folderOf(url: string): string {
  const path = url.slice('file:'.length);
  try {
    return path.startsWith('//') ? fileURLToPath(url) : resolve(root, decodeURIComponent(path));
  } catch {
    throw new Error('must name a folder of this machine, as file:.data/recordings or file:///var/recordings');
  }
}

/** Amazon’s rules for bucket names: 3 to 63 of these characters, a letter or digit at both ends. */
const bucketName = /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/;
const prefixPath = /^(\/[\w.-]+)*\/?$/;
const regionName = /^[a-z\d-]{1,40}$/;
const parameters: readonly string[] = ['endpoint', 'region'];

function bucketOf(url: string): RecordingsConfig {
  if (!URL.canParse(url)) throw new Error('is no address; write s3://bucket/prefix?region=…');
  const { host: bucket, pathname, searchParams, username, password, hash } = new URL(url);
  if (!bucketName.test(bucket)) throw new Error('must name a bucket, as s3://bucket/prefix');
  if (!prefixPath.test(pathname) || hash !== '')
    throw new Error('the prefix may have letters, digits, dots, hyphens, underscores and slashes');
  const unknown = [...searchParams.keys()].filter((name) => !parameters.includes(name));
  if (unknown.length > 0) throw new Error(`knows endpoint and region only, not ${unknown.join(', ')}`);

  const endpoint = searchParams.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : ''))
    throw new Error('endpoint must be an http or https address');
  // Other stores mostly have one region, with this name.
  const region = searchParams.get('region') ?? (endpoint === undefined ? '' : 'us-east-1');
  if (!regionName.test(region)) throw new Error('needs a region, as ?region=eu-west-1, unless it has an endpoint');
  if ((username === '') !== (password === '')) throw new Error('must hold both key and secret, or neither');

  const prefix = pathname.replace(/^\/|\/$/g, '');
  return {
    kind: 's3',
    bucket,
    prefix: prefix === '' ? '' : `${prefix}/`,
    region,
    endpoint,
    credentials: username === '' ? undefined : decoded({ accessKeyId: username, secretAccessKey: password }),
  };
}

function decoded(credentials: { accessKeyId: string; secretAccessKey: string }): typeof credentials {
  try {
    return {
      accessKeyId: decodeURIComponent(credentials.accessKeyId),
      secretAccessKey: decodeURIComponent(credentials.secretAccessKey),
    };
  } catch {
    throw new Error('key and secret cannot be decoded: write % as %25, / as %2F');
  }
}
