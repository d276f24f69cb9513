/**
 * The script of the page that Teams loads in a tab or a dialog: prove the account to our server, then go on to the page
 * that was asked for. Where Teams gives no token (single sign-on is not set up), a page with a link of its own still
 * opens; for others this page explains how to open the app outside.
 */
import { app, authentication } from '@microsoft/teams-js';

/** Outside Teams nobody answers. */
const answerSeconds = 5;

const box = document.querySelector<HTMLElement>('[data-frame]');
if (box) void enter(box);

async function enter({ dataset, children }: HTMLElement): Promise<void> {
  const { to = '/', signIn = '', opensAlone } = dataset;
  const signedIn = await signInByToken(signIn).catch(() => false);
  if (signedIn || opensAlone !== undefined) return window.location.replace(to);
  for (const child of children)
    if (child instanceof HTMLElement) child.hidden = child.dataset.frameWaiting !== undefined;
}

async function signInByToken(address: string): Promise<boolean> {
  await inTime(app.initialize());
  const token = await inTime(authentication.getAuthToken());
  const { ok } = await fetch(address, { method: 'POST', body: new URLSearchParams({ token }) });
  return ok;
}

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('no answer from Teams')), answerSeconds * 1000);
    }),
  ]);
}
