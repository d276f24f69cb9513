import { beforeEach, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import type { Person } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

let company: WebCompany;
beforeEach(async () => {
  company = await webCompany();
});

/** The part of a person's home page that shows notices; empty: there is none. */
async function noticesOf(person: Person): Promise<string> {
  const { cookie } = await webSession(company, person);
  const html = await (await fetch(company.origin, { headers: { cookie } })).text();
  return /<section class="notices"[\s\S]*?<\/section>/.exec(html)?.[0] ?? '';
}

test('a notice stands on the home page for three days, as it is by then, with its buttons', async () => {
  const { ann, bo } = company;
  await company.submit(ann, 'ooo.set', { until: '2030-01-25', backup: bo.id });
  expect(await noticesOf(bo)).toContain('Will you cover for Ann Baker?');
  expect(await noticesOf(bo)).toContain('data-action="cover.accept"');
  expect(await noticesOf(ann)).toBe('');

  await company.press(bo, await company.ask(bo, 'cover'), 'cover.accept');
  expect(await noticesOf(bo)).toContain('You cover for Ann Baker');
  expect(await noticesOf(bo)).not.toContain('cover.accept');
  company.clock.forward({ days: 3, minutes: 1 });
  expect(await noticesOf(bo)).toBe('');
});

test('what another page shows is not repeated, and what waits for the end of quiet hours waits here too', async () => {
  const { ann, bo, db, tenantId } = company;
  await receiveVoicemail(company.deps, installationActor(tenantId, 'api'), {
    ...{ sourceId: 'home', mailbox: { userId: bo.id }, audio: wav(4) },
  });
  expect(await noticesOf(bo)).toBe('');
  await company.submit(ann, 'ooo.set', { until: '2030-01-25', backup: bo.id });
  const heldUntil = new Date(company.clock.now().getTime() + 3_600_000);
  await db.notice.updateMany({ where: { userId: bo.id }, data: { heldUntil } });
  expect(await noticesOf(bo)).toBe('');
  company.clock.forward({ hours: 1 });
  expect(await noticesOf(bo)).toContain('Will you cover for Ann Baker?');
});
