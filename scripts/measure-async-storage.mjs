/**
 * What `AsyncLocalStorage` costs every promise of a process on the Node that runs this (docs/decisions/0031).
 * Plain JavaScript without packages, so that any Node runs it:
 *
 *   npx -p node@24 node scripts/measure-async-storage.mjs
 *
 * Prints the processor time, in nanoseconds, of an asynchronous function that awaits two others: in a process that has
 * no storage, outside the one that it has, and inside it. Each case has a process of its own, because hooks stay on.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const rounds = 30_000;
const atOnce = 4;
const cases = ['none', 'outside', 'inside'];

const wanted = process.argv[2];
if (wanted === undefined) for (const name of cases) measureInProcess(name);
else console.log(`${process.version}, storage ${wanted}: ${await measure(wanted)} ns a call`);

function measureInProcess(name) {
  spawnSync(process.execPath, [fileURLToPath(import.meta.url), name], { stdio: 'inherit' });
}

/** The median of seven, after a round that does not count. */
async function measure(name) {
  const storage = new AsyncLocalStorage();
  if (name !== 'none') await storage.run({}, nothing);
  const run = () => (name === 'inside' ? storage.run({}, work) : work());
  await run();
  const samples = [];
  for (let sample = 0; sample < 7; sample += 1) samples.push(await nanosecondsOf(run));
  return Math.round(samples.sort((a, b) => a - b)[3]);
}

/** Processor time, not the clock's: the machine may be busy. */
async function nanosecondsOf(run) {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / rounds / atOnce;
}

async function work() {
  for (let round = 0; round < rounds; round += 1) await Promise.all(Array.from({ length: atOnce }, call));
}

async function call() {
  await nothing();
  await nothing();
}

async function nothing() {
  await undefined;
}
