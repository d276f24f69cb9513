import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { UserError } from '../../../src/core/errors.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { listDeliveries, requireTenantVoicemail } from '../../../src/core/voicemail/mailbox/api-voicemails.js';
import { messageCard } from '../../../src/core/voicemail/mailbox/load-voicemail-card.js';
import { wav } from '../../support/audio.js';
import { type Company, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany({ platforms: ['slack', 'mail'] });
  // The messenger of mail is no chat: nobody has an account there.
  await company.db.account.deleteMany({ where: { platform: 'mail' } });
});

async function message() {
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: crypto.randomUUID(),
    mailbox: { userId: company.ann.id },
    audio: wav(4),
  });
  return id;
}

const attempts = async (id: string) =>
  (await listDeliveries(company.deps, company.tenantId, id)).map(({ platform, sent, outcome, why }) =>
    `${platform} ${sent} ${outcome} ${why}`.trim(),
  );
const slack = () => company.messengers.slack as NonNullable<(typeof company.messengers)[string]>;

describe('every attempt to tell somebody of a message is on record', () => {
  test('what was sent, and that the platform took it; an update too', async () => {
    const id = await message();
    await company.work({ twice: true });
    expect(await attempts(id)).toEqual(['slack card delivered']);
    await company.click(company.ann, 'voicemail.handled', { voicemail: id });
    await company.work();
    expect(await attempts(id)).toEqual(['slack card delivered', 'slack update delivered']);
  });

  test('what failed, with its cause, and that it came later; mail goes when it fails again', async () => {
    slack().failures = 2;
    const id = await message();
    await company.work().catch(() => {});
    expect(await attempts(id)).toEqual([expect.stringMatching(/^slack card failed ./)]);
    company.clock.forward({ minutes: 2 });
    await company.work().catch(() => {});
    expect((await attempts(id)).map((line) => line.split(' ').slice(0, 3).join(' ')).sort()).toEqual([
      'mail card delivered',
      'slack card failed',
      'slack card failed',
    ]);
    company.clock.forward({ minutes: 5 });
    await company.work();
    expect((await attempts(id)).at(-1)).toBe('slack card delivered');
    expect(company.messengers.mail?.posted).toHaveLength(1);
  });

  test('what was refused, and then went by mail, though the person wants the app only; once', async () => {
    slack().refused.add(company.ann.account.accountId);
    const id = await message();
    await company.work({ twice: true });
    expect((await attempts(id)).sort()).toEqual(['mail card delivered', 'slack card refused left the workspace']);
    await company.click(company.ann, 'voicemail.handled', { voicemail: id });
    await company.work({ twice: true });
    expect(company.messengers.mail?.posted).toHaveLength(1);
  });
});

test('the player page says where and when the message reached its reader', async () => {
  const id = await message();
  await company.work();
  const reader = { locale: 'en', timeZone: 'America/Toronto', now: company.clock.now() } as const;
  const wanted = { id, userId: company.ann.id, personId: company.ann.id };
  expect(textOf(await messageCard(company.deps, wanted, reader, 'player'))).toContain('Reached you in Slack, 10:00 am');
});

test('another company’s key, an unknown id and text find nothing', async () => {
  const id = await message();
  const other = await testCompany({ numberless: true });
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'found',
      (error) => (error instanceof UserError ? error.say(wordsIn('en')) : String(error)),
    );
  expect(await requireTenantVoicemail(company.deps, company.tenantId, id)).toMatchObject({ userId: company.ann.id });
  for (const asked of [id, crypto.randomUUID(), "' OR 1=1"]) {
    expect(await refusal(listDeliveries(other.deps, other.tenantId, asked))).toContain('no such voicemail');
    expect(await refusal(requireTenantVoicemail(other.deps, other.tenantId, asked))).toContain('no such voicemail');
  }
});
