import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { batched } from '../core/coalesce-calls.js';
import type { Changes } from '../core/deps.js';
import { asId, type TenantId, type UserId } from '../core/ids.js';

const channel = 'attendant_changes';
/** The channel that the triggers of migration 0003 notify. */
const peopleChannel = 'attendant_directory';
const reconnectMilliseconds = 1000;

interface OpenChanges extends Changes {
  /** `hear` is called for a company whose people changed, in any process; undefined: any company's may have changed. */
  onPeopleChanged(hear: (tenantId: TenantId | undefined) => void): void;
  close(): Promise<void>;
}

/**
 * Notify open pages in every process by PostgreSQL's NOTIFY, and listen for changes in the directory. While the
 * database is unavailable only this process's pages are notified; afterwards every page is, because notifications were
 * missed.
 */
export function openChanges(url: string, log: Logger): OpenChanges {
  const me = randomUUID();
  const listeners = new Map<UserId, Set<() => void>>();
  const hearers = new Set<(tenantId: TenantId | undefined) => void>();
  let client: Client | undefined;
  let closed = false;
  let missed = false;
  let ready = connect();
  // A tenth of a second is not visible, and a busy hour has hundreds of changes in each.
  const tellOthers = batched(say, { most: 10_000, everyMilliseconds: 100 });
  let told: Promise<unknown> = Promise.resolve();

  return { publish, subscribe, onPeopleChanged: (hear) => void hearers.add(hear), close };

  function publish(userId: UserId): void {
    tell(userId);
    told = tellOthers(listeners, userId);
  }

  function subscribe(userId: UserId, onChange: () => void): () => void {
    const mine = listeners.get(userId) ?? new Set();
    listeners.set(userId, mine.add(onChange));
    return () => {
      mine.delete(onChange);
      if (mine.size === 0 && listeners.get(userId) === mine) listeners.delete(userId);
    };
  }

  async function close(): Promise<void> {
    await told;
    await ready;
    closed = true;
    await client?.end().catch(() => {});
  }

  async function say(_pages: object, userIds: readonly UserId[]): Promise<readonly undefined[]> {
    await ready;
    await client
      ?.query('SELECT pg_notify($1, $2 || id) FROM unnest($3::text[]) AS id', [
        channel,
        `${me} `,
        [...new Set(userIds)],
      ])
      .catch((error: Error) => log.debug({ error: error.message }, 'change notification failed'));
    return [];
  }

  async function connect(): Promise<void> {
    const next = new Client({
      connectionString: url,
      connectionTimeoutMillis: 5000,
      query_timeout: 3000,
      keepAlive: true,
      application_name: 'attendant changes',
    });
    next.on('notification', ({ channel: heardOn, payload = '' }) => {
      if (heardOn === peopleChannel) return hear(asId<TenantId>(payload));
      const [sender, userId = ''] = payload.split(' ');
      if (sender !== me) tell(asId<UserId>(userId));
    });
    next.on('error', (error) => log.debug({ error: error.message }, 'change notification channel lost'));
    try {
      await next.connect();
      await next.query(`LISTEN ${channel}; LISTEN ${peopleChannel}`);
      next.once('end', () => lost(next));
      client = next;
      if (missed) for (const userId of listeners.keys()) tell(userId);
      if (missed) hear(undefined);
      missed = false;
    } catch {
      await next.end().catch(() => {});
      lost(next);
    }
  }

  function lost(gone: Client): void {
    if (client === gone) client = undefined;
    missed = true;
    if (!closed) setTimeout(reconnect, reconnectMilliseconds).unref();
  }

  function reconnect(): void {
    if (!closed) ready = connect();
  }

  function hear(tenantId: TenantId | undefined): void {
    for (const hearer of hearers) hearer(tenantId);
  }

  function tell(userId: UserId): void {
    for (const onChange of listeners.get(userId) ?? []) onChange();
  }
}
