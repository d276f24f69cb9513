import { beforeAll, beforeEach, expect, test } from 'vitest';
import { unsubscribeUrl } from '../../../src/core/notices/unsubscribe.js';
import type { Prisma } from '../../../src/generated/prisma/client.js';
import { type WebCompany, webCompany } from '../../support/web.js';

let company: WebCompany;
beforeAll(async () => {
  company = await webCompany();
});
beforeEach(() =>
  own({
    notificationType: 'email_only',
    missedCallNotification: 'both',
    digest: 'daily',
    appAllowed: true,
    language: 'en',
  }),
);

const own = (data: Prisma.UserUncheckedUpdateInput) => company.db.user.update({ where: { id: company.ann.id }, data });
const ann = () => company.db.user.findUniqueOrThrow({ where: { id: company.ann.id } });
const link = (from: 'notificationType' | 'missedCallNotification' | 'digest') =>
  unsubscribeUrl(company.deps, { tenantId: company.tenantId, userId: company.ann.id, from });
/** As a mail program does: without cookies, by one POST. */
const oneClick = (url: string) =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), redirect: 'manual' });

test('a mail program’s own button stops the e-mails of that kind alone, and is on record', async () => {
  expect((await oneClick(link('notificationType'))).status).toBe(200);
  expect((await oneClick(link('notificationType'))).status).toBe(200);
  expect(await ann()).toMatchObject({ notificationType: 'app_only', missedCallNotification: 'both', digest: 'daily' });
  await oneClick(link('missedCallNotification'));
  await oneClick(link('digest'));
  expect(await ann()).toMatchObject({ missedCallNotification: 'chat', digest: 'none' });
  const lines = (await company.audit()).filter(({ via }) => via === 'mail');
  expect(lines.map(({ actorId }) => actorId)).toEqual([company.ann.id, company.ann.id, company.ann.id]);
});

test('missed calls that come by mail alone stop altogether', async () => {
  await own({ missedCallNotification: 'email' });
  await oneClick(link('missedCallNotification'));
  expect(await ann()).toMatchObject({ missedCallNotification: 'none' });
});

test('opening the page stops nothing; its button does', async () => {
  await own({ language: 'fr' });
  const page = await (await fetch(link('digest'))).text();
  expect(page).toContain('Ne plus recevoir le résumé');
  expect(page).toContain(company.ann.email);
  expect(await ann()).toMatchObject({ digest: 'daily' });
  expect(await (await oneClick(link('digest'))).text()).toContain('C’est fait');
});

test('a link that would leave nobody who hears the messages is refused, with the reason', async () => {
  await own({ notificationType: 'email_with_attachment', appAllowed: false });
  const answer = await oneClick(link('notificationType'));
  expect(answer.status).toBe(422);
  expect(await answer.text()).toMatch(/Ann/);
  expect(await ann()).toMatchObject({ notificationType: 'email_with_attachment' });
});

test.each([
  ['altered', (url: string) => url.replace('notificationType', 'digest')],
  ['cut off', (url: string) => url.slice(0, -5)],
  ['of another purpose', () => `${company.origin}/unsubscribe/${'x'.repeat(3000)}`],
])('a link that is %s changes nothing', async (_how, change) => {
  const answer = await oneClick(change(link('notificationType')));
  expect(answer.status).toBe(404);
  expect(await ann()).toMatchObject({ notificationType: 'email_only', digest: 'daily' });
});
