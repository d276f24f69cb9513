import { readdirSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { parseSync } from '@swc/core';
import { checkSync } from 'recheck';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/root-folder.js';
import { hostileStrings } from './strings.js';

// Its other backends need Java or a binary for this machine; this one is slower and runs everywhere.
process.env.RECHECK_BACKEND = 'pure';

interface Expression {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** Slow on long text, which they never get: each with the code that limits its input. */
const bounded: Readonly<Record<string, string>> = {
  'core/people/pin.ts /^(123|321|456|654|789|987|2580|0852|147|741|258|852|369|963|159|951|357|753)+$/':
    'has at most ten digits, by the first line of `pinWeakness`',
  'core/people/pin.ts /^(\\d{1,5})\\1+$/': 'the same',
};

const expressions = findExpressions();
const free = expressions.filter((one) => !(nameOf(one) in bounded));

test('the expressions of the sources are found, and none is made of text while the product runs', () => {
  expect(expressions.length).toBeGreaterThan(100);
  expect(expressions.filter(({ source }) => source === 'new RegExp')).toEqual([]);
  for (const name of Object.keys(bounded)) expect(expressions.map(nameOf)).toContain(name);
});

test('no expression takes more than linear time on what an analysis attacks it with', {
  timeout: 600_000,
}, async () => {
  const slow: string[] = [];
  for (const one of free) {
    const attack = attackOn(one);
    if (attack !== undefined && (await firstThatHangs([one], [attack]))) slow.push(nameOf(one));
  }
  expect(slow).toEqual([]);
});

test('every expression reads every hostile string to its end', { timeout: 600_000 }, async () => {
  const strings = hostileStrings(300_000).map(({ text }) => text);
  expect(await firstThatHangs(free, strings)).toBeUndefined();
});

describe('the test itself', () => {
  test('finds a quadratic expression both ways', { timeout: 120_000 }, async () => {
    const quadratic = { file: 'here', source: '\\s+$', flags: '' };
    expect(await firstThatHangs([quadratic], [attackOn(quadratic) ?? ''], 2_000)).toContain('here');
    expect(await firstThatHangs([quadratic], [`${' '.repeat(2_000_000)}!`], 2_000)).toContain('here');
  });
});

/**
 * A megabyte of text on which the analysis says the expression is slow; undefined: none. For lookbehinds the analysis
 * guesses and is sometimes wrong, so the engine itself decides.
 */
function attackOn({ source, flags }: Expression): string | undefined {
  const found = checkSync(source, flags, { timeout: 20_000 });
  if (found.status !== 'vulnerable') return undefined;
  const { pumps, suffix } = found.attack;
  const times = (pump: string) => Math.ceil(1_000_000 / Math.max(1, pumps.length) / Math.max(1, pump.length));
  return pumps.map(({ prefix, pump }) => prefix + pump.repeat(times(pump))).join('') + suffix;
}

function nameOf({ file, source, flags }: Expression): string {
  return `${file} /${source}/${flags}`;
}

function findExpressions(): readonly Expression[] {
  const folder = `${root}src/`;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/^(generated|web\/browser)\//.test(file));
  return files.flatMap((file) => {
    const found: Expression[] = [];
    const code = readFileSync(folder + file, 'utf8');
    visit(parseSync(code, { syntax: 'typescript', tsx: file.endsWith('x'), target: 'es2022' }), (node) => {
      if (node.type === 'RegExpLiteral') found.push({ file, source: String(node.pattern), flags: String(node.flags) });
      const callee = node.callee as { value?: unknown } | undefined;
      if (callee?.value === 'RegExp') found.push({ file, source: 'new RegExp', flags: '' });
    });
    return found;
  });
}

function visit(node: unknown, on: (node: Record<string, unknown>) => void): void {
  if (typeof node !== 'object' || node === null) return;
  on(node as Record<string, unknown>);
  for (const inner of Object.values(node)) visit(inner, on);
}

/**
 * Run each expression over each string in a thread that is terminated at the deadline; returns the name of the one that
 * reached it, or undefined. The deadline detects hangs; linear time is thousands of times shorter.
 */
async function firstThatHangs(
  expressions: readonly Expression[],
  strings: readonly string[],
  deadlineMilliseconds = 20_000,
): Promise<string | undefined> {
  const code = `
    const { parentPort, workerData: { expressions, strings } } = require('node:worker_threads');
    for (const { source, flags } of expressions) {
      const expression = new RegExp(source, flags.includes('g') ? flags : flags + 'g');
      for (const text of strings) text.replace(expression, '');
      parentPort.postMessage('next');
    }
    parentPort.postMessage('done');
  `;
  const thread = new Worker(code, { eval: true, workerData: { expressions, strings } });
  let at = 0;
  try {
    return await new Promise((resolve, reject) => {
      const hangs = () => resolve(expressions.slice(at, at + 1).map(nameOf)[0]);
      let timer = setTimeout(hangs, deadlineMilliseconds);
      thread.on('error', reject);
      thread.on('message', (said) => {
        clearTimeout(timer);
        if (said === 'done') return resolve(undefined);
        at += 1;
        timer = setTimeout(hangs, deadlineMilliseconds);
      });
      thread.once('exit', () => clearTimeout(timer));
    });
  } finally {
    await thread.terminate();
  }
}
