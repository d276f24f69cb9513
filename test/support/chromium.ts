import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { atTheEnd } from './clean-up.js';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Undefined: this machine has none, and the tests in a browser cannot run. */
export const chromiumPath: string | undefined = process.env.CHROMIUM_PATH ?? places.find(isExecutable);

if (chromiumPath === undefined)
  console.warn(
    'There is no Chromium on this machine (Debian: apt-get install chromium, or set CHROMIUM_PATH): the tests in a browser do not run.',
  );

/** A browser with a microphone that hums; closed at the end of the file. */
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

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
