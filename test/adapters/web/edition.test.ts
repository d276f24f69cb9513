import { beforeAll, expect, test } from 'vitest';
import type { Person } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

let company: WebCompany;
beforeAll(async () => {
  company = await webCompany({ tenant: { edition: 'attendant' }, annIsOut: true });
  await company.db.user.update({ where: { id: company.box.id }, data: { firstName: 'Front', lastName: 'Desk' } });
});

const offer = /Attendant Plus, (with voicemail|avec messagerie vocale)/g;
const voicemailWords =
  /.{0,40}(voicemail|mailbox|\bPIN\b|\bNIP\b|(messagerie|boîte|message)s? vocale?|répondeur|leave a message|laisser un message|transcri|unheard|non écouté).{0,40}/gi;

async function get(person: Person, path: string, locale: string) {
  const { cookie } = await webSession(company, person);
  const headers = { cookie, 'accept-language': locale };
  const response = await fetch(`${company.origin}${path}`, { headers, redirect: 'manual' });
  return { status: response.status, text: readable(await response.text()) };
}

/** What somebody reads of a page, and hears of it: no markup but the labels in it. */
const readable = (html: string) =>
  [
    html.replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]*>/g, ' '),
    ...[...html.matchAll(/(?:aria-label|placeholder|title|alt)="([^"]*)"/g)].map(([, label]) => label),
  ].join('\n');

const pages = (person: Person) => [
  ...['/', '/directory', '/calls', '/settings', '/record', `/people/${person.id}`, `/people/${person.id}/route`],
  ...['/admin/people', `/admin/people/${person.id}`, '/admin/settings', '/admin/import', '/admin/reports'],
  ...['/admin/record', '/admin/impersonations', '/forms/admin.user', '/forms/admin.bulk', '/forms/ooo.set'],
];

test.each(['en', 'fr'] as const)('without Plus no page speaks of voicemail (%s)', async (locale) => {
  const { ada, box } = company;
  await company.db.user.update({ where: { id: ada.id }, data: { language: locale } });
  const found: string[] = [];
  for (const person of [ada, box])
    for (const path of pages(person)) {
      const { status, text } = await get(ada, path, locale);
      found.push(...(text.replaceAll(offer, '').match(voicemailWords) ?? []).map((line) => `${path}: ${line}`));
      if (status !== 200) found.push(`${path}: ${status}`);
    }
  expect(found).toEqual([]);
});

test.each(['/messages', '/greetings', '/admin/reports/unheard', '/admin/reports/storage.csv'])(
  'without Plus %s says that it is not part of the edition, and is nowhere linked',
  async (path) => {
    const { ada } = company;
    await company.db.user.update({ where: { id: ada.id }, data: { language: 'en' } });
    expect(await get(ada, path, 'en')).toMatchObject({
      status: 403,
      text: expect.stringContaining('Voicemail is not part of your company’s edition of Attendant.'),
    });
    const { cookie } = await webSession(company, ada);
    for (const page of ['/', '/admin/reports'])
      expect(await (await fetch(`${company.origin}${page}`, { headers: { cookie } })).text()).not.toContain(
        `href="${path.replace('.csv', '')}"`,
      );
  },
);
