import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';
import { raiseNoticeFor } from '../../notices/notice.js';
import { boxReaders } from '../mailbox/tell-readers.js';
import { expireOldest, findBoxesToAnnounce, findCompaniesToClear, setAnnounced } from './expire-voicemails.store.js';

const mostInOneChange = 100;
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Announce unheard messages that are soon too old, and delete the messages that are. `voicemail.purge` then takes their
 * audio and transcript. Called by the task `voicemail.expire`; idempotent.
 */
export async function expireVoicemails(deps: Deps): Promise<void> {
  const errors: unknown[] = [];
  for (const tenantId of await findCompaniesToClear(deps.db, deps.clock.now())) {
    // A company whose run fails must not keep the others from theirs.
    await clear(deps, tenantId).catch((error) => errors.push(error));
  }
  if (errors.length > 0) throw new AggregateError(errors, 'retention failed');
}

async function clear(deps: Deps, tenantId: TenantId): Promise<void> {
  await announce(deps, tenantId);
  while ((await expireSome(deps, tenantId)) === mostInOneChange);
}

async function announce(deps: Deps, tenantId: TenantId): Promise<void> {
  const now = deps.clock.now();
  let boxes: readonly UserId[] = [];
  do {
    boxes = await findBoxesToAnnounce(deps.db, { tenantId, after: boxes.at(-1) ?? nobody, now, most: mostInOneChange });
    for (const ownerId of boxes) await announceTo(deps, tenantId, ownerId);
  } while (boxes.length === mostInOneChange);
}

const announceTo = (deps: Deps, tenantId: TenantId, ownerId: UserId): Promise<void> =>
  change(deps, installationActor(tenantId, 'job'), async (change) => {
    const announced = await setAnnounced(change, ownerId);
    if (!announced) return;
    const { announcementId: subjectId, count } = announced;
    for (const userId of await boxReaders(change, ownerId))
      await raiseNoticeFor(change, { kind: 'voicemail.expiring', subjectId, userId });
    change.record({ event: 'voicemail.expiry-announced', subjectId: ownerId, after: { messages: count } });
  });

const expireSome = (deps: Deps, tenantId: TenantId): Promise<number> =>
  change(deps, installationActor(tenantId, 'job'), async (change) => {
    const ids = await expireOldest(change, mostInOneChange);
    for (const id of ids) {
      const after = { purgeAt: change.now.toISOString(), why: 'retention' };
      change.record({ event: 'voicemail.deleted', subjectId: id, after });
      change.enqueue({ name: 'voicemail.purge', payload: { voicemailId: id } });
    }
    return ids.length;
  });
