import { beforeEach, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import type { Person } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';

let company: WebCompany;
beforeEach(async () => {
  company = await webCompany();
  await company.db.tenant.updateMany({ data: { maxBoxMinutes: 10 } });
});

async function page(person: Person): Promise<string> {
  const signIn = await fetch(`${company.origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ user: person.id }),
  });
  const cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return (await fetch(`${company.origin}/messages`, { headers: { cookie } })).text();
}

const leave = (to: Person, sourceId: string) =>
  receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId,
    mailbox: { userId: to.id },
    audio: wav(50),
    callerName: 'Kim Caller',
  });

test('the messages page says how full the mailbox is, in the reader’s language, and which words a machine wrote', async () => {
  await leave(company.ann, 'first');
  const { id } = await leave(company.ann, 'second');
  await company.db.voicemail.update({ where: { id }, data: { transcript: 'Please <b>call</b>.' } });
  const english = await page(company.ann);
  expect(english).toContain('2 of 10 minutes used');
  expect(english).toMatch(/<meter[^>]*max="10"[^>]*value="2"/);
  expect(english).toContain('Please &lt;b>call&lt;/b>. <small>(Transcribed by machine)</small>');

  await leave(company.eve, 'third');
  const french = await page(company.eve);
  expect(french).toContain('1 minute sur 10');
  expect(french).not.toContain('machine');
});
