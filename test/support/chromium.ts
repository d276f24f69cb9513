import { type Browser, chromium } from 'playwright-core';
import { find } from '../../scripts/debian-tools.mjs';
import { atTheEnd } from './clean-up.js';

/** Undefined: this machine has no Chromium, and the browser tests are skipped. */
export const chromiumPath: string | undefined = find('chromium')?.path;

/** Open a browser with a simulated microphone; closed at the end of the file. */
export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  atTheEnd(() => browser.close());
  return browser;
}
