import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildBrowser } from '../../scripts/build-browser.js';
import { installationActor } from '../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { listenUrl } from '../../src/core/voicemail/mailbox/load-voicemail-card.js';
import { root } from '../../src/root-folder.js';
import { chromiumPath, openBrowser } from '../support/chromium.js';
import { type WebCompany, webCompany } from '../support/web.js';

describe.skipIf(chromiumPath === undefined)('the player in a browser', { timeout: 120_000 }, () => {
  let browser: Browser;
  let company: WebCompany;
  beforeAll(async () => {
    await buildBrowser();
    [browser, company] = await Promise.all([openBrowser(), webCompany()]);
  });

  /** The page of a new message, before it is opened. */
  async function message(name: string): Promise<{ page: Page; url: string; storageKey: string }> {
    const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
      sourceId: crypto.randomUUID(),
      mailbox: { userId: company.ann.id },
      audio: await readFile(`${root}test/payloads/audio/${name}`),
    });
    const actor = {
      kind: 'self',
      tenantId: company.tenantId,
      userId: company.ann.id,
      role: 'member',
      via: 'web',
    } as const;
    const { recording } = await company.db.voicemail.findUniqueOrThrow({ where: { id }, include: { recording: true } });
    const url = (await listenUrl(company.deps, actor, id)) ?? '';
    const page = await (await browser.newContext({ locale: 'en-CA' })).newPage();
    return { page, url, storageKey: recording?.storageKey ?? '' };
  }
  const problem = (page: Page) => expect.poll(() => page.locator('.player-problem').textContent(), { timeout: 15_000 });

  test.each(['gsm.wav', 'recorded-live.webm', 'no-xing.mp3', 'opus.ogg'])('plays and draws %s', async (name) => {
    const { page, url } = await message(name);
    await page.goto(url);
    await page.locator('.player.drawn').waitFor();
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => page.locator('[data-seek]').inputValue(), { timeout: 15_000 }).not.toBe('0');
    expect(await page.locator('.player-problem').textContent()).toBe('');
  });

  test('says that the audio is gone only where its file is missing', async () => {
    const { page, url, storageKey } = await message('gsm.wav');
    await company.deps.recordings.remove(storageKey);
    await page.goto(url);
    await problem(page).toBe('The audio is gone.');
    expect((await fetch(`${url}/audio`)).status).toBe(404);
  });

  test('tells a connection that breaks, and plays when it is back', async () => {
    const { page, url } = await message('no-xing.mp3');
    await page.route('**/audio', (route) => route.abort());
    await page.goto(url);
    await problem(page).toMatch(/^The audio cannot be reached just now\./);
    await page.unroute('**/audio');
    await page.getByRole('button', { name: 'Play' }).click();
    await problem(page).toBe('');
    await expect.poll(() => page.locator('.player [data-now]').textContent(), { timeout: 15_000 }).not.toBe('0:00');
  });

  test('tells audio that this browser cannot play', async () => {
    const { page, url } = await message('no-xing.mp3');
    await page.route('**/audio', (route) => route.fulfill({ contentType: 'audio/wav', body: 'RIFF of nothing' }));
    await page.goto(url);
    await problem(page).toMatch(/^This browser cannot play the audio\./);
  });
});
