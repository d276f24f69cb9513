import { beforeAll, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import type { Person } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

let company: WebCompany;
beforeAll(async () => {
  company = await webCompany();
});

let sources = 0;
async function leave(to: Person, callerName: string): Promise<string> {
  company.clock.forward({ seconds: 60 });
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: `page ${++sources}`,
    mailbox: { userId: to.id },
    audio: wav(4),
    callerName,
  });
  return id;
}

async function ask(person: Person, path: string, fields?: readonly (readonly [string, string])[]) {
  const { cookie } = await webSession(company, person);
  const response = await fetch(`${company.origin}${path}`, {
    headers: { cookie, origin: company.origin },
    redirect: 'manual',
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields.map(([name, value]) => [name, value])) } : {}),
  });
  return { status: response.status, html: await response.text() };
}

const callers = (html: string) =>
  [...html.matchAll(/class="message-link"[^>]*><span[^>]*>([^<]*)/g)].map(([, name]) => name);
const ticked = (...ids: string[]) => ids.map((id) => ['c.voicemails', id] as const);
const row = (id: string) => company.db.voicemail.findUniqueOrThrow({ where: { id } });

test('the list is searched, filtered and paged by its address; odd parts of it are left out', async () => {
  for (let at = 0; at < 23; at += 1) await leave(company.cleo, `Caller ${String(at).padStart(2, '0')}`);
  await leave(company.cleo, 'Kim Other');
  const first = await ask(company.cleo, '/messages?q=caller');
  expect(callers(first.html)).toHaveLength(20);
  const next = /rel="next" href="([^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(next).toContain('q=caller');
  const second = await ask(company.cleo, next);
  expect(callers(second.html)).toEqual(['Caller 02', 'Caller 01', 'Caller 00']);
  const back = /rel="prev" href="([^"]*)"/.exec(second.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(callers((await ask(company.cleo, back)).html)).toEqual(callers(first.html));

  expect(callers((await ask(company.cleo, '/messages?caller=kim')).html)).toEqual(['Kim Other']);
  expect(callers((await ask(company.cleo, '/messages?until=2001-01-01')).html)).toEqual([]);
  expect(callers((await ask(company.cleo, '/messages?length=long')).html)).toEqual([]);
  const odd = await ask(company.cleo, '/messages?after=x&show=x&sort=x&since=yesterday&length=x&page=9');
  expect(callers(odd.html)).toHaveLength(20);
  // As in every other list, a day that the product does not work with is no day.
  const far = await ask(company.cleo, '/messages?since=9999-12-31&until=0000-01-01');
  expect(callers(far.html)).toHaveLength(20);
});

test('without a script the ticked messages are sent by the form, and the answer is a page with the undo', async () => {
  const [one, two] = [await leave(company.ann, 'One'), await leave(company.ann, 'Two')];
  const page = await ask(company.ann, '/messages');
  expect(page.html).toContain('formaction="/do/voicemail.delete"');
  expect(page.html).toContain(`name="c.voicemails" value="${one}"`);
  const answered = await ask(company.ann, '/do/voicemail.delete', ticked(one, two));
  expect(answered.html).toContain('2 messages deleted');
  expect(answered.html).toContain(`name="c.voicemails" value="${one} ${two}"`);
  await ask(company.ann, '/do/voicemail.undo', [['c.voicemails', `${one} ${two}`]]);
  expect((await row(one)).deletedAt).toBeNull();
  expect((await row(two)).deletedAt).toBeNull();

  const form = await ask(company.ann, `/forms/voicemail.forward?c.voicemails=${one}&c.voicemails=${two}`);
  expect(form.html).toContain('2 messages, each as a copy of its own');
});

test('a thousand ticked boxes change nothing', async () => {
  const id = await leave(company.ann, 'Alone');
  const many = ticked(id, ...Array.from({ length: 999 }, () => crypto.randomUUID()));
  const { status } = await ask(company.ann, '/do/voicemail.delete', many);
  expect(status).toBeGreaterThanOrEqual(400);
  expect((await row(id)).deletedAt).toBeNull();
});

test('the owner reads who played a message, and ends the links of others', async () => {
  const id = await leave(company.eve, 'Linked');
  await company.submit(company.eve, 'mailbox.member', { user: company.bo.id, level: 'listen' });
  await company.db.listen.create({ data: { tenantId: company.tenantId, voicemailId: id, userId: company.bo.id } });
  expect((await ask(company.bo, `/messages/${id}`)).status).toBe(303);
  const log = await ask(company.eve, `/messages/${id}/listens`);
  expect(log.html).toContain(company.bo.displayName);
  const links = await ask(company.eve, '/messages/links');
  expect(links.html).toContain(`name="c.person" value="${company.bo.id}"`);
  await ask(company.eve, '/do/voicemail.revoke', [['c.person', company.bo.id]]);
  expect((await ask(company.eve, '/messages/links')).html).not.toContain(company.bo.id);
  expect((await ask(company.bo, `/messages/${id}/listens`)).status).toBe(403);
  expect((await ask(company.dan, `/messages/${id}/listens`)).status).toBe(404);
  expect((await ask(company.dan, '/messages/x/listens')).status).toBe(404);
});
