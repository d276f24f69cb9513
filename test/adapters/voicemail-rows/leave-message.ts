import { installationActor } from '../../../src/core/chat/actor.js';
import type { Deps } from '../../../src/core/deps.js';
import type { TenantId } from '../../../src/core/ids.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import type { EveryChat } from '../../support/chats/every-chat.js';
import type { Person } from '../../support/company.js';

let sources = 0;

/** What a caller leaves, where it differs from 20 seconds by Zoe Caller. */
interface Left {
  readonly callerName?: string;
  readonly ani?: string;
  readonly seconds?: number;
  readonly urgent?: boolean;
  readonly callId?: string;
  readonly sourceId?: string;
}

/** A caller leaves a message a minute later, and the notices of it go out. Returns its id. */
export async function leaveMessage({ deps, company, work }: EveryChat, to: Person, left: Left = {}): Promise<string> {
  company.clock.forward({ seconds: 60 });
  const id = await leaveIn(deps, company.tenantId, to, left);
  await work();
  return id;
}

/** A message in a mailbox of any company. */
export async function leaveIn(
  deps: Deps,
  tenantId: TenantId,
  to: Person,
  { seconds = 20, ...left }: Left,
): Promise<string> {
  sources += 1;
  const { id } = await receiveVoicemail(deps, installationActor(tenantId, 'api'), {
    sourceId: `row ${sources}`,
    mailbox: { userId: to.id },
    audio: wav(seconds),
    callerName: 'Zoe Caller',
    ani: '+14165550177',
    ...left,
  });
  return id;
}
