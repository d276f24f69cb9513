import { readFile } from 'node:fs/promises';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildBrowser } from '../../scripts/build-browser.js';
import { installationActor } from '../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { root } from '../../src/root-folder.js';
import { wav } from '../support/audio.js';
import { chromiumPath, openBrowser } from '../support/chromium.js';
import type { Person } from '../support/company.js';
import { scriptedPhone } from '../support/phone-pane.js';
import { type WebCompany, webCompany } from '../support/web.js';

const folder = `${root}test-output/screenshots`;
const toronto = { timezoneId: 'America/Toronto', locale: 'en-CA', reducedMotion: 'reduce' } as const;
const desktop = { ...toronto, viewport: { width: 1280, height: 860 } };
const narrow = { ...toronto, viewport: { width: 360, height: 740 }, hasTouch: true };
const withoutScript = { ...toronto, viewport: { width: 900, height: 860 }, javaScriptEnabled: false };

describe.skipIf(chromiumPath === undefined)('the web app in a browser', { timeout: 120_000 }, () => {
  const complaints: string[] = [];
  const pane = scriptedPhone();
  let browser: Browser;
  let company: WebCompany;

  beforeAll(async () => {
    await buildBrowser();
    [browser, company] = await Promise.all([openBrowser(), webCompany({}, { phone: pane })]);
  });

  test('somebody signs in, goes out of office after a mistake, and comes back', async () => {
    const page = await open(desktop);
    await page.goto(`${company.origin}/`);
    expect(page.url()).toContain('/sign-in');
    await look(page, 'sign-in');
    await page.getByRole('button', { name: 'Ann Baker' }).click();
    await page.getByRole('heading', { name: 'Hello, Ann' }).waitFor();
    await look(page, 'home-in');

    await page.locator('[data-action="ooo.set"]').first().click();
    await page.locator('#sheet[open]').waitFor();
    await page.locator('#sheet #until').fill('2030-01-10');
    await page.locator('#sheet button[type=submit]').click();
    await page.locator('#sheet .problem').first().waitFor();
    await look(page, 'ooo-problem');
    expect(await page.locator('#sheet #until').inputValue()).toBe('2030-01-10');

    await page.locator('#sheet #until').fill('2030-01-18');
    await page.locator('#sheet #backup').pressSequentially('Che');
    await page.locator('#sheet [role=option]').first().waitFor();
    await look(page, 'ooo-suggestions');
    await page.keyboard.press('Enter');
    expect(await page.locator('#sheet #backup').inputValue()).toContain('Bo Chen');
    await page.locator('#sheet button[type=submit]').click();
    await page.locator('.standing.out').waitFor();
    expect(await page.locator('#sheet[open]').count()).toBe(0);
    await look(page, 'home-out');
    const periods = await company.db.outOfOfficePeriod.findMany({ where: { userId: company.ann.id } });
    expect(periods).toMatchObject([{ backupId: company.bo.id, status: 'planned' }]);

    await page.locator('[data-action="ooo.back"]').first().click();
    await page.locator('.standing.in').waitFor();
  });

  test('a message arrives by itself, is played from a range, and is handled everywhere', async () => {
    const page = await signedIn(desktop, company.bo);
    await page.getByText('All heard.').waitFor();
    await leaveMessage('Hello Bo, this is Priya from the workshop. The parts came in, you can fetch them any time.');
    await page.locator('.message.unheard').waitFor();
    await look(page, 'home-message');

    await page.goto(`${company.origin}/messages`);
    await look(page, 'messages');
    const statuses: number[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/audio')) statuses.push(response.status());
    });
    await page.locator('.message-link').first().click();
    await page.waitForURL('**/v/*');
    await page.locator('.player.drawn').waitFor();
    await look(page, 'player');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(async () => (await company.db.voicemail.findFirst())?.heardAt, { timeout: 8000 }).toBeTruthy();
    expect(statuses).toContain(206);

    const other = await signedIn(narrow, company.bo);
    await other.goto(`${company.origin}/messages`);
    await page.locator('[data-action="voicemail.handled"]').click();
    await page.locator('[data-action="voicemail.reopen"]').waitFor();
    await other.locator('.message .tag').getByText('Handled', { exact: true }).waitFor();
    expect((await company.db.voicemail.findFirst())?.handledAt).toBeTruthy();
    await look(page, 'player-handled');
    await look(other, 'messages-narrow');
    await other.goto(page.url());
    await other.locator('.player.drawn').waitFor();
    await look(other, 'player-narrow');
  });

  test('a message is forwarded and deleted from its row, and the deletion is taken back', async () => {
    const page = await signedIn(desktop, company.bo);
    await page.goto(`${company.origin}/messages`);
    await page.getByRole('button', { name: 'Actions' }).first().click();
    await look(page, 'messages-actions');
    await page.locator('.menu:popover-open [data-action="voicemail.forward"]').click();
    await page.locator('#sheet #recipient').fill('Cléo');
    await page.locator('#sheet [role=option]').first().click();
    await look(page, 'forward');
    await page.locator('#sheet button[type=submit]').click();
    await page.locator('#answer .card').waitFor();
    await company.work();
    expect(await company.db.voicemail.count({ where: { userId: company.cleo.id } })).toBe(1);

    await page.getByRole('button', { name: 'Actions' }).first().click();
    await page.locator('.menu:popover-open').getByRole('button', { name: 'Delete' }).first().click();
    await look(page, 'messages-delete');
    await page.locator('.ask:popover-open [data-action="voicemail.delete"]').click();
    await page.locator('[data-action="voicemail.undo"]').first().waitFor();
    await look(page, 'messages-deleted');
    await page.locator('[data-action="voicemail.undo"]').first().click();
    const original = () => company.db.voicemail.findFirst({ where: { userId: company.bo.id } });
    await expect.poll(async () => (await original())?.deletedAt, { timeout: 8000 }).toBeNull();
    await page.locator('.message').first().waitFor();
  });

  test('several messages are selected by mouse and keys, kept through a reload, deleted and taken back', async () => {
    const { deps, tenantId, db, ada } = company;
    const leave = (at: number) =>
      receiveVoicemail(deps, installationActor(tenantId, 'api'), {
        sourceId: `several ${at}`,
        receivedAt: new Date(company.clock.now().getTime() - (10 - at) * 60_000),
        mailbox: { userId: ada.id },
        audio: wav(3),
        callerName: `Several ${at}`,
      });
    for (const at of [1, 2, 3, 4]) await leave(at);
    const page = await signedIn(desktop, ada);
    await page.goto(`${company.origin}/messages`);
    const boxes = page.locator('.message-tick input');
    const selected = () => page.locator('.selection-bar [data-ticked]').textContent();
    await boxes.nth(0).check();
    await boxes.nth(2).click({ modifiers: ['Shift'] });
    expect(await selected()).toBe('3');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    expect(await selected()).toBe('2');
    await look(page, 'messages-selected');

    await leave(5); // arrives by itself, above the others
    await page.locator('.message').nth(4).waitFor();
    expect(await selected()).toBe('2');
    expect(await boxes.nth(0).isChecked()).toBe(false);

    await page.locator('.selection-bar [data-action="voicemail.delete"]').click();
    await page.locator('#answer [data-action="voicemail.undo"]').waitFor();
    const deleted = () => db.voicemail.count({ where: { userId: ada.id, deletedAt: { not: null } } });
    expect(await deleted()).toBe(2);
    await look(page, 'messages-several-deleted');
    await page.locator('#answer [data-action="voicemail.undo"]').click();
    await expect.poll(deleted, { timeout: 8000 }).toBe(0);
    await page.locator('.message').nth(4).waitFor();

    await page.getByLabel('Select all').check();
    expect(await selected()).toBe('5');
    await page.keyboard.press('Escape');
    expect(await boxes.nth(0).isChecked()).toBe(false);
    await page.context().close();
  });

  test('people of a table are ticked by mouse and keys, all of them and none', async () => {
    const page = await signedIn(desktop, company.ada);
    await page.goto(`${company.origin}/admin/people`);
    const boxes = page.locator('.people-table input.tick');
    const button = page.locator('.tick-bar button');
    const said = () => page.locator('.tick-bar output').textContent();
    const isTicked = () => boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked));
    const people = await boxes.count();
    expect([await said(), await button.isDisabled()]).toEqual(['', true]);
    await boxes.nth(0).click();
    await boxes.nth(2).click({ modifiers: ['Shift'] });
    expect((await isTicked()).slice(0, 4)).toEqual([true, true, true, false]);
    expect([await said(), await button.isDisabled()]).toEqual(['3 chosen', false]);
    await page.locator('.people-table .row-link').nth(1).focus();
    await page.keyboard.press('Space');
    expect((await isTicked()).slice(0, 4)).toEqual([true, false, true, false]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    expect((await isTicked()).slice(0, 4)).toEqual([true, false, true, true]);
    await page.keyboard.press('Shift+ArrowUp');
    await page.keyboard.press('Shift+ArrowUp');
    expect((await isTicked()).slice(0, 4)).toEqual([true, true, true, true]);
    await page.keyboard.press('Control+a');
    expect(await said()).toBe(`${people} chosen`);
    expect(await page.getByLabel('All on this page').isChecked()).toBe(true);
    await page.keyboard.press('Escape');
    expect([await said(), await button.isDisabled()]).toEqual(['', true]);
    await page.getByLabel('All on this page').check();
    await page.locator('[name="condition"]').selectOption('no-backup'); // another table takes its place
    await page.locator('.tick-bar button:disabled').waitFor();
    await boxes.nth(0).check();
    expect(await said()).toBe('1 chosen');
    await button.click();
    await page.locator('#sheet[open]').waitFor();
    expect(await page.locator('#sheet').textContent()).toContain('One person');
    await page.context().close();
  });

  test('a message deleted while it plays falls silent, and is taken back where the finger was', async () => {
    await leaveMessage(`Hello Bo, this is Priya again. ${'The parts came in, and the lift is ready. '.repeat(20)}`);
    const page = await signedIn(narrow, company.bo);
    await page.goto(`${company.origin}/messages`);
    await page.locator('.message.unheard .message-link').first().click();
    await page.locator('.player.drawn').waitFor();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.locator('.player.playing').waitFor();
    await page.getByText('Heard by Bo Chen').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.locator('.ask:popover-open [data-action="voicemail.delete"]').click();

    const undo = page.locator('[data-action="voicemail.undo"]');
    await undo.waitFor();
    await page.locator('.player:not(.playing)').waitFor();
    expect(await undo.count()).toBe(1);
    expect(await isInSight(page, '[data-action="voicemail.undo"]')).toBe(true);
    await look(page, 'player-deleted-narrow');
    const opened = await page.context().newPage();
    await opened.goto(page.url());
    await opened.locator('[data-action="voicemail.undo"]').waitFor();
    await look(opened, 'player-gone-narrow');

    await undo.click();
    await page.getByRole('button', { name: 'Delete' }).waitFor();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.locator('.player.playing').waitFor();
  });

  test('a French reader reads French, on a telephone’s screen too', async () => {
    const page = await signedIn({ ...narrow, locale: 'fr-CA' }, company.cleo);
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await page.locator('.message.unheard').waitFor();
    await look(page, 'accueil-narrow');
    await page.locator('[data-action="ooo.set"]').first().click();
    await page.locator('#sheet[open]').waitFor();
    await look(page, 'absence-narrow');
    await page.keyboard.press('Escape');
    await page.locator('#text').fill('aide');
    await page.locator('#text').press('Enter');
    await page.locator('#answer .card').waitFor();
    await look(page, 'aide-narrow');
    await page.goto(`${company.origin}/directory?q=che`);
    await page.locator('#found .colleague').waitFor();
    await look(page, 'annuaire-narrow');

    await page.goto(`${company.origin}/phone`);
    await page.getByRole('button', { name: 'Appeler', exact: true }).click();
    await page.getByRole('button', { name: 'Touche 1' }).click();
    await page.getByRole('button', { name: 'Pas de réponse' }).click();
    await page.getByRole('button', { name: 'Enregistrer' }).waitFor();
    await look(page, 'telephone-narrow');

    await page.setViewportSize({ width: 1280, height: 860 });
    await page.goto(`${company.origin}/messages`);
    await look(page, 'messages-fr');
    await page.locator('.me summary').click();
    await look(page, 'menu-fr');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('the telephone: dial, press, let it ring, leave a message by microphone', async () => {
    const page = await signedIn(desktop, company.ada);
    await page.goto(`${company.origin}/phone`);
    await look(page, 'phone');
    await page.getByRole('button', { name: /Ann Baker/ }).click();
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('button', { name: 'Key 1' }).waitFor();
    await look(page, 'phone-keys');
    await page.getByRole('button', { name: 'Key 1' }).click();
    await page.getByRole('button', { name: 'No answer' }).waitFor();
    await look(page, 'phone-ringing');
    await page.getByRole('button', { name: 'No answer' }).click();
    await page.getByRole('button', { name: 'Record' }).click();
    await page.waitForTimeout(1200);
    await look(page, 'phone-recording');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Record again' }).waitFor();
    await look(page, 'phone-recorded');
    await page.getByRole('button', { name: 'Leave this message' }).click();
    await page.getByText('The call is over.').waitFor();
    expect(pane.left[0]?.subarray(0, 4).toString()).toBe('RIFF');
    expect(pane.left[0]?.length).toBeGreaterThan(16_000);

    await page.setViewportSize({ width: 360, height: 740 });
    await look(page, 'phone-narrow');
  });

  test('somebody is found while one types, and is left a message from a file and by microphone', async () => {
    const page = await signedIn(desktop, company.ann);
    await page.locator('.top').getByRole('link', { name: 'Directory' }).click();
    await page.getByRole('heading', { name: 'Directory' }).waitFor();
    await look(page, 'directory');
    await page.locator('#who').pressSequentially('onei');
    await page.getByText('1 person for “onei”').waitFor();
    expect(page.url()).toContain('q=onei');
    await look(page, 'directory-found');
    await page.locator('#who').fill('zzqx');
    await page.getByText('I found nobody for “zzqx”.').waitFor();
    await look(page, 'directory-nobody');
    await page.locator('#who').fill('');
    await page.getByText('people', { exact: false }).first().waitFor();

    await page.locator('.colleague-link', { hasText: 'Dan O’Neil' }).click();
    await page.getByRole('heading', { name: 'Dan O’Neil' }).waitFor();
    expect(await page.locator('.top [aria-current]').textContent()).toContain('Directory');
    await look(page, 'person');
    await page.locator('[data-action="directory.backup"]').click();
    await page.getByText('Dan O’Neil is now your default backup').waitFor();

    await page.getByRole('link', { name: 'Leave a message' }).click();
    await page.getByRole('heading', { name: 'A message for Dan O’Neil' }).waitFor();
    await look(page, 'message');
    const short = { name: 'short.wav', mimeType: 'audio/wav', buffer: wav(1) };
    await page.locator('#audio').setInputFiles(short);
    await page.locator('[data-preview] audio').waitFor();
    await page.getByRole('button', { name: 'Send the message' }).click();
    await page.getByText('shorter than 3 seconds').waitFor();
    await look(page, 'message-refused');
    await page.locator('#audio').setInputFiles(`${root}prisma/seed/voicemail-en.mp3`);
    await page.getByRole('button', { name: 'Send the message' }).click();
    await page.getByText('Your message is on its way to Dan O’Neil.').waitFor();
    await look(page, 'message-sent');

    await page.setViewportSize({ width: 360, height: 740 });
    await look(page, 'person-narrow');
    await page.getByRole('link', { name: 'Leave a message' }).click();
    await page.getByRole('button', { name: 'Record' }).click();
    await page.waitForTimeout(3600);
    await look(page, 'message-recording');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('[data-preview] audio').waitFor();
    await look(page, 'message-recorded');
    await page.getByRole('button', { name: 'Send the message' }).click();
    await page.getByText('Your message is on its way to Dan O’Neil.').waitFor();
    await page.goto(`${company.origin}/directory`);
    await look(page, 'directory-narrow');
    expect(await company.db.voicemail.findMany({ where: { userId: company.dan.id } })).toMatchObject([
      { callerName: 'Ann Baker' },
      { callerName: 'Ann Baker' },
    ]);
  });

  test('without any script somebody is found and left a message', async () => {
    const page = await signedIn(withoutScript, company.bo);
    await page.goto(`${company.origin}/directory`);
    await page.locator('#who').fill('muller');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.locator('.colleague-link').click();
    await page.getByRole('link', { name: 'Leave a message' }).click();
    await page.locator('#audio').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('no') });
    await page.getByRole('button', { name: 'Send the message' }).click();
    await page.getByText('no audio we can play').waitFor();
    await keep(page, 'without-script-message', 'light');
    await page.locator('#audio').setInputFiles(`${root}prisma/seed/voicemail-en.mp3`);
    await page.getByRole('button', { name: 'Send the message' }).click();
    await page.getByText('Your message is on its way to Ève Müller.').waitFor();
    expect(await company.db.voicemail.count({ where: { userId: company.eve.id } })).toBe(1);
  });

  test('an admin acts as somebody else under a bar that does not go away', async () => {
    await company.submit({ ...company.ada, account: webAccount(company.ada) }, 'impersonation.start', {
      user: company.ann.id,
      reason: 'Ann is ill and asked me to set her absence.',
    });
    const page = await signedIn(desktop, company.ada);
    await page.getByRole('heading', { name: 'Hello, Ann' }).waitFor();
    await look(page, 'acting');
    await page.locator('.bar button').click();
    await page.locator('article.card').waitFor();
    expect(await page.locator('.bar').count()).toBe(0);
    await look(page, 'acting-stopped');
    await page.goto(`${company.origin}/`);
    await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  });

  test('without any script everything is there: pages, forms, problems, buttons', async () => {
    const page = await signedIn(withoutScript, company.dan);
    await page.locator('[data-action="ooo.set"]').first().click();
    await page.locator('#backup').fill('Nobody At All');
    await page.locator('form.form button[type=submit]').click();
    await page.locator('.problem').first().waitFor();
    await keep(page, 'without-script-problem', 'light');
    await page.locator('#backup').fill('Eve Muller');
    await page.locator('form.form button[type=submit]').click();
    await page.locator('article.card').waitFor();
    expect(await company.db.outOfOfficePeriod.findFirst({ where: { userId: company.dan.id } })).toMatchObject({
      backupId: company.eve.id,
    });
    await keep(page, 'without-script-saved', 'light');
    await page.goto(`${company.origin}/`);
    await page.locator('#text').fill('retour');
    await page.locator('.ask-box button[type=submit]').first().click();
    await page.locator('article.card').waitFor();
    await page.goto(`${company.origin}/`);
    await page.locator('.standing.in').waitFor();
  });

  test('the keyboard reaches the content first, and what is wrong', async () => {
    const page = await signedIn(desktop, company.zoe);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.locator('[data-action="ooo.set"]').first().click();
    await page.locator('#sheet #until').fill('2030-01-01');
    await page.keyboard.press('Enter');
    await page.locator('#sheet .trouble').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('trouble');
    await page.keyboard.press('Escape');
    expect(await page.locator('#sheet[open]').count()).toBe(0);
  });

  test('what happens while the stream is broken shows when it is back', async () => {
    const page = await signedIn(desktop, company.zoe);
    await page.getByText('All heard.').waitFor();
    await company.cutStreams();
    await leaveMessage('Zoë, it is me again.', company.zoe);
    await page.locator('.message.unheard').waitFor();
  });

  const webAccount = (person: Person) => ({
    platform: 'web',
    externalWorkspaceId: company.tenantId,
    accountId: person.id,
  });

  async function open(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('console', (line) => {
      // A form that comes back with its problems is a deliberate 422.
      if (line.type() === 'error' && !line.text().includes('422')) complaints.push(line.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.setDefaultTimeout(10_000);
    return page;
  }

  async function signedIn(options: BrowserContextOptions, person: Person): Promise<Page> {
    const page = await open(options);
    await page.goto(`${company.origin}/sign-in`);
    await page.getByRole('button', { name: person.displayName }).click();
    await page.locator('.top').waitFor();
    return page;
  }

  async function leaveMessage(transcript: string, owner = company.bo): Promise<void> {
    const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'phone'), {
      sourceId: `browser-${transcript.length}`,
      mailbox: { userId: owner.id },
      audio: await readFile(`${root}prisma/seed/voicemail-en.mp3`),
      ani: '+15145550123',
      callerName: 'Priya Raman',
    });
    await company.db.voicemail.update({ where: { id }, data: { transcript } });
    await company.work();
  }

  /** Whether an element is visible without scrolling, and not covered by another. */
  const isInSight = (page: Page, selector: string) =>
    page.evaluate((wanted) => {
      const box = document.querySelector(wanted)?.getBoundingClientRect();
      const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return top?.closest(wanted) != null;
    }, selector);

  /** Take screenshots in light and dark, and let axe check accessibility. */
  async function look(page: Page, name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await keep(page, name, colorScheme);
      expect.soft(await hindrances(page), `${name} in ${colorScheme}`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
    }
    expect.soft(complaints.splice(0), name).toEqual([]);
  }

  async function keep(page: Page, name: string, colorScheme: 'light' | 'dark'): Promise<void> {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png`, fullPage: true, caret: 'initial' });
  }

  async function hindrances(page: Page): Promise<string[]> {
    await page.evaluate(`${axe.source}; undefined`);
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
      return (await axe.run({ preload: false })).violations;
    });
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }
});

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}
